package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** The ports of a memory at the rising edges of one clock. */
final class MemoryPorts {
  private final SimulatedMemory memory;

  /** The clock's writes, and those of all clocks. */
  private final List<WritePort> writes = new ArrayList<>();

  private final List<WritePort> allWrites = new ArrayList<>();
  private final List<ReadPort> reads = new ArrayList<>();

  /** The words of a number, of any width. */
  private record Address(int[] slots) {

    /** At most the limit. */
    int value(long[] v, int limit) {
      for (int i = 1; i < slots.length; i++) {
        if (v[slots[i]] != 0) {
          return limit;
        }
      }
      long low = v[slots[0]];
      return Long.compareUnsigned(low, limit) >= 0 ? limit : (int) low;
    }
  }

  private record ReadPort(int enable, Address address, int data) {}

  private record WritePort(int enable, Address address, int[] data) {}

  /**
   * @param mine which clocks of the design's modules have these edges
   */
  MemoryPorts(Program program, SimulatedMemory memory, Predicate<Clock> mine) {
    this.memory = memory;
    for (MemoryBlock.Write write : memory.block().writes()) {
      WritePort port =
          new WritePort(
              program.slotsOf(write.enable())[0],
              new Address(program.slotsOf(write.address())),
              program.slotsOf(write.data()));
      allWrites.add(port);
      if (mine.test(write.clock())) {
        writes.add(port);
      }
    }
    if (memory.block().synchronous()) {
      for (Node.MemoryRead read : memory.block().reads()) {
        if (mine.test(read.clock())) {
          reads.add(
              new ReadPort(
                  program.slotsOf(read.enable())[0],
                  new Address(program.slotsOf(read.address())),
                  program.slotsOf(read)[0]));
        }
      }
    }
  }

  /**
   * Whether the ports have to be looked at in every cycle, even if their signals rest: another
   * clock writes between the edges, or undefined data is always other data.
   */
  boolean areRestless() {
    return allWrites.size() > writes.size() || (memory.isRestless() && !reads.isEmpty());
  }

  /** Reads into the next values of the ports' data. */
  void read(long[] v, long[] next) {
    for (ReadPort read : reads) {
      read(v, next, read);
    }
  }

  private void read(long[] v, long[] next, ReadPort read) {
    boolean defined = v[read.enable] != 0;
    if (defined) {
      int address = read.address.value(v, memory.depth());
      // As in the wrapper's Verilog, whether the write's clock rises now or later.
      for (WritePort write : allWrites) {
        defined &= v[write.enable] == 0 || write.address.value(v, memory.depth()) != address;
      }
      if (defined) {
        memory.read(address, next, read.data);
        return;
      }
    }
    memory.scramble(next, read.data);
  }

  /**
   * Writes what the ports say.
   *
   * @return whether something was written
   */
  boolean write(long[] v) {
    boolean written = false;
    for (WritePort write : writes) {
      if (v[write.enable] != 0) {
        memory.write(write.address.value(v, memory.depth()), v, write.data);
        written = true;
      }
    }
    return written;
  }
}
