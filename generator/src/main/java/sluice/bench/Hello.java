package sluice.bench;

import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** A queue of four bytes, and a counter of what has left it: the smallest thing worth timing. */
public final class Hello extends Module {
  private final Stream<UInt> in = input(Stream.of(UInt.of(8)));
  private final Stream<UInt> out = output(Stream.of(UInt.of(8)));
  private final UInt count = output(UInt.of(16));

  public Hello() {
    describe("A queue, and a counter of what has left it.");
    Queue<UInt> queue = instance(new Queue<>(UInt.of(8), 4));
    in.to(queue.in);
    queue.out.to(out);
    UInt left = register(UInt.of(16)).reset(0);
    when(out.fires(), () -> left.set(left.plusWrap(1)));
    count.set(left);
  }
}
