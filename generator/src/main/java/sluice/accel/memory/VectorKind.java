package sluice.accel.memory;

import sluice.hdl.UInt;

/** What is read from the KV cache; the constants in order are the values of {@code kind} signals. */
public enum VectorKind {
  /** The key records of a row. */
  RECORDS,
  /** The key of a token. */
  KEYS,
  /** The value of a token. */
  VALUES;

  /** Bits of a kind. */
  public static final int BITS = 2;

  /** The type of a kind. */
  public static UInt type() {
    return UInt.of(BITS);
  }

  /** The kind as a constant. */
  public UInt literal() {
    return UInt.constant("KIND_" + name(), ordinal(), BITS);
  }
}
