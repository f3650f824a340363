package sluice.layout;

import java.util.List;

/**
 * How a job ended: the status byte of its completion record and of the LAST_STATUS register.
 *
 * <p>A job that is refused (see {@link #refused()}) writes nothing but its completion record, and
 * the next job runs normally. When several reasons hold, the first of {@link #CHECK_ORDER} is
 * reported.
 */
public enum Status {
  /** Done. */
  OK(0, "done"),
  /** Done, but an operand was NaN or infinity; the outputs concerned are NaN. */
  INVALID_OPERAND(1, "done; an operand was NaN or infinity, the outputs concerned are NaN"),
  /** No tokens, no tokens to append, or no heads. */
  EMPTY(2, "tokens, tokens to append or number of heads is 0"),
  /** The softmax factor is not a positive normal FP32 number in range. */
  FACTOR(3, "softmax factor is not positive with a biased exponent of 96 to 142"),
  /** More tokens may be selected than the configuration holds. */
  CAPACITY(
      4,
      "sink + recent + budget is more than maxSelected; of a dense job, tokens are more than score"
          + " buffers hold"),
  /** The sequence is longer than the configuration allows, or shorter than what is appended. */
  CONTEXT(5, "tokens is more than context, or less than the tokens to append"),
  /** The pooling window is not supported. */
  WINDOW(6, "pooling window is not 1, 3, 5 or 7"),
  /** A pointer or a page number is outside its window, or a pointer is misaligned. */
  POINTER(
      7,
      "a host pointer is misaligned or outside the host window, or a page is not below "
          + "KV_PAGES"),
  /** The opcode or the mode is unknown. */
  OPCODE(8, "opcode or mode is unknown"),
  /** The range of heads goes beyond the configured KV heads. */
  HEADS(9, "first head + number of heads is more than kvHeads"),
  /** The skip threshold is larger than the largest weight. */
  SKIP(10, "skip threshold is more than 65536"),
  /** A memory answered with an error. */
  BUS(11, "a memory answered SLVERR or DECERR");

  /** The order in which the checks before a job's start are made; the first that fails counts. */
  public static final List<Status> CHECK_ORDER =
      List.of(OPCODE, EMPTY, HEADS, CONTEXT, CAPACITY, WINDOW, FACTOR, SKIP, POINTER);

  private final int code;
  private final String meaning;

  Status(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The value of the status byte. */
  public int code() {
    return code;
  }

  /** One phrase for the documentation. */
  public String meaning() {
    return meaning;
  }

  /** True if the job wrote nothing but its completion record. */
  public boolean refused() {
    return CHECK_ORDER.contains(this);
  }

  /** True if the job did not deliver its results; sets the interrupt's error bit. */
  public boolean failed() {
    return this != OK && this != INVALID_OPERAND;
  }

  /**
   * The status of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Status of(long code) {
    for (Status status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no status has the code " + code);
  }
}
