package sluice.accel.attention;

import static sluice.hdl.UInt.literal;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Pipeline;
import sluice.hdl.lib.numeric.FloatConvert;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.lib.numeric.SerialDivider;

/**
 * Divides weighted sums by the sum of the weights and rounds once to a half (docs/numerics.md,
 * section 8): {@code sum / weights * 2^-24}, to nearest even; a sum of 0 gives +0, {@code invalid}
 * the NaN 0x7E00. Halves come in the order of the quotients.
 *
 * <p>Serial dividers work in turn: a quotient takes 43 cycles in one of them, so that with {@code
 * n} dividers {@code n} halves come every 43 cycles.
 */
public final class Normalizer extends Module {

  /** Cycles from quotient to half. */
  private static final int ROUNDING_STAGES = 3;

  /** Below this exponent there is no bit that decides of a half. */
  private static final int LEAST_EXPONENT =
      -FloatFormat.FP16.bias() - FloatFormat.FP16.fractionBits();

  /** Bits of a quotient in units of 2^LEAST_EXPONENT: all halves are below 2^16. */
  private static final int QUOTIENT_BITS = FloatFormat.FP16.bias() + 1 - LEAST_EXPONENT;

  /** What a division keeps beside its numbers. */
  private record Flags(Bool negative, Bool invalid) implements Bundle {}

  /** A division done: the magnitude, and whether the exact one is above it. */
  private record Magnitude(UInt quotient, Bool sticky, Flags flags) implements Bundle {}

  public final Stream<Quotient> quotients;
  public final Stream<UInt> halves;

  private final int dividers;
  private final List<SerialDivider<Flags>> units = new ArrayList<>();

  /** The division of all slices' sums. */
  public Normalizer(AcceleratorConfig config) {
    dividers = config.dividers();
    Quotient quotient = Quotient.type(config);
    int divisorBits = quotient.weights().width();
    Flags flags = new Flags(Bool.of(), Bool.of());
    describe(
        ("Divides weighted sums by the sum of weights and rounds to halves; %d serial dividers in"
                + " turn.\nLatency: %d cycles.")
            .formatted(dividers, 1 + SerialDivider.latency(QUOTIENT_BITS, 1) + ROUNDING_STAGES));
    quotients = input(Stream.of(quotient));
    halves = output(Stream.of(UInt.of(16)));

    Quotient entered = quotients.payload();
    UInt turnIn = register(UInt.index(dividers)).reset(0);
    UInt turnOut = register(UInt.index(dividers)).reset(0);
    List<Bool> readies = new ArrayList<>();
    List<Bool> valids = new ArrayList<>();
    List<Magnitude> results = new ArrayList<>();
    for (int i = 0; i < dividers; i++) {
      SerialDivider<Flags> divider =
          instance(new SerialDivider<>(divisorBits, QUOTIENT_BITS, 1, flags));
      units.add(divider);
      readies.add(divider.operands.ready());
      valids.add(divider.results.valid());
      SerialDivider.Result<Flags> result = divider.results.payload();
      results.add(new Magnitude(result.quotient(), result.remainder().orReduce(), result.tag()));
    }

    Bool taken = Vec.from(readies).get(turnIn);
    Pipeline prepare = new Pipeline(quotients.valid(), taken, 1);
    quotients.ready().set(prepare.advance());
    // No half is above 2^16, so a sum is below weights * 2^40.
    UInt magnitude = register(UInt.of(divisorBits + QUOTIENT_BITS - 1));
    UInt divisor = register(UInt.of(divisorBits));
    Flags enteredFlags = register(flags);
    UInt magnitudeNow = entered.sum().abs().truncate(magnitude.width());
    when(
        prepare.advance(),
        () -> {
          magnitude.set(magnitudeNow);
          divisor.set(mux(entered.weights().isZero(), literal(1, divisorBits), entered.weights()));
          enteredFlags.negative().set(entered.sum().isNegative());
          enteredFlags.invalid().set(entered.invalid());
        });

    Magnitude result = Vec.from(results).get(turnOut);
    Stream<Magnitude> divided = Stream.from(Vec.from(valids).get(turnOut), result, wire(Bool.of()));
    for (int i = 0; i < dividers; i++) {
      SerialDivider<Flags> divider = units.get(i);
      divider.operands.valid().set(onTurn(prepare.valid(), turnIn, i));
      divider.operands.payload().dividend().set(magnitude.shiftLeft(1));
      divider.operands.payload().divisor().set(divisor);
      connect(divider.operands.payload().tag(), enteredFlags);
      divider.results.ready().set(onTurn(divided.ready(), turnOut, i));
    }
    if (dividers > 1) {
      when(prepare.valid().and(taken), () -> turnIn.set(following(turnIn)));
      when(divided.fires(), () -> turnOut.set(following(turnOut)));
    }

    Pipeline.balanced(divided, halves, Depth.stages(ROUNDING_STAGES), Normalizer::rounded);
  }

  private static UInt rounded(Magnitude number) {
    UInt half =
        FloatConvert.fromFixed(
                FloatFormat.FP16,
                number.flags().negative(),
                number.quotient(),
                LEAST_EXPONENT,
                number.sticky())
            .value();
    return mux(number.flags().invalid(), literal(FloatFormat.FP16.nan(), half.width()), half);
  }

  private Bool onTurn(Bool condition, UInt turn, int divider) {
    return dividers == 1 ? condition : condition.and(turn.eq(divider));
  }

  private UInt following(UInt turn) {
    UInt zero = literal(0, turn.width());
    return mux(turn.eq(dividers - 1L), zero, turn.plusWrap(1));
  }
}
