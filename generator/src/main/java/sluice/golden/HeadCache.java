package sluice.golden;

/** The KV cache of one sequence and KV head. */
public interface HeadCache {

  /** n, number of tokens. */
  int tokens();

  /** The key codes of a token, h numbers. */
  byte[] codes(int token);

  /** The key of a token, d halves. */
  short[] key(int token);

  /** The value of a token, d halves. */
  short[] value(int token);
}
