package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.ShiftRegister;
import sluice.hdl.lib.numeric.SerialProduct;

/**
 * Scales the dot products of one key after the other, as {@link ScoreScale} does, by a digit of all
 * products a cycle. A key every {@link #steps} cycles; its scores are offered {@link #latency}
 * cycles later. Stalls as a whole.
 */
final class KeyScale extends Module {

  /** Narrower digits would take more registers than they save gates. */
  private static final int LEAST_DIGIT_BITS = 8;

  /** Wider ones would have carries too long for a cycle. */
  private static final int MOST_DIGIT_BITS = 32;

  /** Biased exponents of a factor. */
  private static final int LEAST_EXPONENT = 96;

  /**
   * The place of a score's lowest bit in the product, and the exponent field above it: the factor
   * is {@code significand * 2^(exponent - 150)}, dots count in 2^-48, scores in 2^-14.
   */
  private static final int EXPONENT_AND_PLACE = 150 + 48 - 14;

  /** FP32 bits of the softmax factor; needed in the cycle in which a key's dots are taken. */
  final UInt factor = input(UInt.of(32));

  final Stream<DotResult> dots;
  final Stream<ScoreResult> scores;

  private final List<ScaleLane> lanes = new ArrayList<>();

  KeyScale(AcceleratorConfig config) {
    int digitBits = digitBits(config);
    int steps = steps(config);
    describe(
        ("Scales the dot products of a key with %d query heads, %d bits of the products a cycle.\n"
                + "Latency: %d cycles; a key every %d cycles.")
            .formatted(config.groupQueries(), digitBits, latency(config), steps));
    dots = input(Stream.of(DotResult.type(config)));
    scores = output(Stream.of(ScoreResult.type(config)));

    // Bit i: a key was loaded i + 1 cycles ago.
    UInt loaded = register(UInt.of(latency(config))).reset(0);
    Bool offered = loaded.bit(loaded.width() - 1);
    Bool advance = offered.not().or(scores.ready());
    Bool free = loaded.truncate(steps - 1).isZero();
    Bool load = dots.valid().and(free);
    dots.ready().set(advance.and(free));
    scores.valid().set(offered);
    when(advance, () -> loaded.set(ShiftRegister.next(loaded, load)));

    // What belongs to a key is handed on before the next one comes.
    UInt exponent = factor.bits(30, 23);
    UInt place = UInt.literal(EXPONENT_AND_PLACE, exponent.width()).minusWrap(exponent);
    UInt loadedPlace = register(UInt.upTo(mostPlace()));
    UInt cutPlace = register(loadedPlace);
    Bool loadedInvalid = register(Bool.of());
    Bool cutInvalid = register(Bool.of());
    Bool invalid = register(Bool.of());
    int firstDigit = SerialProduct.LATENCY - 1;
    int lastCut = SerialProduct.LATENCY + steps - 1;
    when(
        advance,
        () -> {
          when(
              load,
              () -> {
                loadedPlace.set(place.truncate(loadedPlace.width()));
                loadedInvalid.set(dots.payload().invalid());
              });
          when(
              loaded.bit(firstDigit),
              () -> {
                cutPlace.set(loadedPlace);
                cutInvalid.set(loadedInvalid);
              });
          when(loaded.bit(lastCut), () -> invalid.set(cutInvalid));
        });
    scores.payload().invalid().set(invalid);

    // The score begins in the digit of this number, which is never the lowest.
    int shiftBits = Integer.numberOfTrailingZeros(digitBits);
    UInt digit = cutPlace.shiftRight(shiftBits);
    List<Bool> digitNext = new ArrayList<>();
    for (int i = 0; i <= mostPlace() >> shiftBits; i++) {
      digitNext.add(loaded.bit(firstDigit + i));
    }
    UInt places = register(UInt.of(scoreDigits(config)));
    Bool begins = Vec.from(digitNext).get(digit);
    when(advance, () -> places.set(ShiftRegister.next(places, begins)));
    ScaleLane.Cut cut =
        new ScaleLane.Cut(cutPlace.truncate(shiftBits), loaded.bit(lastCut), places);
    for (int g = 0; g < config.groupQueries(); g++) {
      ScaleLane lane = instance(new ScaleLane(config));
      lanes.add(lane);
      lane.enable.set(advance);
      lane.load.set(load);
      lane.significand.set(UInt.literal(1).concat(factor.truncate(23)));
      lane.dot.set(dots.payload().sums().get(g));
      connect(lane.cut, cut);
      scores.payload().scores().get(g).set(lane.score);
    }
  }

  /** Bits of a digit, a power of two: the fewest with which keys come as fast as their beats. */
  static int digitBits(AcceleratorConfig config) {
    int bits = LEAST_DIGIT_BITS;
    while (bits < MOST_DIGIT_BITS && steps(config, bits) > config.beatsPerVector()) {
      bits *= 2;
    }
    return bits;
  }

  /** Cycles from a key to the next, at least: digits up to the highest of product and score. */
  static int steps(AcceleratorConfig config) {
    return steps(config, digitBits(config));
  }

  private static int steps(AcceleratorConfig config, int digitBits) {
    SignalTypes types = new SignalTypes(config);
    int productBits = types.dot().width() + ScaleLane.SIGNIFICAND_BITS;
    int bits = Math.max(productBits, mostPlace() + types.score().width());
    return (bits + digitBits - 1) / digitBits;
  }

  /** Digits of a score. */
  static int scoreDigits(AcceleratorConfig config) {
    int digitBits = digitBits(config);
    return (new SignalTypes(config).score().width() + digitBits - 1) / digitBits;
  }

  /** Cycles from dot products to scores. */
  static int latency(AcceleratorConfig config) {
    return SerialProduct.LATENCY + steps(config) + 2;
  }

  private static int mostPlace() {
    return EXPONENT_AND_PLACE - LEAST_EXPONENT;
  }
}
