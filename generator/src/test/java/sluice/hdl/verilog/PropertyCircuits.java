package sluice.hdl.verilog;

import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.StreamContract;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.RegisterSlice;

/** Circuits with properties, for the tests that emit them and give them to other tools. */
final class PropertyCircuits {
  private PropertyCircuits() {}

  enum Mode {
    OFF,
    UP,
    DOWN
  }

  /** A counter with properties of every kind, under conditions, with logic of their own. */
  static final class Checked extends Module {
    Checked() {
      describe("Counts up or down.");
      Bool up = input(Bool.of());
      Bool down = input(Bool.of());
      UInt spare = input(UInt.of(5));
      UInt count = register(UInt.of(4)).reset(0);
      output(UInt.of(4), "value").set(count);
      var mode = stateRegister(Mode.class, Mode.OFF);
      output(Bool.of(), "off").set(mode.is(Mode.OFF));

      when(
              up.and(count.lt(9)),
              () -> {
                count.set(count.plusWrap(1));
                mode.set(Mode.UP);
                always(count.ne(9), "a counter at 9 stays there");
              })
          .elseWhen(
              down.and(count.gt(0)),
              () -> {
                count.set(count.minusWrap(1));
                mode.set(Mode.DOWN);
                cover(count.eq(9), "counts \"down\" from 100% of 9");
              })
          .otherwise(() -> always(count.eq(0).or(count.eq(9)).or(up.not()), "stays for a reason"));

      UInt before = register(UInt.of(4)).reset(0);
      before.set(count);
      UInt step = before.xor(count).times(before.plus(spare.truncate(3)));
      always(step.bits(3, 0).lt(15).or(mode.is(Mode.DOWN)).or(mode.is(Mode.UP)), "small steps");
      Vec<Bool> reachable = Vec.from(List.of(count.lt(12), count.le(9)));
      always(reachable.get(before.truncate(1)), "a choice for properties only");
      assume(
          spare.truncate(3).le(spare),
          "a part is never above the whole, whatever the very long text is that says so");
      cover(count.eq(9), "full");
    }
  }

  /** A memory, a register file and a table that only properties read. */
  static final class CheckedTable extends Module {
    CheckedTable() {
      Bool write = input(Bool.of());
      UInt address = input(UInt.of(2));
      UInt data = input(UInt.of(8));
      UInt echo = output(UInt.of(8));
      echo.set(delayed(data));
      Memory<UInt> model = registerFile(UInt.of(8), 4).contents(0, 0, 0, 0);
      model.write(write, address, data);
      Memory<UInt> stored = memory(UInt.of(8), 4).contents(0, 0, 0, 0);
      stored.write(write, address, data);
      Memory<UInt> limits = registerFile(UInt.of(8), 4).contents(255, 255, 255, 255);
      UInt read = stored.read(address, write.not());
      Bool reading = register(Bool.of()).reset(false);
      reading.set(write.not());
      UInt expected = delayed(model.read(address));
      when(reading, () -> always(read.eq(expected), "the memory holds what the model holds"));
      always(limits.read(address).ge(expected), "below its limit");
    }
  }

  /** Logic without a register. */
  static final class Adder extends Module {
    Adder() {
      UInt a = input(UInt.of(4));
      UInt b = input(UInt.of(4));
      UInt sum = output(UInt.of(5));
      sum.set(a.plus(b));
      always(sum.ge(a), "a sum is not below its parts");
    }
  }

  /** A queue and a register slice, with the contract of a stream at both ends. */
  static final class Streams extends Module {
    /**
     * @param assumed whether the stream from outside is taken to keep the contract
     */
    Streams(int depth, boolean assumed) {
      Stream<UInt> in = input(Stream.of(UInt.of(3)));
      Stream<UInt> out = output(Stream.of(UInt.of(3)));
      Queue<UInt> queue = instance(new Queue<>(UInt.of(3), depth));
      RegisterSlice<UInt> slice = instance(new RegisterSlice<>(UInt.of(3)));
      in.to(queue.in);
      queue.out.to(slice.in);
      slice.out.to(out);
      if (assumed) {
        StreamContract.assume(in);
      }
      StreamContract.check(slice.in);
      StreamContract.check(out);
    }
  }

  /** Properties of several clocks: with a reset, without one, and with a signal for it. */
  static final class OfDomains extends Module {
    final ClockDomain fast = clockDomain("fast");
    final ClockDomain pad = clockDomain("pad").withoutReset();
    final ClockDomain idle = clockDomain("idle");
    final UInt a = input(UInt.of(4));
    final UInt b = fast.input(UInt.of(4));
    final Bool c = pad.input(Bool.of());
    final Bool clear = fast.input(Bool.of());
    final Stream<UInt> taken = fast.input(Stream.of(UInt.of(4)));
    final Stream<UInt> given = fast.output(Stream.of(UInt.of(4)));
    final UInt sum = output(UInt.of(4));

    OfDomains() {
      describe("Properties of four clock domains.");
      UInt total = register(UInt.of(4)).reset(0);
      total.set(total.plusWrap(a));
      sum.set(total);
      always(total.lt(15), "the total is small");
      Bool cleared = fast.delayed(clear);
      ClockDomain core = fast.withReset("core", cleared);
      inDomain(
          core,
          () -> {
            UInt before = register(UInt.of(4)).reset(0);
            before.set(b);
            when(b.ne(0), () -> always(before.le(b), "what is not cleared never falls"));
          });
      inDomain(fast, () -> cover(b.eq(9), "nine"));
      inDomain(pad, () -> assume(c, "the pad is high"));
      inDomain(idle, () -> cover(Bool.literal(true), "the idle clock runs"));
      taken.to(given);
      inDomain(
          fast,
          () -> {
            StreamContract.assume(taken);
            StreamContract.check(given);
          });
    }
  }

  /** Only looks, and has a child that looks. */
  static final class Monitor extends Module {
    final UInt value = input(UInt.of(4));
    final Bool enable = input(Bool.of());

    Monitor(int depth) {
      super("monitor" + depth);
      UInt before = delayed(value);
      when(enable, () -> cover(value.lt(before), "a watched value falls"));
      if (depth > 0) {
        Monitor inner = instance(new Monitor(depth - 1));
        inner.value.set(value);
        inner.enable.set(enable);
      }
    }
  }

  /** Children that only properties need: monitors, and one whose output only a property reads. */
  static final class Monitored extends Module {
    final UInt value = input(UInt.of(4));
    final UInt next = output(UInt.of(4));

    Monitored() {
      describe("Adds one, and is watched.");
      UInt step = value.plusWrap(1);
      next.set(step);
      Monitor monitor = instance(new Monitor(1));
      monitor.value.set(value);
      Bool even = value.bit(0).not();
      monitor.enable.set(even);
      Successor model = instance(new Successor());
      model.in.set(value);
      always(model.out.eq(step), "the model says the same");
    }
  }

  private static final class Successor extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Successor() {
      out.set(in.plusWrap(1));
    }
  }
}
