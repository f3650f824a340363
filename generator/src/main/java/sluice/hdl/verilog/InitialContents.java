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

  /**
   * A block that computes the word at an address. Beyond the last word it is that one, where the
   * address has more values than there are words.
   */
  static String caseOf(
      String address, int addressBits, String word, int width, List<BigInteger> words) {
    StringBuilder text = new StringBuilder("  always @* begin\n    case (");
    text.append(address).append(")\n");
    for (int i = 0; i < words.size(); i++) {
      String label =
          i == words.size() - 1
              ? "default"
              : Expressions.literal(addressBits, BigInteger.valueOf(i));
      text.append("      ").append(label).append(": ").append(word).append(" = ");
      text.append(Expressions.literal(width, words.get(i))).append(";\n");
    }
    return text.append("    endcase\n  end").toString();
  }
}
