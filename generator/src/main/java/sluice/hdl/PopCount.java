package sluice.hdl;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** Counts the ones of a number by a balanced tree; no adder is wider than its sum needs. */
final class PopCount {
  private PopCount() {}

  /** The count of some bits, and how many these are. */
  private record Part(Node count, int bits) {}

  static UInt of(UInt value) {
    Ops ops = new Ops(value);
    Node node = ops.node(value);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < value.width(); i++) {
      parts.add(new Part(ops.slice(node, i, 1), 1));
    }
    while (parts.size() > 1) {
      List<Part> sums = new ArrayList<>();
      for (int i = 0; i + 1 < parts.size(); i += 2) {
        sums.add(sum(ops, parts.get(i), parts.get(i + 1)));
      }
      if (parts.size() % 2 == 1) {
        sums.add(parts.get(parts.size() - 1));
      }
      parts = sums;
    }
    return new UInt(UInt.bitsFor(value.width()), ops.result(parts.get(0).count()));
  }

  private static Part sum(Ops ops, Part a, Part b) {
    int bits = a.bits() + b.bits();
    int width = UInt.bitsFor(bits);
    Node left = Build.extend(ops.netlist(), a.count(), width, false, ops.site());
    Node right = Build.extend(ops.netlist(), b.count(), width, false, ops.site());
    return new Part(ops.apply(Operator.ADD, width, left, right), bits);
  }
}
