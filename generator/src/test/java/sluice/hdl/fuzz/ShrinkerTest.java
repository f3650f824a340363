package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.pass.ModulePass;
import sluice.hdl.verilog.ResetStyle;

/** The shrinker on faults that are put in. */
class ShrinkerTest {
  private static final int TRIES = 4000;
  private static final int CYCLES = 30;

  /** Takes the first operand of every operation of a kind in place of it. */
  private static Variant without(Operator operator) {
    ModulePass fault =
        netlist ->
            netlist.redirect(
                node ->
                    node instanceof Node.Operation operation && operation.operator() == operator
                        ? operation.operands().get(0)
                        : node);
    return new Variant("a fault", List.of(fault));
  }

  /** The first random design that a fault shows in, made small. */
  private static Shrinker.Shrunk shrunk(Oracle oracle) {
    for (long seed = 0; seed < 200; seed++) {
      Trial trial = Plan.of(seed, CYCLES).trial();
      if (oracle.difference(trial) != null) {
        return new Shrinker(oracle, TRIES).shrink(trial);
      }
    }
    throw new AssertionError("no design shows the fault");
  }

  private static List<Node> nodes(Design design, Predicate<Node> wanted) {
    return design.modules().stream()
        .map(Netlist::nodes)
        .flatMap(List::stream)
        .filter(wanted)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Operator.class,
      names = {"NOT", "XOR", "ADD", "SUB", "AND", "OR"})
  void leavesTheOperationAtFaultAndLittleElse(Operator operator) {
    Shrinker.Shrunk shrunk = shrunk(Oracle.jvm(without(operator)));
    Design design = shrunk.trial().design();
    assertThat(nodes(design, node -> true)).hasSizeLessThanOrEqualTo(10);
    assertThat(
            nodes(
                design,
                node ->
                    node instanceof Node.Operation operation && operation.operator() == operator))
        .hasSize(1)
        .allMatch(node -> node.width() == 1);
    assertThat(DesignCopy.outputs(design)).hasSize(1);
    assertThat(shrunk.trial().stimulus().cycles()).hasSizeLessThanOrEqualTo(Stimulus.WARM_UP + 3);
    assertThat(shrunk.difference().cycle())
        .isEqualTo(shrunk.trial().stimulus().cycles().size() - 1);
  }

  @Test
  void keepsTheCyclesThatAFaultNeeds() {
    // Registers that take their value late: it shows once they have taken one.
    Oracle oracle =
        trial -> {
          JvmRun run = Oracle.expected(trial);
          if (run == null) {
            return null;
          }
          for (int i = Stimulus.WARM_UP + 1; i < run.outputs().size(); i++) {
            BigInteger before = run.outputs().get(i - 1).get(0);
            if (!before.equals(run.outputs().get(i).get(0))) {
              return Difference.of("a fault", i, "out0", 200, before, before);
            }
          }
          return null;
        };
    Shrinker.Shrunk shrunk = shrunk(oracle);
    assertThat(shrunk.trial().stimulus().cycles()).hasSize(Stimulus.WARM_UP + 2);
  }

  @Test
  void refusesWhatIsNotAtFault() {
    Trial trial = Plan.of(1, CYCLES).trial();
    assertThatThrownBy(() -> new Shrinker(other -> null, TRIES).shrink(trial))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the design does what it should");
  }

  @Test
  void looksAtNoMoreDesignsThanItMay() {
    Trial trial = Plan.of(1, CYCLES).trial();
    Oracle always = other -> Difference.refusal("a fault", "always");
    assertThat(new Shrinker(always, 10).shrink(trial).tries()).isLessThanOrEqualTo(10);
  }

  @Test
  void goesDownToNothingIfEverythingIsAtFault() {
    Oracle always = other -> Difference.refusal("a fault", "always");
    Shrinker.Shrunk shrunk = new Shrinker(always, TRIES).shrink(Plan.of(3, CYCLES).trial());
    assertThat(shrunk.trial().design().modules()).hasSize(1);
    assertThat(nodes(shrunk.trial().design(), node -> true)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void theReportHasTheValuesTheJavaAndTheVerilog() {
    Variant fault = without(Operator.XOR);
    String report = FailureReport.of(shrunk(Oracle.jvm(fault)), fault, ResetStyle.SYNC_LOW);
    assertThat(report)
        .startsWith("JVM simulator, interpreted, a fault: in cycle ")
        .contains("\ncycle " + Stimulus.WARM_UP + ":")
        .contains("static Design design() {")
        .contains("Operator.XOR")
        .contains("endmodule");
  }
}
