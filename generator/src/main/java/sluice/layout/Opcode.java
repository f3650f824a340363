package sluice.layout;

import java.util.Optional;

/** What a descriptor asks for. */
public enum Opcode {
  /** One attention decode step for a range of KV heads of one sequence. */
  DECODE(1, "one attention decode step for a range of KV heads"),
  /** Writes keys, values and key records of new tokens to the KV cache. */
  APPEND(2, "writes keys, values and key records of new tokens to the KV cache");

  private final int code;
  private final String meaning;

  Opcode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The value of the descriptor's opcode field. */
  public int code() {
    return code;
  }

  /** One phrase for the documentation. */
  public String meaning() {
    return meaning;
  }

  /** The opcode of a code, or empty if there is none. */
  public static Optional<Opcode> of(long code) {
    for (Opcode opcode : values()) {
      if (opcode.code == code) {
        return Optional.of(opcode);
      }
    }
    return Optional.empty();
  }
}
