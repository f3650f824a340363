package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * Unsigned division of a long dividend, some bits of the quotient a cycle: what other dividers are
 * made of. Takes operands when it is idle; the result is offered {@link #latency} cycles later and
 * the next operands are taken once it is gone.
 *
 * <p>A bit of the quotient is a subtractor and a choice, one behind the other within a cycle: with
 * {@code b} bits a cycle there are {@code b} of them, and the cycles are divided by {@code b}.
 *
 * @param <T> the type of what travels with a division from operands to result
 */
public final class SerialDivider<T extends Data> extends Module {

  /**
   * A division to do.
   *
   * @param dividend less than {@code divisor * 2^quotientBits}, or the divisor is 0: otherwise the
   *     result is undefined
   * @param tag given back with the result
   */
  public record Operands<T extends Data>(UInt dividend, UInt divisor, T tag) implements Bundle {}

  /**
   * A division done. By 0, the quotient has all bits 1, and the remainder the lowest bits of the
   * dividend.
   *
   * @param tag of the operands
   */
  public record Result<T extends Data>(UInt quotient, UInt remainder, T tag) implements Bundle {}

  /** Divisions to do; taken while none is in work. */
  public final Stream<Operands<T>> operands;

  /** Divisions done, in the same order. */
  public final Stream<Result<T>> results;

  private final int latency;

  /**
   * @param divisorBits bits of the divisor and of the remainder
   * @param quotientBits bits of the quotient, at least 2; the dividend has as many as both together
   * @param bitsPerCycle bits of the quotient that a cycle gives
   * @param tag type of what travels along
   */
  public SerialDivider(int divisorBits, int quotientBits, int bitsPerCycle, T tag) {
    super(
        "serial_divider%dx%d".formatted(divisorBits, quotientBits)
            + (bitsPerCycle == 1 ? "" : "_by" + bitsPerCycle));
    Parameter.of("SerialDivider", "divisorBits", divisorBits).atLeast(1);
    Parameter.of("SerialDivider", "quotientBits", quotientBits).atLeast(2);
    Parameter.of("SerialDivider", "bitsPerCycle", bitsPerCycle).within(1, quotientBits);
    int steps = steps(quotientBits, bitsPerCycle);
    latency = latency(quotientBits, bitsPerCycle);
    describe(
        ("Unsigned division, %d bit%s of the quotient a cycle: divisor %d bits, quotient %d bits;\n"
                + "dividend < divisor * 2^%d.\nLatency: %d cycles, one division at a time.")
            .formatted(
                bitsPerCycle,
                bitsPerCycle == 1 ? "" : "s",
                divisorBits,
                quotientBits,
                quotientBits,
                latency));
    int dividendBits = divisorBits + quotientBits;
    operands = input(Stream.of(new Operands<>(UInt.of(dividendBits), UInt.of(divisorBits), tag)));
    results = output(Stream.of(new Result<>(UInt.of(quotientBits), UInt.of(divisorBits), tag)));

    Bool busy = register(Bool.of()).reset(false);
    // Counts down to -1.
    SInt stepsLeft = register(SInt.range(-1, Math.max(1, steps - 1L)));
    UInt divisor = register(UInt.of(divisorBits));
    UInt remainder = register(UInt.of(divisorBits));
    // Dividend bits leave at the top while quotient bits enter at the bottom.
    UInt shifter = register(UInt.of(steps * bitsPerCycle));
    T keptTag = register(tag);

    UInt left = remainder;
    UInt digits = null;
    for (int i = 0; i < bitsPerCycle; i++) {
      Bool next = shifter.bit(shifter.width() - 1 - i);
      String suffix = bitsPerCycle == 1 ? "" : "_" + i;
      DivisionStep one =
          DivisionStep.of(left, next, divisor, Bool.literal(false))
              .named("digit" + suffix, "next_remainder" + suffix);
      left = one.remainder();
      digits = digits == null ? one.digit().asUInt() : digits.concat(one.digit().asUInt());
    }
    UInt digitsNow = digits;
    UInt remainderNow = left;
    UInt entering = operands.payload().dividend().extend(divisorBits + shifter.width());

    Bool finished = busy.and(stepsLeft.isNegative());
    operands.ready().set(busy.not());
    when(
            operands.fires(),
            () -> {
              busy.set(true);
              stepsLeft.set(steps - 1L);
              divisor.set(operands.payload().divisor());
              remainder.set(entering.bits(entering.width() - 1, shifter.width()));
              shifter.set(entering.truncate(shifter.width()));
              connect(keptTag, operands.payload().tag());
            })
        .elseWhen(
            stepsLeft.isNegative().not(),
            () -> {
              stepsLeft.set(stepsLeft.minusWrap(SInt.literal(1)));
              remainder.set(remainderNow);
              shifter.set(
                  steps == 1
                      ? digitsNow
                      : shifter.truncate(shifter.width() - bitsPerCycle).concat(digitsNow));
            });
    when(results.fires(), () -> busy.set(false));

    results.valid().set(finished);
    results.payload().quotient().set(shifter.truncate(quotientBits));
    results.payload().remainder().set(remainder);
    connect(results.payload().tag(), keptTag);
  }

  /** Cycles from operands to result. */
  public int latency() {
    return latency;
  }

  /** Cycles from operands to result of a divider: one to take them, and those of the quotient. */
  public static int latency(int quotientBits, int bitsPerCycle) {
    return steps(quotientBits, bitsPerCycle) + 1;
  }

  private static int steps(int quotientBits, int bitsPerCycle) {
    return (quotientBits + bitsPerCycle - 1) / bitsPerCycle;
  }
}
