package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Crc;
import sluice.hdl.lib.ForwardSlice;
import sluice.hdl.lib.Lfsr;
import sluice.hdl.lib.PacketArbiter;
import sluice.hdl.lib.PacketWidthDown;
import sluice.hdl.lib.PacketWidthUp;
import sluice.hdl.lib.PacketWidthUp.Narrow;
import sluice.hdl.lib.PacketWidthUp.Wide;
import sluice.hdl.lib.RegisterSlice;
import sluice.hdl.lib.StreamMux;
import sluice.hdl.lib.Throttle;

/** Takes packets of bytes from several sources over a wide bus that has few cycles to give. */
public final class Bridge extends Module {
  private final Narrow bytes = Narrow.of(8);

  /** Sends a test pattern in place of the sources; changes between packets only. */
  public final Bool testing = input(Bool.of());

  public final Vec<Stream<Narrow>> sources;
  public final Stream<Narrow> arrived;

  /** The check of the last packet that was sent. */
  public final UInt check = output(UInt.of(32));

  /**
   * @param producers number of sources
   * @param interval cycles from one word on the bus to the next, at least
   */
  public Bridge(int producers, int interval) {
    sources = input(Vec.of(producers, Stream.of(bytes)));
    arrived = output(Stream.of(bytes));

    PacketArbiter<Narrow> merged = instance(new PacketArbiter<>(bytes, producers, Narrow::last));
    for (int i = 0; i < producers; i++) {
      ForwardSlice<Narrow> slice = instance(new ForwardSlice<>(bytes));
      sources.get(i).to(slice.in);
      slice.out.to(merged.ins.get(i));
    }

    Stream<Narrow> pattern = pattern();
    StreamMux<Narrow> sent = instance(new StreamMux<>(bytes, 2));
    sent.index.set(testing.asUInt());
    merged.out.to(sent.ins.get(0));
    pattern.to(sent.ins.get(1));
    check(sent.out);

    PacketWidthUp up = instance(new PacketWidthUp(8, 4));
    Throttle<Wide> paced = instance(new Throttle<>(Wide.of(8, 4), interval));
    RegisterSlice<Wide> bus = instance(new RegisterSlice<>(Wide.of(8, 4)));
    PacketWidthDown down = instance(new PacketWidthDown(8, 4));
    sent.out.to(up.in);
    up.out.to(paced.in);
    paced.out.to(bus.in);
    bus.out.to(down.in);
    down.out.to(arrived);
  }

  /** Packets of 255 bytes that look random. */
  private Stream<Narrow> pattern() {
    Lfsr noise = instance(new Lfsr(8, 1));
    Bool running = register(Bool.of()).reset(false);
    running.set(true);
    Bool taken = wire(Bool.of());
    Narrow word = new Narrow(noise.value, Lfsr.next(noise.value).eq(1));
    Stream<Narrow> pattern = Stream.from(running, word, taken);
    noise.advance.set(pattern.fires());
    return pattern;
  }

  /** The check of each packet as it passes; a packet begins after the last byte of another. */
  private void check(Stream<Narrow> words) {
    Crc crc = instance(new Crc(Crc.Algorithm.CRC32, 8));
    Bool first = register(Bool.of()).reset(true);
    when(words.fires(), () -> first.set(words.payload().last()));
    crc.valid.set(words.fires());
    crc.word.set(words.payload().data());
    crc.restart.set(first.and(words.fires()));
    check.set(crc.check);
  }
}
