package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph says of the widths of its values holds for whatever they are computed from. */
class GraphWidthsTest {
  private static final int VALUES = 400;
  private static final int[] WIDTHS = {1, 2, 7, 8, 16, 31, 32, 33, 63, 64};

  /** A word that is often near the bounds of its width. */
  private static long word(Random random, int width) {
    long ones = Algebra.ones(width);
    return switch (random.nextInt(4)) {
      case 0 -> ones;
      case 1 -> ones ^ ones >>> 1;
      case 2 -> ones >>> 1;
      default -> random.nextLong() & ones;
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noValueIsOutsideOfItsWidths(long seed) {
    Random random = new Random(seed);
    Graph graph = new Graph();
    Algebra algebra = new Algebra(graph);
    for (int width : WIDTHS) {
      graph.leaf(width);
      graph.leaf(width);
      graph.constant(word(random, width));
    }
    while (graph.size() < VALUES) {
      operation(graph, algebra, random);
    }
    for (int run = 0; run < 50; run++) {
      long[] values = new long[graph.size()];
      for (int value = 0; value < values.length; value++) {
        values[value] = evaluate(graph, values, value, random);
        int unused = 64 - graph.signedWidth(value);
        assertThat(values[value] << unused >> unused)
            .as("opcode %d, value %d", graph.opcode(value), value)
            .isEqualTo(values[value]);
        assertThat(values[value] & ~Algebra.ones(graph.width(value))).isZero();
      }
    }
  }

  private static void operation(Graph graph, Algebra algebra, Random random) {
    int x = random.nextInt(graph.size());
    int y = random.nextInt(graph.size());
    int width = 1 + random.nextInt(64);
    switch (random.nextInt(9)) {
      case 0 -> algebra.add(x, y);
      case 1 -> algebra.subtract(x, y);
      case 2, 3 -> algebra.multiply(x, y);
      case 4 -> algebra.mux(algebra.keep(x, 1), y, random.nextInt(graph.size()));
      case 5 -> algebra.keep(x, width);
      case 6 -> algebra.shiftRightSignedBy(x, algebra.constant(width - 1));
      case 7 -> algebra.lessSigned(x, y);
      default -> algebra.signed(x, width);
    }
  }

  private static long evaluate(Graph graph, long[] values, int value, Random random) {
    int opcode = graph.opcode(value);
    if (opcode == Opcode.LEAF) {
      return word(random, graph.width(value));
    }
    if (opcode == Opcode.CONSTANT) {
      return graph.constantOf(value);
    }
    long z = opcode == Opcode.MUX ? values[graph.z(value)] : 0;
    long y = opcode == Opcode.PARITY ? 0 : values[graph.y(value)];
    return Opcode.evaluate(opcode, values[graph.x(value)], y, z);
  }
}
