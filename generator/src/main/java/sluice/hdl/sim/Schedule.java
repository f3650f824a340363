package sluice.hdl.sim;

import java.util.Arrays;
import java.util.List;

/**
 * The order in which the values of a cycle are computed, cut into parts: what a sink needs is
 * computed just before it, so most values are used in their own part only. Values that no sink
 * needs are left out. No part needs a later one.
 */
final class Schedule {
  private static final int NONE = -1;

  /** To compare and store a word of the state takes as much code as some operations. */
  private static final int STATE_LOAD = 2;

  private final Graph graph;

  /** A part ends with the sink that makes it so large, and twice as large in any case. */
  private final int operations;

  private final int[] partOf;
  private int[] order = new int[1024];
  private int count;
  private int part;
  private int load;

  private Schedule(Graph graph, int operations) {
    this.graph = graph;
    this.operations = operations;
    this.partOf = new int[graph.size()];
    Arrays.fill(partOf, NONE);
  }

  /**
   * A schedule.
   *
   * @param order values in the order of their computation
   * @param partOf the part of each value of the graph, or -1
   * @param partOfSink the part of each sink
   * @param parts number of parts
   */
  record Result(int[] order, int[] partOf, int[] partOfSink, int parts) {

    /** Whether a value is computed in a cycle. */
    boolean computes(int value) {
      return partOf[value] != NONE;
    }
  }

  /**
   * @param operations of a part, about
   */
  static Result of(Graph graph, List<Sink> sinks, int operations) {
    return new Schedule(graph, operations).schedule(sinks);
  }

  private Result schedule(List<Sink> sinks) {
    int[] partOfSink = new int[sinks.size()];
    for (int i = 0; i < partOfSink.length; i++) {
      Sink sink = sinks.get(i);
      for (int value : sink.needed()) {
        compute(value);
      }
      load += STATE_LOAD * sink.state().length;
      partOfSink[i] = part;
      if (load >= operations) {
        endPart();
      }
    }
    return new Result(Arrays.copyOf(order, count), partOf, partOfSink, part + 1);
  }

  private void endPart() {
    part++;
    load = 0;
  }

  /** Appends a value after all that it needs and that is not there yet. */
  private void compute(int root) {
    int[] stack = new int[64];
    int depth = 0;
    stack[depth++] = root;
    while (depth > 0) {
      int value = stack[depth - 1];
      if (partOf[value] != NONE || graph.isGiven(value)) {
        depth--;
        continue;
      }
      int before = depth;
      for (int operand : graph.operandsOf(value)) {
        if (partOf[operand] == NONE && !graph.isGiven(operand)) {
          if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
          }
          stack[depth++] = operand;
        }
      }
      if (depth == before) {
        depth--;
        append(value);
      }
    }
  }

  private void append(int value) {
    if (load >= 2 * operations) {
      endPart();
    }
    if (count == order.length) {
      order = Arrays.copyOf(order, 2 * count);
    }
    order[count++] = value;
    partOf[value] = part;
    load++;
  }
}
