package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.function.IntFunction;

/** Writes a block that computes a value by a {@code case}. */
final class CaseBlock {
  private CaseBlock() {}

  /**
   * The lines of a block. Beyond the last choice it is that one, where the index has more values
   * than there are choices.
   *
   * @param value the expression of a choice
   * @param mark of the Java line, behind the code
   */
  static String of(
      String index,
      int indexBits,
      String target,
      int choices,
      IntFunction<String> value,
      String mark) {
    StringBuilder text = new StringBuilder("  always @* begin\n    case (");
    text.append(index).append(')').append(mark).append('\n');
    for (int i = 0; i < choices; i++) {
      String label =
          i == choices - 1 ? "default" : Expressions.literal(indexBits, BigInteger.valueOf(i));
      text.append("      ").append(label).append(": ").append(target).append(" = ");
      text.append(value.apply(i)).append(';').append(mark).append('\n');
    }
    return text.append("    endcase\n  end").toString();
  }
}
