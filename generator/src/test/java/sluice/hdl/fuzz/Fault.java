package sluice.hdl.fuzz;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Verilog writer could do wrong, as a change of what a right one has written: so no fault
 * has to be put into the writer.
 */
enum Fault implements UnaryOperator<String> {
  UNSIGNED_SHIFT(">>>", match -> ">>"),
  NO_SIGN_EXTENSION(
      "\\{\\{(\\d+)\\{[a-z]\\w*(?:\\[\\d+\\])?\\}\\}, ", match -> "{" + match.group(1) + "'d0, "),
  SWAPPED_CHOICES(
      "= (\\w+(?:\\[\\d+\\])?) \\? ([\\w'\\[\\]:]+) : ([\\w'\\[\\]:]+);",
      match -> "= " + match.group(1) + " ? " + match.group(3) + " : " + match.group(2) + ";"),
  NOT_LESS_FOR_GREATER(" > ", match -> " >= "),
  SLICE_OFF_BY_ONE(
      "(?<=\\w)\\[(\\d+):([1-9]\\d*)\\]",
      match -> "[" + less(match.group(1)) + ":" + less(match.group(2)) + "]"),
  SHORT_RESET_VALUE(
      "<= (\\d+'h)[0-9a-f]+([0-9a-f]{16});",
      match -> "<= " + match.group(1) + match.group(2) + ";"),
  TURNED_CONCATENATION(
      "\\{([a-z][\\w\\[\\]:]*), ([a-z][\\w\\[\\]:]*)\\}",
      match -> "{" + match.group(2) + ", " + match.group(1) + "}"),
  UNSIGNED_COMPARISON(
      "\\$signed\\(([^()]*)\\) (<|>=|>|<=) \\$signed\\(([^()]*)\\)",
      match -> match.group(1) + " " + match.group(2) + " " + match.group(3)),
  ALWAYS_WRITTEN("if \\(W0_en\\)", match -> "if (1'b1)"),
  ADDRESS_OF_ANOTHER_PORT("memory\\[R1_addr\\]", match -> "memory[R0_addr]"),
  NEXT_CHOICE("      (\\d+'d)1: ", match -> "      " + match.group(1) + "2: "),
  NO_LATENCY("(R\\d_data) <= R\\d_data_\\d;", match -> match.group(1) + " <= 0;");

  private final Pattern pattern;
  private final Function<MatchResult, String> replacement;

  Fault(String pattern, Function<MatchResult, String> replacement) {
    this.pattern = Pattern.compile(pattern);
    this.replacement = replacement;
  }

  private static int less(String number) {
    return Integer.parseInt(number) - 1;
  }

  /** The text of a module with the fault, at every place where it can be. */
  @Override
  public String apply(String module) {
    return pattern
        .matcher(module)
        .replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match)));
  }
}
