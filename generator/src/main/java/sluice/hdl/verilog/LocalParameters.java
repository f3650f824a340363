package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Site;

/** The named constants of a module. */
final class LocalParameters {
  private final Names names;
  private final Map<String, String> symbols = new HashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();

  private record Parameter(String name, int width, BigInteger value, Site site) {}

  /**
   * @param names of the module
   */
  LocalParameters(Names names) {
    this.names = names;
  }

  /** The name of a symbolic constant, such as a state; declares it at the first use. */
  String of(String symbol, int width, BigInteger value, Site site) {
    return symbols.computeIfAbsent(
        symbol + " " + Expressions.literal(width, value),
        key -> {
          String name = names.unique(symbol);
          parameters.add(new Parameter(name, width, value, site));
          return name;
        });
  }

  /** Declares a constant by a name that it has already. */
  void add(String name, Node.Constant constant) {
    parameters.add(new Parameter(name, constant.width(), constant.value(), constant.site()));
  }

  /** Those that were declared since this was asked for, each as Verilog has it behind the word. */
  List<String> take(Locators locators) {
    List<String> lines =
        parameters.stream()
            .sorted(
                Comparator.comparingInt(Parameter::width)
                    .thenComparing(Parameter::value)
                    .thenComparing(Parameter::name))
            .map(
                p ->
                    (p.width() == 1 ? "" : MemoryWrapper.range(p.width()) + " ")
                        + p.name()
                        + " = "
                        + Expressions.literal(p.width(), p.value())
                        + ";"
                        + locators.mark(p.site()))
            .toList();
    parameters.clear();
    return lines;
  }
}
