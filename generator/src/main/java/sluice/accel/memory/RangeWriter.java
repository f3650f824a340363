package sluice.accel.memory;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/**
 * Writes ranges of host memory whose words come at their own pace: a burst is asked for when all of
 * its words are there, so that the port never waits for them and others use it meanwhile.
 *
 * <p>Latency: 1 cycle from the last word of a burst to its command; a burst of w words takes w + 1
 * cycles.
 */
public final class RangeWriter extends Module {

  /** Most words of a burst. */
  private static final int BURST_WORDS = HostWriter.BURST_WORDS;

  /** Ranges in order; as many wait as there are heads in flight. */
  public final Stream<HostWriter.HostWriteCommand> ranges;

  /** Their words, one range after the other. */
  public final Stream<UInt> words;

  /**
   * Words that belong to no command yet are dropped, of ranges that come meanwhile too; held until
   * {@code idle}. A command that was offered stays.
   */
  public final Bool discard = input(Bool.of());

  public final Stream<HostWriter.HostWriteCommand> commands;
  public final Stream<UInt> data;

  /** All words of a range were handed on or dropped; a pulse. */
  public final Bool rangeGone = output(Bool.of());

  /** Whether all words of all ranges were handed on or dropped; low from the cycle after one. */
  public final Bool idle = output(Bool.of());

  public RangeWriter(AcceleratorConfig config) {
    describe(
        ("Writes ranges of host memory in bursts of at most %d words, each when its words are"
                + " there.\nLatency: 1 cycle from the last word of a burst to its command.")
            .formatted(BURST_WORDS));
    MemoryPorts ports = new MemoryPorts(config);
    UInt word = UInt.of(AcceleratorConfig.HOST_BITS);
    ranges = input(Stream.of(ports.hostWrite()));
    words = input(Stream.of(word));
    commands = output(Stream.of(ports.hostWrite()));
    data = output(Stream.of(word));

    Queue<UInt> waiting = instance(new Queue<>(word, 2 * BURST_WORDS));
    words.to(waiting.in);

    Queue<HostWriter.HostWriteCommand> rangesWaiting =
        instance(new Queue<>(ports.hostWrite(), AcceleratorConfig.HEADS_IN_FLIGHT));
    ranges.to(rangesWaiting.in);
    Stream<HostWriter.HostWriteCommand> next = rangesWaiting.out;

    // What is left of the range, and of the burst that was asked for.
    UInt address = register(next.payload().address());
    UInt left = register(next.payload().words()).reset(0);
    UInt sending = register(UInt.upTo(BURST_WORDS)).reset(0);
    Bool ends = left.isZero();
    Bool sends = sending.ne(0);
    UInt most = UInt.literal(BURST_WORDS, sending.width());
    UInt burst = mux(left.gt(BURST_WORDS), most, left.truncate(sending.width()));
    Bool gathered = waiting.count.ge(burst);
    // A command that is offered stays, whatever is discarded.
    Bool offered = register(Bool.of()).reset(false);
    offered.set(commands.valid().andNot(commands.ready()));
    Bool dropping = discard.andNot(offered);
    commands.valid().set(ends.or(sends).or(dropping).not().and(gathered));
    commands.payload().address().set(address);
    commands.payload().words().set(burst.extend(left.width()));
    Bool drops = dropping.andNot(ends).andNot(sends).and(waiting.out.valid());
    Bool asked = commands.fires();
    next.ready().set(ends.andNot(sends));
    when(
            next.fires(),
            () -> {
              address.set(next.payload().address());
              left.set(next.payload().words());
            })
        .elseWhen(
            asked,
            () -> {
              int wordShift = Integer.numberOfTrailingZeros(AcceleratorConfig.HOST_BITS / 8);
              address.set(address.plusWrap(burst.shiftLeft(wordShift).resize(address.width())));
              left.set(left.minusWrap(burst.extend(left.width())));
            })
        .elseWhen(drops, () -> left.set(left.minusWrap(1)));
    when(asked, () -> sending.set(burst))
        .elseWhen(data.fires(), () -> sending.set(sending.minusWrap(1)));

    data.valid().set(sends.and(waiting.out.valid()));
    data.payload().set(waiting.out.payload());
    waiting.out.ready().set(drops.or(sends.and(data.ready())));
    Bool working = register(Bool.of()).reset(false);
    Bool gone = working.and(ends).andNot(sends);
    when(next.fires(), () -> working.set(true)).elseWhen(gone, () -> working.set(false));
    rangeGone.set(gone);
    idle.set(ends.andNot(sends).andNot(next.valid()));
  }
}
