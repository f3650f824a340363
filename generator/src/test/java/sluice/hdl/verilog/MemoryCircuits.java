package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** Memories of every kind, for the tests that emit them and give them to other tools. */
final class MemoryCircuits {
  private MemoryCircuits() {}

  /** Words of a width that all differ. */
  static List<BigInteger> words(int count, int width) {
    List<BigInteger> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(BigInteger.valueOf(62L * i + 3).pow(41).mod(BigInteger.ONE.shiftLeft(width)));
    }
    return words;
  }

  /** A memory and a register file of 8 words in lanes, with contents, written in two ways. */
  static final class Masked extends Module {
    Masked(int width, int lane, int latency) {
      super("masked" + width + "x" + lane + "l" + latency);
      describe("Writes lanes of " + lane + " bits in words of " + width + " bits.");
      Bool read = input(Bool.of());
      Bool write = input(Bool.of());
      Bool fill = input(Bool.of());
      UInt readAddress = input(UInt.of(3));
      UInt writeAddress = input(UInt.of(3));
      UInt mask = input(UInt.of(width / lane));
      UInt data = input(UInt.of(width));

      Memory<UInt> table =
          memory(UInt.of(width), 8).latency(latency).contents(words(5, width)).maskedBy(lane);
      table.write(write, writeAddress, data, mask);
      output(UInt.of(width), "stored").set(table.read(readAddress, read));
      Memory<UInt> file = registerFile(UInt.of(width), 8).contents(words(8, width)).maskedBy(lane);
      file.write(write, writeAddress.plusWrap(1), data.not(), mask.not());
      file.write(fill, readAddress, data);
      output(UInt.of(width), "held").set(file.read(readAddress));
    }
  }

  /** Memories of one and of two ports that read or write, and one with all kinds of ports. */
  static final class Shared extends Module {
    Shared(int width, int latency) {
      super("shared" + width + "l" + latency);
      Bool enable = input(Bool.of());
      Bool write = input(Bool.of());
      Bool other = input(Bool.of());
      UInt address = input(UInt.of(3));
      UInt data = input(UInt.of(width));
      UInt mask = input(UInt.of(2));

      Memory<UInt> single = memory(UInt.of(width), 8).latency(latency);
      output(UInt.of(width), "one").set(single.readWrite(address, enable, write, data));
      Memory<UInt> dual = memory(UInt.of(width), 8).maskedBy(width / 2).contents(words(8, width));
      UInt left = dual.readWrite(address, enable, write, data, mask);
      UInt right = dual.readWrite(address.plusWrap(3), other, write.not(), data.not());
      output(UInt.of(width), "two").set(left.xor(right));
      Memory<UInt> mixed = memory(UInt.of(width), 8);
      mixed.write(enable.and(write.not()), address.plusWrap(5), data);
      UInt shared = mixed.readWrite(address, other, write, data.not());
      UInt plain = mixed.read(address.plusWrap(1), enable);
      output(UInt.of(width), "three").set(shared.xor(plain));
    }
  }

  /** Tables that are never written. */
  static final class Roms extends Module {
    Roms(int width) {
      super("roms" + width);
      describe("Three tables of constants.");
      Bool enable = input(Bool.of());
      UInt address = input(UInt.of(4));

      Memory<UInt> early = memory(UInt.of(width), 16).contents(words(16, width));
      output(UInt.of(width), "first").set(early.read(address, enable));
      Memory<UInt> late = memory(UInt.of(width), 16).latency(3).contents(words(11, width));
      UInt once = late.read(address, enable);
      UInt again = late.read(address.not(), enable);
      output(UInt.of(width), "second").set(once.xor(again));
      Memory<SInt> now = registerFile(SInt.of(9), 16).contents(-256, 255, 0, -1, 1, 100, 7, 8);
      output(SInt.of(10), "third").set(now.read(address).plus(now.read(address.plusWrap(3))));
    }
  }

  /** A table within the cycle and nothing else: a module without clock. */
  static final class Squares extends Module {
    Squares() {
      describe("The square of a number of 3 bits.");
      UInt number = input(UInt.of(3));
      UInt square = output(UInt.of(6));
      Memory<UInt> squares = registerFile(UInt.of(6), 8).contents(0, 1, 4, 9, 16, 25, 36, 49);
      square.set(squares.read(number));
    }
  }

  /** A memory in lanes with ports of two clocks, and one with a shared port beside a read port. */
  static final class TwoClocks extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool enable = input(Bool.of());
    final UInt address = input(UInt.of(3));
    final Bool write = fast.input(Bool.of());
    final UInt writeAddress = fast.input(UInt.of(3));
    final UInt mask = fast.input(UInt.of(2));
    final UInt data = fast.input(UInt.of(8));
    final UInt slow = output(UInt.of(8));
    final UInt quick = fast.output(UInt.of(8));
    final UInt beside = output(UInt.of(8));

    TwoClocks(int latency) {
      super("two_clocks" + latency);
      describe("Memories with ports of two clocks.");
      Memory<UInt> lanes = memory(UInt.of(8), 8).latency(latency).maskedBy(4);
      lanes.in(fast).write(write, writeAddress, data, mask);
      slow.set(lanes.read(address, enable));
      Memory<UInt> shared = memory(UInt.of(8), 8).latency(latency).contents(words(8, 8));
      Bool always = Bool.literal(true);
      quick.set(shared.in(fast).readWrite(writeAddress, always, write, data));
      beside.set(shared.read(address, enable));
    }
  }
}
