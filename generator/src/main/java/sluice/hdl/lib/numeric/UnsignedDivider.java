package sluice.hdl.lib.numeric;

import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Pipeline;

/**
 * A {@link Division} of unsigned integers between streams: serial, which takes its next operands
 * when its result is gone, or a pipeline, which gives a result in every cycle. By 0, the quotient
 * has all bits 1 and the remainder is the dividend.
 */
public final class UnsignedDivider extends Module {

  /** A division to do. */
  public record Operands(UInt dividend, UInt divisor) implements Bundle {}

  /** Nothing travels with a division. */
  private record NoTag() implements Bundle {}

  /** Divisions to do. */
  public final Stream<Operands> operands;

  /** Divisions done, in the same order; as wide as dividend and divisor. */
  public final Stream<Division<UInt>> results;

  private int latency;

  /**
   * A serial one: {@code ceil(dividendBits / bitsPerCycle) + 1} cycles from operands to result.
   *
   * @param dividendBits bits of dividend and quotient, at least 2
   * @param divisorBits bits of divisor and remainder
   * @param bitsPerCycle bits of the quotient that a cycle gives, each by a subtractor of its own
   */
  public UnsignedDivider(int dividendBits, int divisorBits, int bitsPerCycle) {
    this(dividendBits, divisorBits, "_by" + bitsPerCycle);
    Parameter.of("UnsignedDivider", "bitsPerCycle", bitsPerCycle).within(1, dividendBits);
    SerialDivider<NoTag> divider =
        instance(new SerialDivider<>(divisorBits, dividendBits, bitsPerCycle, new NoTag()));
    UInt dividend = operands.payload().dividend().extend(dividendBits + divisorBits);
    divider.operands.valid().set(operands.valid());
    operands.ready().set(divider.operands.ready());
    divider.operands.payload().dividend().set(dividend);
    divider.operands.payload().divisor().set(operands.payload().divisor());

    results.valid().set(divider.results.valid());
    divider.results.ready().set(results.ready());
    results.payload().quotient().set(divider.results.payload().quotient());
    results.payload().remainder().set(divider.results.payload().remainder());
    latency = divider.latency();
    describe(
        Division.description(
            "Unsigned", dividendBits, divisorBits, latency, "one division at a time"));
  }

  /**
   * A pipeline, which stalls as a whole.
   *
   * @param dividendBits bits of dividend and quotient, at least 2
   * @param divisorBits bits of divisor and remainder
   * @param depth how many stages there are, or how long one may be
   */
  public UnsignedDivider(int dividendBits, int divisorBits, Depth depth) {
    this(dividendBits, divisorBits, "");
    latency =
        Pipeline.balanced(
                operands,
                results,
                depth,
                numbers -> Division.unsigned(numbers.dividend(), numbers.divisor()))
            .latency();
    describe(
        Division.description(
            "Unsigned", dividendBits, divisorBits, latency, "a division in every cycle"));
  }

  private UnsignedDivider(int dividendBits, int divisorBits, String suffix) {
    super("unsigned_divider" + dividendBits + "x" + divisorBits + suffix);
    Division.check("UnsignedDivider", dividendBits, divisorBits);
    operands = input(Stream.of(new Operands(UInt.of(dividendBits), UInt.of(divisorBits))));
    results = output(Stream.of(new Division<>(UInt.of(dividendBits), UInt.of(divisorBits))));
  }

  /** Cycles from operands to result. */
  public int latency() {
    return latency;
  }
}
