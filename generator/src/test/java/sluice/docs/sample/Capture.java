package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.crossing.AsyncQueue;
import sluice.hdl.lib.crossing.Synchronizer;

/** Brings the samples of a converter, which has a clock of its own, to the system's clock. */
public final class Capture extends Module {
  public final ClockDomain adc = clockDomain("adc");
  public final UInt sample = adc.input(UInt.of(12));
  public final Bool enable = input(Bool.of());
  public final Stream<UInt> samples = output(Stream.of(UInt.of(12)));

  public Capture() {
    describe("Takes a sample a cycle of adc_clock while enabled, or drops it if there is no room.");
    Bool wanted = delayed(enable);
    Synchronizer<Bool> enabled = adc.instance(Synchronizer.ofBool());
    enabled.in.set(wanted);

    AsyncQueue<UInt> queue = instance(new AsyncQueue<>(UInt.of(12), 16));
    queue.write.drivenBy(adc);
    queue.read.drivenBy(clockDomain());

    Bool full = adc.register(Bool.of()).reset(false);
    UInt held = adc.register(UInt.of(12));
    when(
        full.not().or(queue.in.ready()),
        () -> {
          full.set(enabled.out);
          held.set(sample);
        });
    queue.in.valid().set(full);
    queue.in.payload().set(held);
    queue.out.to(samples);
  }
}
