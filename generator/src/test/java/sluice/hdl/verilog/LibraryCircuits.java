package sluice.hdl.verilog;

import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Counter;
import sluice.hdl.lib.LeadingZeros;
import sluice.hdl.lib.OneHot;
import sluice.hdl.lib.PacketArbiter;
import sluice.hdl.lib.PacketWidthUp;
import sluice.hdl.lib.PrefixScan;
import sluice.hdl.lib.Timer;

/** Circuits of the library's parts that are no modules, to emit and give to other tools. */
final class LibraryCircuits {
  private LibraryCircuits() {}

  /** Rotations, counts and priorities of one number. */
  static final class BitOperations extends Module {
    BitOperations(int width, int amountWidth) {
      super("bit_operations" + width);
      describe("Rotates a number, counts its bits, and finds the first of them.");
      UInt value = input(UInt.of(width));
      UInt amount = input(UInt.of(amountWidth));
      UInt left = output(UInt.of(width));
      UInt right = output(UInt.of(width));
      UInt ones = output(UInt.upTo(width));
      UInt leadingZeros = output(UInt.upTo(width));
      UInt trailingZeros = output(UInt.upTo(width));
      UInt firstIndex = output(UInt.index(width));
      Bool exactlyOne = output(Bool.of());
      Bool atMostOne = output(Bool.of());
      Vec<Bool> parities = output(Vec.of(width, Bool.of()));

      left.set(value.rotateLeft(amount));
      right.set(value.rotateRight(amount));
      ones.set(value.popCount());
      leadingZeros.set(LeadingZeros.ofAny(value));
      trailingZeros.set(LeadingZeros.trailing(value));
      List<Bool> bits = value.toBools();
      firstIndex.set(OneHot.firstIndex(bits));
      exactlyOne.set(OneHot.isOneHot(bits));
      atMostOne.set(OneHot.isAtMostOne(bits));
      List<Bool> scan = PrefixScan.inclusive(bits, Bool::xor);
      connect(parities, Vec.from(scan));
    }
  }

  static PacketArbiter<PacketWidthUp.Narrow> packetArbiter() {
    return new PacketArbiter<>(PacketWidthUp.Narrow.of(9), 3, PacketWidthUp.Narrow::last);
  }

  /** Counters of a power of two and of another number, and a timer. */
  static final class Counters extends Module {
    Counters() {
      describe("Counts up and down, and lets a time pass.");
      Bool up = input(Bool.of());
      Bool down = input(Bool.of());
      Bool restart = input(Bool.of());
      UInt cycles = input(UInt.of(4));
      UInt column = output(UInt.index(10));
      UInt row = output(UInt.index(8));
      Bool done = output(Bool.of());
      Bool waiting = output(Bool.of());

      UInt x = register(UInt.index(10)).reset(0);
      UInt y = register(UInt.index(8)).reset(0);
      Counter columns = new Counter(x, 10);
      Counter rows = new Counter(y, 8);
      Bool rowEnds = columns.advanceWhen(up);
      Bool pageEnds = rows.advanceWhen(rowEnds);
      when(down, columns::retreat);
      when(restart, columns::clear);
      UInt pauseLeft = register(UInt.of(4)).reset(0);
      Timer pause = new Timer(pauseLeft);
      when(pageEnds, () -> pause.start(cycles));
      column.set(columns.value());
      row.set(rows.value());
      done.set(pause.isLast());
      waiting.set(pause.isRunning());
    }
  }
}
