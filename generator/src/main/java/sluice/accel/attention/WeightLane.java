package sluice.accel.attention;

import static sluice.hdl.UInt.literal;

import sluice.accel.DataPath;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.PowerOfTwo;

/**
 * Turns a score into a weight (docs/numerics.md, section 7): {@code 2^(score - maximum)}, and 0 for
 * what is below a threshold. Takes a new score in every cycle with {@code enable}; the weight
 * follows {@link #LATENCY} such cycles later.
 */
final class WeightLane extends Module {

  /** Cycles from score to weight. */
  static final int LATENCY = 6;

  /** Of scores in units of 2^-14, in units of 2^-16. */
  private static final PowerOfTwo POWER = new PowerOfTwo(6, 8, 16);

  final Bool enable;

  /** The largest score of the head; no score is above it. */
  final SInt maximum;

  /** Weights below it become 0. */
  final UInt skip;

  final SInt score;
  final UInt weight;

  WeightLane(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    describe(
        "Turns a score into a weight, 2^(score - maximum) in units of 2^-16.\nLatency: %d cycles."
            .formatted(LATENCY));
    enable = input(Bool.of());
    maximum = input(types.score());
    skip = input(types.weight());
    score = input(types.score());
    weight = output(types.weight());

    Balanced<UInt> power =
        Balanced.pipeline(
            score,
            enable,
            DataPath.of(config).stages(LATENCY - 1),
            one -> POWER.negative(maximum.minus(one).truncate(one.width()).asUInt()));
    // The threshold is stable: compared here, it needs no registers on the way.
    UInt unskipped = power.output();
    UInt result = register(types.weight());
    when(enable, () -> result.set(mux(unskipped.lt(skip), literal(0, weight.width()), unskipped)));
    weight.set(result);
  }
}
