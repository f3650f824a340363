package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.lib.numeric.FloatRatio;
import sluice.hdl.lib.numeric.FloatResult;
import sluice.hdl.lib.numeric.RatioUnit;

/** The mean of the samples of each packet, rounded once. */
public final class Mean extends Module {

  /** A sample of a packet. */
  public record Sample(SInt value, Bool last) implements Bundle {}

  public final Stream<Sample> samples;
  public final Stream<FloatResult> means;

  /**
   * @param width bits of a sample
   * @param longest most samples of a packet
   * @param bitsPerCycle bits of a quotient that a cycle gives
   */
  public Mean(FloatFormat format, int width, int longest, int bitsPerCycle) {
    samples = input(Stream.of(new Sample(SInt.of(width), Bool.of())));
    means = output(Stream.of(FloatResult.type(format.bits())));

    Sample sample = samples.payload();
    SInt sum = register(SInt.of(width + UInt.bitsFor(longest))).reset(0);
    UInt count = register(UInt.upTo(longest)).reset(0);
    SInt total = sum.plusWrap(sample.value());
    UInt number = count.plusWrap(1);
    when(
        samples.fires(),
        () -> {
          sum.set(mux(sample.last(), SInt.literal(0, sum.width()), total));
          count.set(mux(sample.last(), UInt.literal(0, count.width()), number));
        });

    FloatRatio ratio = new FloatRatio(format, sum.width(), count.width(), 0);
    RatioUnit mean = instance(new RatioUnit(ratio, bitsPerCycle, Depth.stages(1)));
    samples
        .filter(Sample::last)
        .map(last -> new FloatRatio.Operands(total.isNegative(), total.abs(), number))
        .to(mean.operands);
    mean.results.to(means);
  }
}
