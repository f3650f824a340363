package sluice.accel.memory;

/** What is read from the KV cache: the values of {@code kind} signals. */
public final class VectorKind {

  /** Bits of a kind. */
  public static final int BITS = 2;

  /** The key records of a row. */
  public static final int RECORDS = 0;

  /** The key of a token. */
  public static final int KEY = 1;

  /** The value of a token. */
  public static final int VALUE = 2;

  private VectorKind() {}
}
