package sluice.hdl.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * A design made ready for simulation: what is computed in which order, and where in one array each
 * value is. The array begins with the state (registers, data of synchronous memories), part by
 * part; then come inputs, what several parts or memories use, and everything else.
 *
 * @param graph the values
 * @param values the words of each node
 * @param memories the memories, as numbered in the graph
 * @param sinks the sinks
 * @param schedule the order
 * @param stored values that are in the array whichever evaluator runs, beside leaves and constants
 * @param slots where each value of the graph is
 * @param tuning of compiled code
 * @param lines number of clocks
 * @param state words of the state
 * @param words length of the array
 */
record Program(
    Graph graph,
    Map<Node, int[]> values,
    Map<MemoryBlock, Integer> memories,
    List<Sink> sinks,
    Schedule.Result schedule,
    boolean[] stored,
    int[] slots,
    Tuning tuning,
    int lines,
    int state,
    int words) {

  static Program of(Design design, Hierarchy hierarchy, Tuning tuning) {
    Lowering.Result lowered = Lowering.of(hierarchy);
    Graph graph = lowered.graph();
    List<Sink> sinks = Sink.of(design, hierarchy, lowered.values());
    Schedule.Result schedule = Schedule.of(graph, sinks, tuning.operations());
    boolean[] stored = stored(graph, sinks, schedule);
    int[] slots = new int[graph.size()];
    Arrays.fill(slots, -1);
    int state = 0;
    for (Sink sink : sinks) {
      for (int leaf : sink.state()) {
        slots[leaf] = state++;
      }
    }
    int words = state;
    for (int value = 0; value < slots.length; value++) {
      if (graph.opcode(value) == Opcode.LEAF && slots[value] < 0) {
        slots[value] = words++;
      }
    }
    for (int value : schedule.order()) {
      if (stored[value]) {
        slots[value] = words++;
      }
    }
    for (int value = 0; value < slots.length; value++) {
      if (slots[value] < 0) {
        slots[value] = words++;
      }
    }
    return new Program(
        graph,
        lowered.values(),
        lowered.memories(),
        sinks,
        schedule,
        stored,
        slots,
        tuning,
        Sink.lines(design).size(),
        state,
        words);
  }

  /** Marks what memories, tables, other parts and who watches use. */
  private static boolean[] stored(Graph graph, List<Sink> sinks, Schedule.Result schedule) {
    boolean[] stored = new boolean[graph.size()];
    int[] partOf = schedule.partOf();
    for (int value : schedule.order()) {
      if (graph.opcode(value) == Opcode.CHOOSE) {
        for (int choice : graph.table(graph.y(value))) {
          stored[choice] = true;
        }
      }
      for (int operand : graph.operandsOf(value)) {
        stored[operand] |= partOf[operand] != partOf[value];
      }
    }
    for (int i = 0; i < sinks.size(); i++) {
      Sink sink = sinks.get(i);
      for (int value : sink.needed()) {
        boolean elsewhere = partOf[value] != schedule.partOfSink()[i];
        stored[value] |= elsewhere || !(sink instanceof Sink.Register);
      }
    }
    for (int value = 0; value < stored.length; value++) {
      stored[value] &= schedule.computes(value);
    }
    return stored;
  }

  /** Where the words of a node are. */
  int[] slotsOf(Node node) {
    return Arrays.stream(values.get(node)).map(value -> slots[value]).toArray();
  }

  /** The values that are constant. */
  int[] constants() {
    return IntStream.range(0, graph.size()).filter(graph::isConstant).toArray();
  }
}
