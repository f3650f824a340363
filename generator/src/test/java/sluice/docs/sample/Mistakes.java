package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Circuits that are refused. */
public final class Mistakes {
  private Mistakes() {}

  /** A sum that does not fit where it goes. */
  public static final class Narrow extends Module {
    public Narrow() {
      UInt a = input(UInt.of(8));
      UInt sum = output(UInt.of(8));
      sum.set(a.plus(1));
    }
  }

  /** A wire without a value in some cases: what would be a latch. */
  public static final class Latch extends Module {
    public Latch() {
      Bool enable = input(Bool.of());
      UInt level = output(UInt.of(4));
      when(enable, () -> level.set(15));
    }
  }

  /** A default after its exceptions, which would never hold. */
  public static final class LateDefault extends Module {
    public LateDefault() {
      Bool enable = input(Bool.of());
      UInt level = output(UInt.of(4));
      when(enable, () -> level.set(15));
      level.set(0);
    }
  }

  /** A count that is looked at with another clock. */
  public static final class Crossing extends Module {
    final ClockDomain line = clockDomain("line");
    final UInt seen = output(UInt.of(8));

    public Crossing() {
      UInt frames = line.register(UInt.of(8)).reset(0);
      frames.set(frames.plusWrap(1));
      UInt doubled = frames.shiftLeft(1).truncate(8);
      UInt level = register(UInt.of(8)).reset(0);
      level.set(doubled);
      seen.set(level);
    }
  }

  /** Logic that feeds itself. */
  public static final class Loop extends Module {
    public Loop() {
      Bool set = input(Bool.of());
      Bool out = output(Bool.of());
      Bool held = wire(Bool.of());
      Bool next = held.or(set);
      held.set(next);
      out.set(held);
    }
  }

  /** A queue whose depth is no power of two. */
  public static final class Shallow extends Module {
    public Shallow() {
      Stream<UInt> in = input(Stream.of(UInt.of(8)));
      Stream<UInt> out = output(Stream.of(UInt.of(8)));
      Queue<UInt> queue = instance(new Queue<>(UInt.of(8), 6));
      in.to(queue.in);
      queue.out.to(out);
    }
  }
}
