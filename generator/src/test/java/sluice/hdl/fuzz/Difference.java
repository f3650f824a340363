package sluice.hdl.fuzz;

import java.math.BigInteger;

/**
 * The first value of a design that is not what it should be.
 *
 * @param where the simulator, and what the design went through before
 * @param cycle from 0, the warm-up counted
 * @param output the port
 * @param expected its bits in the JVM simulator without passes, the highest first
 * @param actual its bits there; {@code x} and {@code z} are unknown
 */
record Difference(String where, int cycle, String output, String expected, String actual) {

  /** The values, in hexadecimal where they are known. */
  String values() {
    return "in cycle %d %s is %s, not %s"
        .formatted(cycle, output, shown(actual), shown(expected));
  }

  private static String shown(String bits) {
    return bits.matches("[01]+")
        ? bits.length() + "'h" + new BigInteger(bits, 2).toString(16)
        : bits.length() + "'b" + bits;
  }

  @Override
  public String toString() {
    return where + ": " + values();
  }
}
