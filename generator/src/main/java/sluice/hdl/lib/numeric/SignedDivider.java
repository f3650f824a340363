package sluice.hdl.lib.numeric;

import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Pipeline;

/**
 * A {@link Division} of signed integers between streams: serial, which takes its next operands when
 * its result is gone, or a pipeline, which gives a result in every cycle. The quotient is rounded
 * towards 0; by 0, it is -1 and the remainder is the dividend; the least number by -1 is itself.
 *
 * <p>The magnitudes are divided. A serial one makes them in the cycle in which it takes the
 * operands, and turns the results around in that in which they are taken.
 */
public final class SignedDivider extends Module {

  /** A division to do. */
  public record Operands(SInt dividend, SInt divisor) implements Bundle {}

  /** Divisions to do. */
  public final Stream<Operands> operands;

  /** Divisions done, in the same order; as wide as dividend and divisor. */
  public final Stream<Division<SInt>> results;

  private int latency;

  /**
   * A serial one: {@code ceil(dividendBits / bitsPerCycle) + 1} cycles from operands to result.
   *
   * @param dividendBits bits of dividend and quotient, at least 2
   * @param divisorBits bits of divisor and remainder
   * @param bitsPerCycle bits of the quotient that a cycle gives, each by a subtractor of its own
   */
  public SignedDivider(int dividendBits, int divisorBits, int bitsPerCycle) {
    this(dividendBits, divisorBits, "_by" + bitsPerCycle);
    Parameter.of("SignedDivider", "bitsPerCycle", bitsPerCycle).within(1, dividendBits);
    SerialDivider<Division.Signs> divider =
        instance(
            new SerialDivider<>(divisorBits, dividendBits, bitsPerCycle, Division.Signs.type()));
    SInt dividend = operands.payload().dividend();
    SInt divisor = operands.payload().divisor();
    divider.operands.valid().set(operands.valid());
    operands.ready().set(divider.operands.ready());
    divider.operands.payload().dividend().set(dividend.abs().extend(dividendBits + divisorBits));
    divider.operands.payload().divisor().set(divisor.abs());
    connect(divider.operands.payload().tag(), Division.Signs.of(dividend, divisor));

    SerialDivider.Result<Division.Signs> result = divider.results.payload();
    Division<UInt> magnitudes = new Division<>(result.quotient(), result.remainder());
    results.valid().set(divider.results.valid());
    divider.results.ready().set(results.ready());
    connect(results.payload(), result.tag().applyTo(magnitudes));
    latency = divider.latency();
    describe(
        Division.description(
            "Signed", dividendBits, divisorBits, latency, "one division at a time"));
  }

  /**
   * A pipeline, which stalls as a whole.
   *
   * @param dividendBits bits of dividend and quotient, at least 2
   * @param divisorBits bits of divisor and remainder
   * @param depth how many stages there are, or how long one may be
   */
  public SignedDivider(int dividendBits, int divisorBits, Depth depth) {
    this(dividendBits, divisorBits, "");
    latency =
        Pipeline.balanced(
                operands,
                results,
                depth,
                numbers -> Division.signed(numbers.dividend(), numbers.divisor()))
            .latency();
    describe(
        Division.description(
            "Signed", dividendBits, divisorBits, latency, "a division in every cycle"));
  }

  private SignedDivider(int dividendBits, int divisorBits, String suffix) {
    super("signed_divider" + dividendBits + "x" + divisorBits + suffix);
    Division.check("SignedDivider", dividendBits, divisorBits);
    operands = input(Stream.of(new Operands(SInt.of(dividendBits), SInt.of(divisorBits))));
    results = output(Stream.of(new Division<>(SInt.of(dividendBits), SInt.of(divisorBits))));
  }

  /** Cycles from operands to result. */
  public int latency() {
    return latency;
  }
}
