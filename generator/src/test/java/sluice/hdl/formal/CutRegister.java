package sluice.hdl.formal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A register that Yosys has cut out of a circuit ({@code expose -cut}): what it holds is an input
 * of the circuit, what it holds in the next cycle an output a cycle later.
 *
 * @param held the input, as Verilog writes it
 * @param taken the output
 */
record CutRegister(String held, String taken, int width) {
  private static final String SUFFIX = "_i";
  private static final Pattern INPUT =
      Pattern.compile("(?m)^  input (?:\\[(\\d+):0\\] )?(\\S+)" + SUFFIX + " ?;$");

  /** Those of a module that Yosys has written. */
  static List<CutRegister> of(String verilog) {
    List<CutRegister> registers = new ArrayList<>();
    Matcher input = INPUT.matcher(verilog);
    while (input.find()) {
      int width = input.group(1) == null ? 1 : Integer.parseInt(input.group(1)) + 1;
      // What is written with a backslash ends with a space.
      registers.add(new CutRegister(input.group(2) + SUFFIX + " ", input.group(2) + " ", width));
    }
    return registers;
  }

  /** Commands that cut registers, after which these are wires. */
  static String commands(List<String> registers) {
    return "dffunmap; opt_clean; expose -cut -sep _ w:" + String.join(" w:", registers);
  }
}
