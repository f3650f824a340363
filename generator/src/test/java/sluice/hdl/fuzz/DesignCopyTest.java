package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.verilog.VerilogWriter;

/** Copies of random designs, as they are and with changes. */
class DesignCopyTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static Map<String, String> verilog(Design design) {
    return new VerilogWriter("").write(design);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCopyIsTheSameDesign(long seed) {
    Design copy = DesignCopy.of(RandomDesign.of(seed));
    assertThat(verilog(copy)).isEqualTo(verilog(RandomDesign.of(seed)));
    assertThat(JavaPrinter.print(copy)).isEqualTo(JavaPrinter.print(RandomDesign.of(seed)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOriginalStaysAsItWas(long seed) {
    Design design = RandomDesign.of(seed);
    Variant.STANDARD.apply(DesignCopy.of(design));
    DesignCopy.of(design, new Change().widest(3).withoutNames());
    assertThat(JavaPrinter.print(design)).isEqualTo(JavaPrinter.print(RandomDesign.of(seed)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatReachesNoOutputDoesNotMatter(long seed) {
    Trial trial = Plan.of(seed, 20).trial();
    Trial less = trial.with(new Change().withoutProperties());
    assertThat(less.size()).isLessThanOrEqualTo(trial.size());
    assertThat(
            JvmRun.interpreted(less.design(), trial.stimulus(), 5)
                .firstDifference(Oracle.expected(trial)))
        .isEqualTo(-1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nodesAreNoWiderThanWanted(long seed) {
    Design narrow = DesignCopy.of(RandomDesign.of(seed), new Change().widest(4));
    for (Netlist netlist : narrow.modules()) {
      for (Port port : netlist.ports()) {
        assertThat(port.node().width()).isLessThanOrEqualTo(4);
      }
      for (Node node : netlist.nodes()) {
        if (node instanceof Node.Register) {
          assertThat(node.width()).isLessThanOrEqualTo(4);
        }
      }
    }
    assertThat(verilog(narrow)).isNotEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nodesGiveWayToConstantsAndOperands(long seed) {
    Design design = RandomDesign.of(seed);
    for (Change.Replacement by : Change.Replacement.values()) {
      for (Node node : List.copyOf(design.top().nodes())) {
        if (DesignCopy.isPossible(node, by)) {
          Design changed = DesignCopy.of(design, new Change().replace(node, by));
          assertThat(DesignCopy.outputs(changed))
              .extracting(Port::name)
              .isEqualTo(DesignCopy.outputs(design).stream().map(Port::name).toList());
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void outputsGoWithWhatIsThereForThem(long seed) {
    Design design = RandomDesign.of(seed);
    Port first = DesignCopy.outputs(design).get(0);
    Change change = new Change().withoutProperties();
    DesignCopy.outputs(design).stream().filter(port -> port != first).forEach(change::drop);
    Design one = DesignCopy.of(design, change);
    assertThat(DesignCopy.outputs(one)).extracting(Port::name).containsExactly(first.name());
    assertThat(one.top().nodes().size()).isLessThanOrEqualTo(design.top().nodes().size());
  }
}
