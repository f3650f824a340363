package sluice.hdl.lib.numeric;

import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.lib.Pipeline;

/**
 * A {@link FloatRatio} between streams: serial, with one division at a time, or a pipeline, which
 * gives a result in every cycle.
 */
public final class RatioUnit extends Module {

  /** Ratios to compute. */
  public final Stream<FloatRatio.Operands> operands;

  /** Numbers of the format with their flags, in the same order. */
  public final Stream<FloatResult> results;

  private int latency;

  /**
   * A serial one: the shifts, {@code ceil(digits / bitsPerCycle) + 1} cycles of division, and the
   * rounding. The shifts of the next operands and the rounding of the last result go on meanwhile.
   *
   * @param bitsPerCycle bits of the quotient that a cycle gives, each by a subtractor of its own
   * @param depth how many stages the shifts have and, again, the rounding; or how long one may be
   */
  public RatioUnit(FloatRatio ratio, int bitsPerCycle, Depth depth) {
    this(ratio, "_by" + bitsPerCycle);
    Parameter.of("RatioUnit", "bitsPerCycle", bitsPerCycle).within(1, ratio.digits());
    SerialDivider<FloatRatio.Kind> divider =
        instance(
            new SerialDivider<>(
                ratio.divisorBits(), ratio.digits(), bitsPerCycle, ratio.kindType()));
    int shifting = Pipeline.balanced(operands, divider.operands, depth, ratio::shifted).latency();
    int rounding =
        Pipeline.balanced(
                divider.results,
                results,
                depth,
                result -> ratio.rounded(result.quotient(), result.remainder(), result.tag()))
            .latency();
    latency = shifting + divider.latency() + rounding;
    describe(
        "%s\nLatency: %d cycles, a result every %d cycles."
            .formatted(title(ratio), latency, divider.latency() + 1));
  }

  /**
   * A pipeline, which stalls as a whole.
   *
   * @param depth how many stages there are, or how long one may be
   */
  public RatioUnit(FloatRatio ratio, Depth depth) {
    this(ratio, "");
    latency =
        Pipeline.balanced(
                operands,
                results,
                depth,
                numbers -> ratio.of(numbers.negative(), numbers.dividend(), numbers.divisor()))
            .latency();
    describe("%s\nLatency: %d cycles, a result in every cycle.".formatted(title(ratio), latency));
  }

  private RatioUnit(FloatRatio ratio, String suffix) {
    super(
        "%s_ratio%dx%d%s"
            .formatted(ratio.format().name(), ratio.dividendBits(), ratio.divisorBits(), suffix));
    operands = input(Stream.of(ratio.type()));
    results = output(Stream.of(FloatResult.type(ratio.format().bits())));
  }

  private static String title(FloatRatio ratio) {
    return "Ratio of integers times 2^%d as %s, to nearest even; flags of IEEE 754."
        .formatted(ratio.scale(), ratio.format().title());
  }

  /** Cycles from operands to result. */
  public int latency() {
    return latency;
  }
}
