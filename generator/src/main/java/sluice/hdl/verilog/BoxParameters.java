package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.stream.Collectors;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.BlackBox.Parameter;

/** Writes the parameters of an instance of a black box. */
final class BoxParameters {
  private BoxParameters() {}

  /** The parameters between the module's name and the instance's; empty if there are none. */
  static String of(BlackBox box) {
    if (box.parameters().isEmpty()) {
      return "";
    }
    return box.parameters().stream()
        .map(parameter -> "    ." + parameter.name() + "(" + value(parameter) + ")")
        .collect(Collectors.joining(",\n", " #(\n", "\n  )"));
  }

  private static String value(Parameter parameter) {
    if (parameter instanceof Parameter.Whole whole) {
      return Integer.toString(whole.value());
    }
    if (parameter instanceof Parameter.Sized sized) {
      BigInteger value = sized.value();
      return sized.width() == 1 ? "1'b" + value : Expressions.literal(sized.width(), value);
    }
    String text = ((Parameter.Text) parameter).value();
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
