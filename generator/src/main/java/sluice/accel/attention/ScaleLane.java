package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.DataPath;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.SerialProduct;

/**
 * Scales a dot product to a score (docs/numerics.md, section 6): {@code floor(dot * significand >>
 * position)}, saturated. The product comes in digits, lowest first, from which the score's are cut
 * as they come; {@link KeyScale} says which.
 */
final class ScaleLane extends Module {

  /** Bits of a factor's significand. */
  static final int SIGNIFICAND_BITS = 24;

  /**
   * What is done with a digit.
   *
   * @param shift by how many bits the score's digits begin above the product's
   * @param last it is the highest; what is above it are copies of the sign
   * @param places one-hot, which digit of the score begins in it; 0 if none does
   */
  record Cut(UInt shift, Bool last, UInt places) implements Bundle {

    static Cut type(AcceleratorConfig config) {
      int digitBits = KeyScale.digitBits(config);
      return new Cut(UInt.index(digitBits), Bool.of(), UInt.of(KeyScale.scoreDigits(config)));
    }
  }

  /** All registers move on when high. */
  final Bool enable = input(Bool.of());

  /** Takes dot and significand. */
  final Bool load = input(Bool.of());

  final UInt significand = input(UInt.of(SIGNIFICAND_BITS));
  final SInt dot;

  /**
   * What is done with digit {@code k} of the product, {@code SerialProduct.LATENCY + 1 + k} enabled
   * cycles after the load.
   */
  final Cut cut;

  /** The score, two enabled cycles after the last digit is cut, for one such cycle. */
  final SInt score;

  ScaleLane(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int digitBits = KeyScale.digitBits(config);
    describe(
        "Scales a dot product of %d bits to a score, saturated, by digits of %d bits of the product."
            .formatted(types.dot().width(), digitBits));
    dot = input(types.dot());
    cut = input(Cut.type(config));
    score = output(types.score());

    SerialProduct serial =
        instance(
            new SerialProduct(
                dot.width(), SIGNIFICAND_BITS, digitBits, DataPath.of(config).arithmetic()));
    serial.enable.set(enable);
    serial.load.set(load);
    serial.wide.set(dot);
    serial.factor.set(significand);

    UInt lower = register(serial.digit);
    UInt signs = lower.bit(digitBits - 1).asUInt().repeat(digitBits);
    UInt upper = mux(cut.last(), signs, serial.digit);
    UInt digit = upper.concat(lower).shiftRight(cut.shift()).truncate(digitBits);

    int highest = cut.places().width() - 1;
    List<UInt> digits = new ArrayList<>();
    for (int i = 0; i <= highest; i++) {
      UInt kept = register(UInt.of(Math.min(digitBits, score.width() - i * digitBits)));
      kept.named("score_digit_" + i);
      UInt part = digit.truncate(kept.width());
      when(enable.and(cut.places().bit(i)), () -> kept.set(part));
      digits.add(0, kept);
    }
    // It fits if the score's sign and all that is above it are alike.
    Bool top = cut.places().bit(highest);
    UInt beyond = digit.bits(digitBits - 1, score.width() - 1 - highest * digitBits);
    Bool ones = register(Bool.of());
    Bool zeros = register(Bool.of());
    Bool negative = register(Bool.of());
    SInt saturated = register(score);
    when(
        enable,
        () -> {
          lower.set(serial.digit);
          ones.set(mux(top, beyond.andReduce(), digit.andReduce().and(ones)));
          zeros.set(mux(top, beyond.isZero(), digit.isZero().and(zeros)));
          negative.set(digit.bit(digitBits - 1));
          SInt exact = concat(digits).asSInt();
          saturated.set(mux(ones.or(zeros), exact, bound(negative)));
        });
    score.set(saturated);
  }

  private SInt bound(Bool negative) {
    int bits = score.width() - 1;
    return negative.asUInt().concat(negative.not().asUInt().repeat(bits)).asSInt();
  }

  private static UInt concat(List<UInt> fromHighest) {
    return fromHighest.stream().reduce(UInt::concat).orElseThrow();
  }
}
