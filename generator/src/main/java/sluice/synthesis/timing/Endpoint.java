package sluice.synthesis.timing;

/**
 * Where a path begins or ends.
 *
 * @param name of the register, memory or port from the top, with the bit: {@code scores.dot.sum[3]}
 * @param module that declares it, as it is called in the Verilog
 * @param declared what it is called there; equal for all bits, words and copies of the module
 * @param javaLine that made it, like {@code ExactDot.java:50}; empty for what Java does not name
 */
public record Endpoint(String name, String module, String declared, String javaLine) {

  /** What all bits, words and copies have in common. */
  String declaration() {
    return module + "." + declared;
  }
}
