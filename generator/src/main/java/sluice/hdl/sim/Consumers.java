package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which parts of a schedule use a value that they do not compute, and which read a memory. */
final class Consumers {
  private static final int[] NONE = {};

  private final int[][] partsOf;
  private final int[][] readersOf;

  Consumers(Program program) {
    Graph graph = program.graph();
    Schedule.Result schedule = program.schedule();
    partsOf = new int[graph.size()][];
    readersOf = new int[program.memories().size()][];
    Arrays.fill(partsOf, NONE);
    Arrays.fill(readersOf, NONE);
    List<List<Sink>> sinks = new ArrayList<>();
    for (int part = 0; part < schedule.parts(); part++) {
      sinks.add(new ArrayList<>());
    }
    for (int i = 0; i < program.sinks().size(); i++) {
      sinks.get(schedule.partOfSink()[i]).add(program.sinks().get(i));
    }
    int[] order = schedule.order();
    int at = 0;
    for (int part = 0; part < schedule.parts(); part++) {
      for (; at < order.length && schedule.partOf()[order[at]] == part; at++) {
        for (int operand : graph.operandsOf(order[at])) {
          add(program, operand, part);
        }
        if (graph.opcode(order[at]) == Opcode.READ) {
          int memory = graph.y(order[at]);
          readersOf[memory] = with(readersOf[memory], part);
        }
      }
      for (Sink sink : sinks.get(part)) {
        for (int value : sink.needed()) {
          add(program, value, part);
        }
      }
    }
  }

  private void add(Program program, int value, int part) {
    if (!program.graph().isConstant(value) && program.schedule().partOf()[value] != part) {
      partsOf[value] = with(partsOf[value], part);
    }
  }

  private static int[] with(int[] parts, int part) {
    if (parts.length > 0 && parts[parts.length - 1] == part) {
      return parts;
    }
    int[] more = Arrays.copyOf(parts, parts.length + 1);
    more[parts.length] = part;
    return more;
  }

  /** The parts that use a leaf, or a value of another part; in order. */
  int[] of(int value) {
    return partsOf[value];
  }

  /** The parts that read a memory within the cycle; in order. */
  int[] ofMemory(int memory) {
    return readersOf[memory];
  }
}
