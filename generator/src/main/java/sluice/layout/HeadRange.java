package sluice.layout;

/**
 * The KV heads that a job works on: {@code first} to {@code first + count - 1}.
 *
 * @param first the first KV head, 16 bits
 * @param count number of heads, 16 bits; a job with 0 is refused as EMPTY
 */
public record HeadRange(int first, int count) {

  /** Heads 0 to {@code count - 1}. */
  public static HeadRange first(int count) {
    return new HeadRange(0, count);
  }

  /** The head after the last. */
  public int end() {
    return first + count;
  }
}
