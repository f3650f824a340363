package sluice.hdl.lib.numeric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** A combinational function of numbers in a module of its own, with its flags as one number. */
final class FloatBench extends Module {
  private final List<UInt> inputs = new ArrayList<>();
  private final UInt value;
  private final UInt flags;
  private Simulator simulator;

  /**
   * @param widths bits of each operand
   */
  FloatBench(List<Integer> widths, Function<List<UInt>, FloatResult> function) {
    super("float_bench");
    for (int i = 0; i < widths.size(); i++) {
      inputs.add(input(UInt.of(widths.get(i)), "operand_" + i));
    }
    FloatResult result = function.apply(inputs);
    value = output(UInt.of(result.value().width()), "value");
    value.set(result.value());
    flags = output(UInt.of(5), "flags");
    flags.set(pack(result.flags()));
  }

  /** A bench of one operation. */
  static FloatBench of(FloatFormat format, FloatOperation operation) {
    return new FloatBench(
        Collections.nCopies(operation.operands(), format.bits()),
        numbers -> operation.of(format, numbers));
  }

  /** Applies operands, of which there may be more. */
  void apply(long... operands) {
    if (simulator == null) {
      simulator = Simulator.of(this);
    }
    for (int i = 0; i < inputs.size(); i++) {
      simulator.poke(inputs.get(i), operands[i]);
    }
  }

  long value() {
    return simulator.peek(value);
  }

  /** Invalid 16, divide by zero 8, overflow 4, underflow 2, inexact 1. */
  long flags() {
    return simulator.peek(flags);
  }
}
