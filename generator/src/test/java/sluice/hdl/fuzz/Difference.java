package sluice.hdl.fuzz;

import java.math.BigInteger;

/**
 * What a design does that it should not: the first value that is wrong, or that a tool refuses it.
 *
 * @param where the simulator, and what the design went through before
 * @param cycle from 0, the warm-up counted; -1 for a refusal
 * @param output the port; empty for a refusal
 * @param expected its bits in the JVM simulator without passes, the highest first
 * @param actual its bits there, {@code x} and {@code z} are unknown; what a tool that refuses says
 */
record Difference(String where, int cycle, String output, String expected, String actual) {

  /** A tool does not take a design. */
  static Difference refusal(String where, String message) {
    return new Difference(where, -1, "", "", message);
  }

  static Difference of(
      String where, int cycle, String output, int width, BigInteger expected, BigInteger actual) {
    return new Difference(where, cycle, output, binary(expected, width), binary(actual, width));
  }

  /** The bits of a number, the highest first. */
  static String binary(BigInteger bits, int width) {
    String digits = bits.toString(2);
    return "0".repeat(width - digits.length()) + digits;
  }

  boolean isRefusal() {
    return cycle < 0;
  }

  private static String shown(String bits) {
    return bits.matches("[01]+")
        ? bits.length() + "'h" + new BigInteger(bits, 2).toString(16)
        : bits.length() + "'b" + bits;
  }

  @Override
  public String toString() {
    return isRefusal()
        ? where + ": " + actual
        : "%s: in cycle %d %s is %s, not %s"
            .formatted(where, cycle, output, shown(actual), shown(expected));
  }
}
