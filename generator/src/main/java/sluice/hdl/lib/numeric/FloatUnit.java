package sluice.hdl.lib.numeric;

import sluice.hdl.Balanced;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * A floating-point operation as a module: new operands in every cycle, a result {@link #latency}
 * cycles later. Rounds to nearest even; subnormals, infinities, NaN and flags as in IEEE 754.
 */
public final class FloatUnit extends Module {

  /** The numbers {@code a}, {@code b} and {@code c} of the formula, as many as it has. */
  public final Vec<UInt> operands;

  /** The result with its flags. */
  public final FloatResult result;

  private final int latency;

  /**
   * @param depth how many cycles it takes, or how long a stage may be; see {@link Depth}
   */
  public FloatUnit(FloatFormat format, FloatOperation operation, Depth depth) {
    super(format.name() + "_" + operation.word());
    operands = input(Vec.of(operation.operands(), format.type()));
    Balanced<FloatResult> computed =
        Balanced.pipeline(operands, depth, numbers -> operation.of(format, numbers.elements()));
    latency = computed.latency();
    result = output(FloatResult.type(computed.output().value().width()));
    connect(result, computed.output());
    describe(
        "%s: %s; flags of IEEE 754.\nLatency: %d cycles, one result a cycle."
            .formatted(format.title(), operation.formula(), latency));
  }

  /** Cycles from operands to result. */
  public int latency() {
    return latency;
  }
}
