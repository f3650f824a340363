package sluice.hdl.lib.crossing;

import static sluice.hdl.UInt.bitsFor;

import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Data;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/**
 * A first-in first-out queue from one clock domain to another. The values are in a memory with a
 * write port of one clock and a read port of the other; what crosses are the positions of both, in
 * Gray code. Values are read ahead into four registers, so that the first is there before it is
 * asked for.
 *
 * <p>Latency: a value that is taken at {@code in} is offered at {@code out} after one edge of the
 * write clock and {@code stages} + 2 edges of the read clock, or one more. A place is free again
 * {@code stages} edges of the write clock after its value was read, or one more. A value a cycle of
 * the slower clock goes through if the depth is at least 2 {@code stages} + 4.
 *
 * @param <T> the type of a value
 */
public final class AsyncQueue<T extends Data> extends Module {
  private static final int AHEAD = 4;

  /** The domain that values come from. */
  public final ClockDomain write = clockDomain("write");

  /** The domain that values go to. */
  public final ClockDomain read = clockDomain("read");

  /** The values, in the domain {@code write}; {@code ready} while there is a place. */
  public final Stream<T> in;

  /** The values in the same order, in the domain {@code read}. */
  public final Stream<T> out;

  /**
   * A queue with synchronizers of two stages.
   *
   * @param depth values in the memory, a power of two of at least 4
   */
  public AsyncQueue(T type, int depth) {
    this(type, depth, Synchronizer.STAGES);
  }

  /**
   * @param depth values in the memory, a power of two of at least 4
   * @param stages of the synchronizers, at least 2
   */
  public AsyncQueue(T type, int depth, int stages) {
    super("async_queue" + depth + "x" + widthOf(type) + (stages == 2 ? "" : "_" + stages));
    Parameter.of("AsyncQueue", "depth", depth).powerOfTwo(4);
    Synchronizer.requireStages("AsyncQueue", stages);
    describe(
        "Queue of "
            + depth
            + " values of "
            + widthOf(type)
            + " bits from write_clock to read_clock, through "
            + stages
            + " stages each way.");
    in = write.input(Stream.of(type));
    out = read.output(Stream.of(type));
    int width = bitsFor(depth);
    int indexBits = width - 1;
    Memory<T> entries = memory(type, depth);

    // Positions have a bit more than an index: full and empty differ in it.
    GrayCounter writes = write.instance(new GrayCounter(width));
    GrayCounter reads = read.instance(new GrayCounter(width));
    Synchronizer<UInt> writesSeen = read.instance(new Synchronizer<>(UInt.of(width), stages));
    Synchronizer<UInt> readsSeen = write.instance(new Synchronizer<>(UInt.of(width), stages));
    writesSeen.in.set(writes.code);
    readsSeen.in.set(reads.code);

    // A depth ahead, the code differs in its two highest bits.
    UInt oneDepth = UInt.literal(3L << (width - 2), width);
    Bool full = writes.code.eq(readsSeen.out.xor(oneDepth));
    in.ready().set(full.not());
    Bool push = in.fires();
    writes.advance.set(push);
    entries.in(write).write(push, writes.number.truncate(indexBits), in.payload());

    Queue<T> ahead = read.instance(new Queue<>(type, AHEAD));
    Bool arriving = read.register(Bool.of()).reset(false);
    // A word that is read needs a place, and so does the one that is on its way.
    Bool room = ahead.count.le(AHEAD - 2);
    Bool fetch = reads.code.ne(writesSeen.out).and(room);
    reads.advance.set(fetch);
    arriving.set(fetch);
    ahead.in.valid().set(arriving);
    connect(ahead.in.payload(), entries.in(read).read(reads.number.truncate(indexBits), fetch));
    ahead.out.to(out);
  }
}
