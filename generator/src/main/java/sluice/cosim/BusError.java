package sluice.cosim;

import java.util.Locale;

/** An answer of an AXI slave that is an error. */
public enum BusError {
  SLVERR(2),
  DECERR(3);

  private final int code;

  BusError(int code) {
    this.code = code;
  }

  /** RRESP or BRESP. */
  public int code() {
    return code;
  }

  /** Its name in a program of the testbench. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
