package sluice.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A field of a structure made of 64-bit little-endian words.
 *
 * @param name lowerCamelCase name, unique among the fields of one use of the structure
 * @param word index of the 64-bit word that holds it
 * @param low its lowest bit in the word
 * @param width its bits, 1 to 64; a field never crosses a word
 * @param meaning one sentence for the documentation
 */
public record BitField(String name, int word, int low, int width, String meaning) {

  /** Bits of a word. */
  public static final int WORD_BITS = 64;

  /** Checks that the field lies inside its word. */
  public BitField {
    if (word < 0 || low < 0 || width < 1 || low + width > WORD_BITS) {
      throw new IllegalArgumentException(
          "field " + name + ": bits [" + low + " +" + width + "] do not fit a 64-bit word");
    }
  }

  /** Its highest bit in the word. */
  public int high() {
    return low + width - 1;
  }

  /** Its lowest bit, counted from bit 0 of the structure's word 0. */
  public int bit() {
    return word * WORD_BITS + low;
  }

  /** A word's bits that belong to the field. */
  public long mask() {
    return max() << low;
  }

  /** The largest value, as an unsigned number. */
  public long max() {
    return width == WORD_BITS ? -1L : (1L << width) - 1;
  }

  /**
   * The field's value in a structure.
   *
   * @param structure the bytes of the whole structure
   * @return the value, unsigned; a 64-bit field as the bits of a long
   */
  public long get(byte[] structure) {
    return (buffer(structure).getLong(word * Long.BYTES) >>> low) & max();
  }

  /**
   * Puts a value into a structure, leaving all other bits as they are.
   *
   * @param structure the bytes of the whole structure
   * @param value the value, unsigned
   * @throws IllegalArgumentException if the value has more bits than the field
   */
  public void put(byte[] structure, long value) {
    if ((value & ~max()) != 0) {
      throw new IllegalArgumentException(
          "field "
              + name
              + ": "
              + Long.toUnsignedString(value)
              + " needs more than "
              + width
              + " bits");
    }
    ByteBuffer words = buffer(structure);
    int at = word * Long.BYTES;
    words.putLong(at, (words.getLong(at) & ~mask()) | (value << low));
  }

  private static ByteBuffer buffer(byte[] structure) {
    return ByteBuffer.wrap(structure).order(ByteOrder.LITTLE_ENDIAN);
  }
}
