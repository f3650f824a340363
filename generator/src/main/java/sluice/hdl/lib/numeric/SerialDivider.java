package sluice.hdl.lib.numeric;

import static sluice.hdl.UInt.index;
import static sluice.hdl.UInt.literal;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.ShiftRegister;

/**
 * Unsigned integer division, one bit of the quotient a cycle. Takes operands when it is idle; the
 * result is offered {@code quotientBits + 1} cycles later and the next operands are taken once it
 * is gone.
 *
 * @param <T> the type of what travels with a division from operands to result
 */
public final class SerialDivider<T extends Data> extends Module {

  /**
   * A division to do.
   *
   * @param dividend less than {@code divisor * 2^quotientBits}: otherwise the result is undefined
   * @param tag given back with the result
   */
  public record Operands<T extends Data>(UInt dividend, UInt divisor, T tag) implements Bundle {}

  /**
   * A division done.
   *
   * @param exact whether the remainder is 0
   * @param tag of the operands
   */
  public record Result<T extends Data>(UInt quotient, Bool exact, T tag) implements Bundle {}

  /** Divisions to do; taken while none is in work. */
  public final Stream<Operands<T>> operands;

  /** Divisions done, in the same order. */
  public final Stream<Result<T>> results;

  /**
   * @param divisorBits bits of the divisor
   * @param quotientBits bits of the quotient, at least 2; the dividend has as many as both together
   * @param tag type of what travels along
   */
  public SerialDivider(int divisorBits, int quotientBits, T tag) {
    super("serial_divider" + divisorBits + "x" + quotientBits);
    Parameter.of("SerialDivider", "divisorBits", divisorBits).atLeast(1);
    Parameter.of("SerialDivider", "quotientBits", quotientBits).atLeast(2);
    describe(
        ("Unsigned division, one bit of the quotient a cycle: divisor %d bits, quotient %d bits;\n"
                + "dividend < divisor * 2^%d.\nLatency: %d cycles, one division at a time.")
            .formatted(divisorBits, quotientBits, quotientBits, quotientBits + 1));
    int dividendBits = divisorBits + quotientBits;
    operands = input(Stream.of(new Operands<>(UInt.of(dividendBits), UInt.of(divisorBits), tag)));
    results = output(Stream.of(new Result<>(UInt.of(quotientBits), Bool.of(), tag)));

    Bool dividing = register(Bool.of()).reset(false);
    Bool finished = register(Bool.of()).reset(false);
    UInt step = register(index(quotientBits));
    UInt divisor = register(UInt.of(divisorBits));
    UInt remainder = register(UInt.of(divisorBits));
    // Dividend bits leave at the top while quotient bits enter at the bottom.
    UInt shifter = register(UInt.of(quotientBits));
    T keptTag = register(tag);

    UInt trial = remainder.concat(shifter.bit(quotientBits - 1).asUInt());
    UInt difference = trial.minusWrap(divisor);
    // The remainder is less than the divisor, so that the difference has room for its sign.
    Bool fits = difference.bit(divisorBits).not();

    operands.ready().set(dividing.or(finished).not());
    when(
            operands.fires(),
            () -> {
              dividing.set(true);
              step.set(literal(quotientBits - 1L));
              divisor.set(operands.payload().divisor());
              remainder.set(operands.payload().dividend().bits(dividendBits - 1, quotientBits));
              shifter.set(operands.payload().dividend().truncate(quotientBits));
              connect(keptTag, operands.payload().tag());
            })
        .elseWhen(
            dividing,
            () -> {
              dividing.set(step.ne(0));
              finished.set(step.isZero());
              step.set(step.minusWrap(1));
              remainder.set(
                  mux(fits, difference.truncate(divisorBits), trial.truncate(divisorBits)));
              shifter.set(ShiftRegister.next(shifter, fits));
            })
        .elseWhen(results.ready(), () -> finished.set(false));

    results.valid().set(finished);
    results.payload().quotient().set(shifter);
    results.payload().exact().set(remainder.isZero());
    connect(results.payload().tag(), keptTag);
  }
}
