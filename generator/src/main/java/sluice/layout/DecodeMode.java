package sluice.layout;

import java.util.Optional;

/** Which tokens a decode job reads. */
public enum DecodeMode {
  /** Those that the prediction selects. */
  SPARSE(0, "sparse: the tokens that the prediction selects"),
  /** All of them: nothing is predicted; budget, sink, recent and window mean nothing. */
  DENSE(1, "dense: every token; budget, sink, recent and window are ignored");

  private final int code;
  private final String meaning;

  DecodeMode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The value of the descriptor's mode field. */
  public int code() {
    return code;
  }

  /** One phrase for the documentation. */
  public String meaning() {
    return meaning;
  }

  /** The mode of a code, or empty if there is none. */
  public static Optional<DecodeMode> of(long code) {
    for (DecodeMode mode : values()) {
      if (mode.code == code) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
