package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Words of four bytes behind one port, and how many bits are set in a nibble of what is read. */
public final class Scratchpad extends Module {
  public final Bool enable = input(Bool.of());
  public final Bool write = input(Bool.of());
  public final UInt index;
  public final UInt bytes = input(UInt.of(4));
  public final UInt data = input(UInt.of(32));
  public final UInt word = output(UInt.of(32));
  public final UInt bits = output(UInt.of(3));

  public Scratchpad(int words) {
    describe("Words of 4 bytes that are written one by one. Latency of a read: 2 cycles.");
    index = input(UInt.index(words));

    Memory<UInt> store = memory(UInt.of(32), words).latency(2).maskedBy(8);
    word.set(store.readWrite(index, enable, write, data, bytes));

    Memory<UInt> ones =
        registerFile(UInt.of(3), 16).contents(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    bits.set(ones.read(word.truncate(4)));
  }
}
