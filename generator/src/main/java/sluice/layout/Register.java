package sluice.layout;

import java.util.List;

/**
 * A 32-bit register.
 *
 * @param name UPPER_CASE name
 * @param offset byte offset, a multiple of 4
 * @param access what software may do
 * @param reset value after reset; the value for ever if {@code constant}
 * @param constant true if the value never changes
 * @param description one or two sentences for the documentation
 * @param fields its fields, lowest first; bits outside them read 0 and ignore writes
 */
public record Register(
    String name,
    int offset,
    Access access,
    int reset,
    boolean constant,
    String description,
    List<Field> fields) {

  /** What software may do with a register. A write that is not allowed answers SLVERR. */
  public enum Access {
    /** Read only. */
    RO,
    /** Read and write. */
    RW,
    /** Read; writing a bit as 1 clears it. */
    RW1C,
    /** Write only; reads 0. */
    WO;

    /** The word that register tools use. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** True if a write is answered OKAY. */
    public boolean writable() {
      return this != RO;
    }
  }

  /**
   * A field of a register.
   *
   * @param name lowerCamelCase name
   * @param low lowest bit
   * @param width bits
   * @param meaning one phrase for the documentation
   */
  public record Field(String name, int low, int width, String meaning) {

    /** Highest bit. */
    public int high() {
      return low + width - 1;
    }

    /** The register's bits that belong to the field. */
    public int mask() {
      return (int) (((1L << width) - 1) << low);
    }
  }

  /** Copies the fields. */
  public Register {
    fields = List.copyOf(fields);
  }

  /** The bits that belong to a field. */
  public int mask() {
    int mask = 0;
    for (Field field : fields) {
      mask |= field.mask();
    }
    return mask;
  }

  /** Lowest number of bits that holds all fields. */
  public int width() {
    return 32 - Integer.numberOfLeadingZeros(mask());
  }

  /**
   * A field by name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Field field(String fieldName) {
    for (Field field : fields) {
      if (field.name().equals(fieldName)) {
        return field;
      }
    }
    throw new IllegalArgumentException("register " + name + " has no field " + fieldName);
  }
}
