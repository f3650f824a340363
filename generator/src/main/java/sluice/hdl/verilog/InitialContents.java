package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.List;

/** Writes the contents that memories have at the start, and those that ROMs always have. */
final class InitialContents {
  private InitialContents() {}

  /** The statements of an {@code initial} block that fill a memory. */
  static void append(StringBuilder out, String memory, int width, List<BigInteger> words) {
    for (int i = 0; i < words.size(); i++) {
      out.append("    ").append(memory).append('[').append(i).append("] = ");
      out.append(Expressions.literal(width, words.get(i))).append(";\n");
    }
  }
}
