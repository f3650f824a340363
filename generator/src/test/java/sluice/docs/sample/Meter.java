package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/** For every packet of samples, reports how many are positive. */
public final class Meter extends Module {

  /** A sample of a packet. */
  public record Sample(SInt value, Bool last) implements Bundle {}

  public final Stream<Sample> samples;
  public final Stream<UInt> reports;

  /**
   * @param width bits of a sample
   * @param longest most samples of a packet
   */
  public Meter(int width, int longest) {
    describe("Counts the positive samples of packets of up to " + longest + " samples.");
    samples = input(Stream.of(new Sample(SInt.of(width), Bool.of())));
    reports = output(Stream.of(UInt.upTo(longest)));

    Sample sample = samples.payload();
    UInt count = register(UInt.upTo(longest)).reset(0);
    UInt total = count.plusWrap(sample.value().gt(SInt.literal(0)).asUInt());
    UInt none = UInt.literal(0, count.width());
    when(samples.fires(), () -> count.set(mux(sample.last(), none, total)));

    samples.filter(Sample::last).map(last -> total).to(reports);
  }
}
