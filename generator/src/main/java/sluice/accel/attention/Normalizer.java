package sluice.accel.attention;

import static sluice.hdl.UInt.literal;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Pipeline;
import sluice.hdl.lib.numeric.HalfRounder;
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

  /** What a division keeps beside its numbers. */
  private record Flags(Bool negative, Bool invalid) implements Bundle {}

  public final Stream<Quotient> quotients;
  public final Stream<UInt> halves;

  private final int dividers;
  private final List<SerialDivider<Flags>> units = new ArrayList<>();

  /** The division of all slices' sums. */
  public Normalizer(AcceleratorConfig config) {
    dividers = config.dividers();
    Quotient quotient = Quotient.type(config);
    int divisorBits = quotient.weights().width();
    // In units of 2^-25: the lowest bit is the round bit of a subnormal half.
    int quotientBits = HalfRounder.MAGNITUDE_BITS;
    Flags flags = new Flags(Bool.of(), Bool.of());
    describe(
        ("Divides weighted sums by the sum of weights and rounds to halves; %d serial dividers in"
                + " turn.\nLatency: %d cycles.")
            .formatted(dividers, 1 + quotientBits + 1 + HalfRounder.LATENCY));
    quotients = input(Stream.of(quotient));
    halves = output(Stream.of(UInt.of(16)));

    Quotient entered = quotients.payload();
    UInt turnIn = register(UInt.index(dividers)).reset(0);
    UInt turnOut = register(UInt.index(dividers)).reset(0);
    List<Bool> readies = new ArrayList<>();
    List<Bool> valids = new ArrayList<>();
    List<SerialDivider.Result<Flags>> results = new ArrayList<>();
    for (int i = 0; i < dividers; i++) {
      SerialDivider<Flags> divider =
          instance(new SerialDivider<>(divisorBits, quotientBits, flags));
      units.add(divider);
      readies.add(divider.operands.ready());
      valids.add(divider.results.valid());
      results.add(divider.results.payload());
    }

    Bool taken = Vec.from(readies).get(turnIn);
    Pipeline prepare = new Pipeline(quotients.valid(), taken, 1);
    quotients.ready().set(prepare.advance());
    // No half is above 2^16, so a sum is below weights * 2^40.
    UInt magnitude = register(UInt.of(divisorBits + quotientBits - 1));
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

    HalfRounder rounder = instance(new HalfRounder());
    for (int i = 0; i < dividers; i++) {
      SerialDivider<Flags> divider = units.get(i);
      divider.operands.valid().set(onTurn(prepare.valid(), turnIn, i));
      divider.operands.payload().dividend().set(magnitude.shiftLeft(1));
      divider.operands.payload().divisor().set(divisor);
      connect(divider.operands.payload().tag(), enteredFlags);
      divider.results.ready().set(onTurn(rounder.numbers.ready(), turnOut, i));
    }
    Bool divided = Vec.from(valids).get(turnOut);
    SerialDivider.Result<Flags> result = Vec.from(results).get(turnOut);
    rounder.numbers.valid().set(divided);
    connect(
        rounder.numbers.payload(),
        new HalfRounder.Number(
            result.tag().negative(),
            result.quotient(),
            result.exact().not(),
            result.tag().invalid()));
    if (dividers > 1) {
      when(prepare.valid().and(taken), () -> turnIn.set(following(turnIn)));
      when(divided.and(rounder.numbers.ready()), () -> turnOut.set(following(turnOut)));
    }

    rounder.halves.to(halves);
  }

  private Bool onTurn(Bool condition, UInt turn, int divider) {
    return dividers == 1 ? condition : condition.and(turn.eq(divider));
  }

  private UInt following(UInt turn) {
    UInt zero = literal(0, turn.width());
    return mux(turn.eq(dividers - 1L), zero, turn.plusWrap(1));
  }
}
