package sluice.hdl.lib;

import static sluice.hdl.UInt.bitsFor;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * A first-in first-out queue of values in registers. One cycle from input to output; full rate;
 * {@code in_ready} and {@code out_valid} come from registers and depend on no input.
 *
 * @param <T> the type of a value
 */
public final class Queue<T extends Data> extends Module {
  /** The values; {@code ready} while there is a place. */
  public final Stream<T> in;

  /** The values in the same order; {@code valid} while there is one. */
  public final Stream<T> out;

  /** Values in the queue, 0 to {@code depth}. */
  public final UInt count;

  /**
   * @param depth most values held, a power of two of at least 2
   */
  public Queue(T type, int depth) {
    super("queue" + depth + "x" + widthOf(type));
    Parameter.of("Queue", "depth", depth).powerOfTwo(2);
    describe("Queue of " + depth + " values of " + widthOf(type) + " bits.");
    in = input(Stream.of(type));
    out = output(Stream.of(type));
    count = output(UInt.of(bitsFor(depth)));

    Memory<T> entries = registerFile(type, depth);
    UInt writePointer = register(UInt.of(bitsFor(depth))).reset(0);
    UInt readPointer = register(UInt.of(bitsFor(depth))).reset(0);
    UInt used = writePointer.minusWrap(readPointer);
    int indexBits = bitsFor(depth - 1);

    Bool push = in.fires();
    entries.write(push, writePointer.truncate(indexBits), in.payload());
    when(push, () -> writePointer.set(writePointer.plusWrap(1)));
    when(out.fires(), () -> readPointer.set(readPointer.plusWrap(1)));

    in.ready().set(used.ne(depth));
    out.valid().set(used.ne(0));
    connect(out.payload(), entries.read(readPointer.truncate(indexBits)));
    count.set(used);

    always(used.le(depth), "a queue holds at most its depth");
  }
}
