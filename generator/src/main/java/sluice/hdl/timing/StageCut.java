package sluice.hdl.timing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import sluice.hdl.netlist.Node;

/**
 * Where a row of registers with the fewest bits lies: a minimum cut of a network whose vertices are
 * values, and pieces of values. A piece is bits that are used together; the edge to it costs as
 * many registers, if a user is on the other side. So each bit counts once, whatever slices it is
 * in.
 */
final class StageCut {
  private static final int FREE = 0;
  private static final int COMPUTED = 1;
  private static final int OPEN = 2;

  private final Cone cone;
  private final int[] side;

  StageCut(Cone cone) {
    this.cone = cone;
    this.side = new int[cone.values().size()];
  }

  /** Says that a value is in front of the registers. */
  void computed(int value) {
    side[value] = COMPUTED;
  }

  /** Says that a value is behind the registers. */
  void open(int value) {
    side[value] = OPEN;
  }

  /** The values in front of the registers. */
  BitSet cheapest() {
    int count = side.length;
    List<BitSet> borders = borders();
    // The vertex of each value's first piece; those of the others follow.
    int[] first = new int[count];
    int vertices = count;
    for (int i = 0; i < count; i++) {
      first[i] = vertices;
      vertices += Math.max(0, borders.get(i).cardinality() - 1);
    }
    MinimumCut cut = new MinimumCut(vertices + 2, vertices, vertices + 1);
    int[] vertex = new int[count];
    for (int i = 0; i < count; i++) {
      vertex[i] = side[i] == FREE ? i : vertices + (side[i] == COMPUTED ? 0 : 1);
      int piece = first[i];
      int low = borders.get(i).nextSetBit(0);
      for (int high = next(borders.get(i), low); high >= 0; high = next(borders.get(i), low)) {
        cut.edge(vertex[i], piece++, high - low);
        low = high;
      }
    }
    for (Node node : cone.operations()) {
      int own = vertex[cone.index(node)];
      for (Node operand : node.operands()) {
        int other = cone.index(operand);
        if (other >= 0) {
          cut.edge(own, vertex[other], MinimumCut.INFINITE);
          use(cut, cone.bits(operand), borders.get(other), first[other], own);
        }
      }
    }
    for (Node end : cone.ends()) {
      int value = cone.index(end);
      if (value >= 0) {
        use(cut, cone.bits(end), borders.get(value), first[value], vertices + 1);
      }
    }
    BitSet before = cut.sourceSide();
    BitSet done = new BitSet();
    for (int i = 0; i < count; i++) {
      done.set(i, side[i] == COMPUTED || (side[i] == FREE && before.get(i)));
    }
    return done;
  }

  private static int next(BitSet borders, int low) {
    return low < 0 ? -1 : borders.nextSetBit(low + 1);
  }

  /** For each value, between which of its bits a use of it begins or ends. */
  private List<BitSet> borders() {
    BitSet[] borders = new BitSet[side.length];
    Arrays.setAll(borders, i -> new BitSet());
    List<Node> used = new ArrayList<>(cone.ends());
    cone.operations().forEach(node -> used.addAll(node.operands()));
    for (Node node : used) {
      int value = cone.index(node);
      if (value >= 0) {
        BitRange bits = cone.bits(node);
        borders[value].set(bits.low());
        borders[value].set(bits.end());
      }
    }
    return List.of(borders);
  }

  /** The pieces within the bits that are used go where their user is. */
  private static void use(MinimumCut cut, BitRange bits, BitSet borders, int first, int user) {
    int piece = first + borders.get(0, bits.low()).cardinality();
    for (int low = bits.low(); low < bits.end(); low = borders.nextSetBit(low + 1)) {
      cut.edge(piece++, user, MinimumCut.INFINITE);
    }
  }
}
