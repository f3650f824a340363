package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** The ports of a memory at the rising edges of one clock. */
final class MemoryPorts {
  private static final int[] NONE = {};

  private final SimulatedMemory memory;

  /** The clock's writes, and those of all clocks. */
  private final WritePort[] writes;

  private final WritePort[] allWrites;
  private final ReadPort[] reads;

  /**
   * @param delay words on their way through the registers of a memory of several cycles
   */
  private record ReadPort(int enable, int[] address, int data, long[] delay) {}

  /**
   * Where the signals of a port are.
   *
   * @param mode that of the enable again, for a port that only writes
   * @param mask no words for a memory without a mask
   */
  private record WritePort(int enable, int mode, int[] address, int[] data, int[] mask) {
    boolean isActive(long[] v) {
      return v[enable] != 0 && v[mode] != 0;
    }
  }

  /**
   * @param mine which clocks of the design's modules have these edges
   */
  MemoryPorts(Program program, SimulatedMemory memory, Predicate<Clock> mine) {
    this.memory = memory;
    MemoryBlock block = memory.block();
    List<WritePort> some = new ArrayList<>();
    List<WritePort> all = new ArrayList<>();
    for (MemoryBlock.Write write : block.writes()) {
      int enable = program.slotsOf(write.enable())[0];
      WritePort port =
          new WritePort(
              enable,
              enable,
              program.slotsOf(write.address()),
              program.slotsOf(write.data()),
              write.mask() == null ? NONE : program.slotsOf(write.mask()));
      all.add(port);
      if (mine.test(write.clock())) {
        some.add(port);
      }
    }
    for (MemoryBlock.ReadWrite both : block.readWrites()) {
      WritePort port =
          new WritePort(
              program.slotsOf(both.read().enable())[0],
              program.slotsOf(both.mode())[0],
              program.slotsOf(both.read().address()),
              program.slotsOf(both.data()),
              both.mask() == null ? NONE : program.slotsOf(both.mask()));
      all.add(port);
      if (mine.test(both.read().clock())) {
        some.add(port);
      }
    }
    List<ReadPort> readers = new ArrayList<>();
    if (block.synchronous()) {
      for (Node.MemoryRead read : block.allReads()) {
        if (mine.test(read.clock())) {
          readers.add(
              new ReadPort(
                  program.slotsOf(read.enable())[0],
                  program.slotsOf(read.address()),
                  program.slotsOf(read)[0],
                  memory.wordsOnTheirWay()));
        }
      }
    }
    writes = some.toArray(WritePort[]::new);
    allWrites = all.toArray(WritePort[]::new);
    reads = readers.toArray(ReadPort[]::new);
  }

  /** A number of any number of words, or the limit if it is larger. */
  private static int number(int[] slots, long[] v, int limit) {
    for (int i = 1; i < slots.length; i++) {
      if (v[slots[i]] != 0) {
        return limit;
      }
    }
    long low = v[slots[0]];
    return low >= 0 && low < limit ? (int) low : limit;
  }

  /**
   * Whether the ports have to be looked at in every cycle, even if their signals rest: another
   * clock writes between the edges, undefined data is always other data, or data is on its way.
   */
  boolean areRestless() {
    return allWrites.length > writes.length
        || (memory.isRestless() && reads.length > 0)
        || (reads.length > 0 && reads[0].delay.length > 0);
  }

  /** Reads into the next values of the ports' data. */
  void read(long[] v, long[] next) {
    for (ReadPort read : reads) {
      read(v, next, read);
      if (read.delay.length > 0) {
        delay(next, read);
      }
    }
  }

  private void read(long[] v, long[] next, ReadPort read) {
    if (v[read.enable] == 0) {
      memory.scramble(next, read.data);
      return;
    }
    int address = number(read.address, v, memory.depth());
    // As in the wrapper's Verilog, whether the write's clock rises now or later.
    for (WritePort write : allWrites) {
      if (write.isActive(v) && number(write.address, v, memory.depth()) == address) {
        memory.scramble(next, read.data);
        return;
      }
    }
    memory.read(address, next, read.data);
  }

  /** Passes what was read at this edge on, after the edges that the memory's latency adds. */
  private void delay(long[] next, ReadPort read) {
    long[] delay = read.delay;
    int length = Words.count(memory.width());
    for (int i = 0; i < length; i++) {
      long newest = next[read.data + i];
      next[read.data + i] = delay[i];
      for (int j = i; j < delay.length; j += length) {
        delay[j] = j + length < delay.length ? delay[j + length] : newest;
      }
    }
  }

  /**
   * Writes what the ports say.
   *
   * @return whether something was written
   */
  boolean write(long[] v) {
    boolean written = false;
    for (WritePort write : writes) {
      if (write.isActive(v)) {
        int address = number(write.address, v, memory.depth());
        if (write.mask.length == 0) {
          memory.write(address, v, write.data);
        } else {
          memory.write(address, v, write.data, write.mask);
        }
        written = true;
      }
    }
    return written;
  }
}
