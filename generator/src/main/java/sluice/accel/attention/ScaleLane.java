package sluice.accel.attention;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.Saturation;
import sluice.hdl.lib.numeric.WideProduct;

/**
 * Scales a dot product to a score (docs/numerics.md, section 6): {@code floor(dot * 2^-48 * factor
 * * 2^14)}, saturated. Takes a new one in every cycle with {@code enable}; the score follows {@link
 * #latency} such cycles later.
 */
final class ScaleLane extends Module {
  private static final int SIGNIFICAND_BITS = 24;

  /** The largest exponent field of a factor. */
  private static final int MOST_EXPONENT = 142;

  /**
   * Bits dropped at the largest exponent: the factor is {@code significand * 2^(exponent - 150)},
   * dots count in 2^-48, scores in 2^-14.
   */
  private static final int LEAST_SHIFT = 150 - MOST_EXPONENT + 48 - 14;

  /** Bits of the largest further shift, {@code 142 - 96}. */
  private static final int SHIFT_BITS = 6;

  final Bool enable;
  final UInt factor;
  final SInt dot;
  final SInt score;

  ScaleLane(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    describe(
        ("Scales a dot product of %d bits by an FP32 factor (exponent field 96 to 142) to a score,"
                + " saturated.\nLatency: %d cycles.")
            .formatted(types.dot().width(), latency(config)));
    enable = input(Bool.of());
    factor = input(UInt.of(32));
    dot = input(types.dot());
    score = output(types.score());

    WideProduct multiplier = instance(new WideProduct(dot.width(), SIGNIFICAND_BITS));
    multiplier.enable.set(enable);
    multiplier.wide.set(dot);
    multiplier.factor.set(UInt.literal(1).concat(factor.bits(22, 0)));

    UInt exponent = factor.bits(30, 23);
    UInt shift =
        UInt.literal(MOST_EXPONENT, exponent.width()).minusWrap(exponent).truncate(SHIFT_BITS);
    SInt coarse = multiplier.product.shiftRight(LEAST_SHIFT);
    SInt exact = register(SInt.of(coarse.width()));
    SInt saturated = register(types.score());
    when(
        enable,
        () -> {
          exact.set(coarse.shiftRight(shift));
          saturated.set(Saturation.saturate(exact, saturated.width()));
        });
    score.set(saturated);
  }

  /** Cycles from dot product to score. */
  static int latency(AcceleratorConfig config) {
    return WideProduct.latency(new SignalTypes(config).dot().width()) + 2;
  }
}
