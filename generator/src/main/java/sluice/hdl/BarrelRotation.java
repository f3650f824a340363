package sluice.hdl;

import java.util.List;
import sluice.hdl.netlist.Node;

/**
 * A rotation by a signal: for each bit of the amount, by a power of two or not at all. Powers are
 * taken modulo the width, so that it need not be a power of two itself.
 */
final class BarrelRotation {
  private final UInt value;
  private final UInt amount;
  private final Ops ops;

  BarrelRotation(UInt value, UInt amount) {
    this.value = value;
    this.amount = amount;
    this.ops = new Ops(value, amount);
  }

  UInt toTheLeft() {
    return rotate(1);
  }

  UInt toTheRight() {
    return rotate(-1);
  }

  private UInt rotate(int direction) {
    int width = value.width();
    Node rotated = ops.node(value);
    Node amountNode = ops.node(amount);
    int step = 1 % width;
    for (int bit = 0; bit < amount.width() && step != 0; bit++) {
      int low = width - Math.floorMod(direction * step, width);
      Node turned =
          Build.concat(
              ops.netlist(),
              List.of(ops.slice(rotated, 0, low), ops.slice(rotated, low, width - low)),
              ops.site());
      Node taken = ops.slice(amountNode, bit, 1);
      rotated = Build.mux(ops.netlist(), taken, turned, rotated, ops.site());
      step = 2 * step % width;
    }
    return new UInt(width, ops.result(rotated));
  }
}
