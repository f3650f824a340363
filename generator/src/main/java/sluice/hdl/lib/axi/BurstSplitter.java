package sluice.hdl.lib.axi;

import static sluice.hdl.UInt.bitsFor;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * Splits a range of memory into bursts that never cross 4 KiB. Every burst ends where the range
 * ends, or at the next multiple of {@code burstBeats} beats; such a block is aligned to its own
 * size, a power of two, so none contains a multiple of 4096 inside.
 *
 * <p>Latency: 1 cycle from a range to its first burst, then a burst a cycle; one cycle between the
 * last burst and the next range.
 */
public final class BurstSplitter extends Module {

  /** Most beats of a burst: the greatest power of two that AXI's length has room for. */
  private static final int MOST_BEATS = 128;

  /**
   * A range of memory.
   *
   * @param address address of its first byte, aligned to a beat
   * @param beats its length, at least 1
   */
  public record Range(UInt address, UInt beats) implements Bundle {}

  /**
   * A burst.
   *
   * @param address address of its first byte
   * @param beats beats minus 1
   * @param last whether it ends its range
   */
  public record Burst(UInt address, UInt beats, Bool last) implements Bundle {}

  /** Ranges to split; taken while none is in work. */
  public final Stream<Range> ranges;

  /** The bursts of a range, in order of their addresses. */
  public final Stream<Burst> bursts;

  /** Whether no range is in work; low from the cycle after a range is taken. */
  public final Bool idle;

  /**
   * @param addressBits bits of an address
   * @param beatBytes bytes of a beat, a power of two up to 128
   * @param burstBeats most beats of a burst, a power of two of 2 to 128; a burst has at most 4 KiB
   * @param countBits bits of a range's length, at least as many as burstBeats needs
   */
  public BurstSplitter(int addressBits, int beatBytes, int burstBeats, int countBits) {
    super("burst_splitter" + burstBeats + "x" + beatBytes);
    Parameter.of("BurstSplitter", "beatBytes", beatBytes).powerOfTwo(1, 128);
    int mostBeats = Math.min(MOST_BEATS, AxiAddress.BOUNDARY / beatBytes);
    Parameter.of("BurstSplitter", "burstBeats", burstBeats).powerOfTwo(2, mostBeats);
    int blockLow = Integer.numberOfTrailingZeros(beatBytes * burstBeats);
    Parameter.of("BurstSplitter", "addressBits", addressBits).within(blockLow + 1, 64);
    Parameter.of("BurstSplitter", "countBits", countBits).atLeast(bitsFor(burstBeats));
    describe(
        """
        Splits ranges of memory into bursts of at most %d beats of %d bytes.
        Every burst ends at a multiple of %d bytes or at the end of its range.
        Latency: 1 cycle, then a burst a cycle.\
        """
            .formatted(burstBeats, beatBytes, burstBeats * beatBytes));
    UInt address = UInt.of(addressBits);
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    ranges = input(Stream.of(new Range(address, UInt.of(countBits))));
    bursts = output(Stream.of(new Burst(address, length, Bool.of())));
    idle = output(Bool.of());

    Bool active = register(Bool.of()).reset(false);
    UInt position = register(address);
    UInt remaining = register(UInt.of(countBits));

    int beatLow = Integer.numberOfTrailingZeros(beatBytes);
    UInt beatInBlock = position.bits(blockLow - 1, beatLow);
    UInt room = UInt.literal(burstBeats, bitsFor(burstBeats)).minusWrap(beatInBlock);
    Bool last = remaining.le(room);
    UInt beats = mux(last, remaining.truncate(room.width()), room);
    UInt nextBlock = position.bits(addressBits - 1, blockLow).plusWrap(1);

    when(
            ranges.fires(),
            () -> {
              active.set(true);
              position.set(ranges.payload().address());
              remaining.set(ranges.payload().beats());
            })
        .elseWhen(
            bursts.fires(),
            () -> {
              active.set(last.not());
              position.set(nextBlock.shiftLeft(blockLow));
              remaining.set(remaining.minusWrap(room));
            });

    ranges.ready().set(active.not());
    bursts.valid().set(active);
    bursts.payload().address().set(position);
    bursts.payload().beats().set(beats.minusWrap(1));
    bursts.payload().last().set(last);
    idle.set(active.not());
  }
}
