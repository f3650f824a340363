package sluice.hdl.verilog;

import java.util.Locale;

/**
 * How registers are reset in the Verilog: the same for all of a design. An asynchronous reset takes
 * effect at once; whoever drives it releases it synchronously to the clock.
 */
public enum ResetStyle {
  /** Synchronous, active low, {@code aresetn}: what AXI and FPGAs expect. */
  SYNC_LOW("aresetn", false, true),
  /** Synchronous, active high, {@code areset}. */
  SYNC_HIGH("areset", false, false),
  /** Asynchronous, active low, {@code aresetn}: what ASIC flows expect. */
  ASYNC_LOW("aresetn", true, true),
  /** Asynchronous, active high, {@code areset}. */
  ASYNC_HIGH("areset", true, false);

  private final String port;
  private final boolean asynchronous;
  private final boolean activeLow;

  ResetStyle(String port, boolean asynchronous, boolean activeLow) {
    this.port = port;
    this.asynchronous = asynchronous;
    this.activeLow = activeLow;
  }

  /** What the style is called on a command line, as in {@code sync-low}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Name of the reset port of the implicit clock; other clocks' names go in front of it. */
  public String port() {
    return port;
  }

  /** Whether a reset is active while it is low. */
  boolean activeLow() {
    return activeLow;
  }

  /** The condition under which registers take their value after reset. */
  String condition(String reset) {
    return activeLow ? "!" + reset : reset;
  }

  /** The condition under which registers are not reset. */
  String released(String reset) {
    return activeLow ? reset : "!" + reset;
  }

  /** What a clocked block with a reset waits for; {@code always} for an asynchronous one anyway. */
  String events(String clock, String reset, boolean always) {
    String edge = activeLow ? " or negedge " : " or posedge ";
    return "posedge " + clock + (asynchronous || always ? edge + reset : "");
  }
}
