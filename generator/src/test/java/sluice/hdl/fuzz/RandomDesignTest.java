package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.check.Checks;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.pass.ModuleDeduplication;
import sluice.hdl.sim.Simulator;

/** What random designs are made of. */
class RandomDesignTest {
  private static final int DESIGNS = 150;

  private static List<Design> designs() {
    return LongStream.range(0, DESIGNS).mapToObj(RandomDesign::of).toList();
  }

  private static List<Netlist> modules() {
    return designs().stream().flatMap(design -> design.modules().stream()).toList();
  }

  private static Stream<Node> nodes() {
    return modules().stream().flatMap(netlist -> netlist.nodes().stream());
  }

  @Test
  void aSeedAlwaysGivesTheSameDesign() {
    for (long seed = 0; seed < DESIGNS; seed++) {
      assertThat(JavaPrinter.print(RandomDesign.of(seed)))
          .isEqualTo(JavaPrinter.print(RandomDesign.of(seed)));
    }
  }

  @Test
  void thereAreAllOperatorsKindsOfNodesAndLevelsOfNames() {
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    Set<Class<?>> kinds = new HashSet<>();
    Set<NameLevel> levels = EnumSet.noneOf(NameLevel.class);
    nodes()
        .forEach(
            node -> {
              kinds.add(node.getClass());
              levels.add(node.nameLevel());
              if (node instanceof Node.Operation operation) {
                operators.add(operation.operator());
              }
            });
    assertThat(operators).containsExactlyInAnyOrder(Operator.values());
    assertThat(levels).containsExactlyInAnyOrder(NameLevel.values());
    // What is undriven is an error where it is used.
    Set<Class<?>> all = new HashSet<>(List.of(Node.class.getPermittedSubclasses()));
    all.remove(Node.Undriven.class);
    assertThat(kinds).isEqualTo(all);
  }

  @Test
  void theBordersOfWordsAreFrequentWidths() {
    TreeSet<Integer> widths = new TreeSet<>();
    nodes().forEach(node -> widths.add(node.width()));
    assertThat(widths).contains(1, 31, 32, 33, 63, 64, 65, 127, 128, 129, Draw.WIDEST);
    long border = nodes().filter(node -> node.width() >= 63 && node.width() <= 65).count();
    assertThat(border).isGreaterThan(nodes().count() / 50);
  }

  @Test
  void thereAreMemoriesOfAllKinds() {
    List<MemoryBlock> memories =
        modules().stream().flatMap(netlist -> netlist.memories().stream()).toList();
    List<Predicate<MemoryBlock>> kinds =
        List.of(
            MemoryBlock::synchronous,
            memory -> !memory.synchronous(),
            memory -> memory.latency() == 3,
            memory -> memory.lanes() > 1,
            memory -> memory.contents() == null,
            memory -> !memory.isWritten(),
            memory -> !memory.readWrites().isEmpty(),
            memory -> memory.writes().size() == 2,
            memory -> memory.reads().size() == 2,
            memory -> Integer.bitCount(memory.depth()) > 1,
            memory ->
                memory.writes().stream()
                    .anyMatch(
                        write ->
                            memory.reads().stream()
                                .anyMatch(read -> read.clock().root() != write.clock().root())));
    for (int i = 0; i < kinds.size(); i++) {
      assertThat(memories).as("kind %d", i).anyMatch(kinds.get(i));
    }
  }

  @Test
  void thereAreClocksOfAllKinds() {
    List<Clock> clocks = modules().stream().flatMap(n -> n.clocks().stream()).toList();
    assertThat(clocks)
        .anyMatch(clock -> clock.base() == null && !clock.hasReset())
        .anyMatch(clock -> clock.base() != null && clock.base().base() != null)
        .anyMatch(clock -> clock.reset() != null && clock.asynchronousReset())
        .anyMatch(clock -> clock.reset() != null && !clock.asynchronousReset())
        .anyMatch(clock -> clock.reset() == null && clock.asynchronousReset());
    assertThat(nodes())
        .anyMatch(node -> node instanceof Node.Register r && r.crossing() == Crossing.SYNCHRONIZER);
  }

  @Test
  void someChildrenAreEqualAndSomeHaveChildren() {
    assertThat(designs())
        .anyMatch(
            design ->
                new ModuleDeduplication().apply(DesignCopy.of(design)).modules().size()
                    < design.modules().size())
        .anyMatch(
            design ->
                design.top().instances().stream()
                    .anyMatch(instance -> !instance.child().instances().isEmpty()));
    assertThat(modules()).anyMatch(netlist -> !netlist.stateMachines().isEmpty());
  }

  @Test
  void whatTheyDoIsKnownAndHasNoLoops() {
    for (long seed = 0; seed < DESIGNS; seed++) {
      assertThat(Plan.of(seed, 20).expected()).as("seed %d", seed).isNotNull();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void forSimulatorsEveryValueCanBeLookedAt(long seed) {
    Design design = RandomDesign.ofNamedValues(seed);
    assertThat(new Checks().of(design.modules()))
        .extracting(Diagnostic::kind)
        .doesNotContain(Diagnostic.Kind.COMBINATIONAL_LOOP);
    Simulator simulator = Simulator.of(design, seed);
    for (Node node : design.top().nodes()) {
      assertThat(simulator.peekBig("n" + node.id()).bitLength()).isLessThanOrEqualTo(node.width());
    }
    assertThat(simulator.signalNames())
        .hasSizeGreaterThanOrEqualTo(
            design.modules().stream().mapToInt(netlist -> netlist.nodes().size()).sum());
  }
}
