package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** What happens at a rising edge of the clock: registers and memories take their next values. */
final class ClockEdge {
  /** For each word of a register: where its value is, and where its next value is. */
  private final int[] value;

  private final int[] next;

  private final boolean[] hasReset;
  private final long[] resetWords;
  private final List<ReadPort> reads = new ArrayList<>();
  private final List<WritePort> writes = new ArrayList<>();

  /** The next values, until every one is computed. */
  private final long[] pending;

  private record ReadPort(
      SimulatedMemory memory,
      int data,
      int enable,
      int address,
      int addressWidth,
      List<WritePort> writes,
      long[] delay) {}

  /** Where the signals of a port are; the mode of one that only writes, and no mask, are -1. */
  private record WritePort(
      SimulatedMemory memory,
      int enable,
      int mode,
      int address,
      int addressWidth,
      int data,
      int mask) {

    boolean isActive(long[] v) {
      return v[enable] != 0 && (mode < 0 || v[mode] != 0);
    }
  }

  /**
   * @param random the bits that are on their way in memories of several cycles
   */
  ClockEdge(Program program, SimulatedMemory[] memories, Random random) {
    int words = 0;
    for (Program.Register register : program.registers()) {
      words += Words.count(register.node().width());
    }
    value = new int[words];
    next = new int[words];
    hasReset = new boolean[words];
    resetWords = new long[words];
    int n = 0;
    for (Program.Register register : program.registers()) {
      Node.Register node = register.node();
      if (node.resetValue() != null) {
        Words.put(resetWords, n, node.width(), node.resetValue());
      }
      for (int i = 0; i < Words.count(node.width()); i++) {
        value[n] = register.offset() + i;
        next[n] = register.next() + i;
        hasReset[n] = node.resetValue() != null;
        n++;
      }
    }
    for (SimulatedMemory memory : memories) {
      addPorts(memory, program, random);
    }
    for (ReadPort read : reads) {
      words += Words.count(read.memory().width());
    }
    pending = new long[words];
  }

  private void addPorts(SimulatedMemory memory, Program program, Random random) {
    Map<Node, Integer> offsets = program.offsets();
    List<WritePort> ports = new ArrayList<>();
    List<Node.MemoryRead> readers = new ArrayList<>(memory.block().reads());
    for (MemoryBlock.Write write : memory.block().writes()) {
      ports.add(
          new WritePort(
              memory,
              offsets.get(write.enable()),
              -1,
              offsets.get(write.address()),
              write.address().width(),
              offsets.get(write.data()),
              write.mask() == null ? -1 : offsets.get(write.mask())));
    }
    for (MemoryBlock.ReadWrite port : memory.block().readWrites()) {
      readers.add(port.read());
      ports.add(
          new WritePort(
              memory,
              offsets.get(port.read().enable()),
              offsets.get(port.mode()),
              offsets.get(port.read().address()),
              port.read().address().width(),
              offsets.get(port.data()),
              port.mask() == null ? -1 : offsets.get(port.mask())));
    }
    writes.addAll(ports);
    if (memory.block().synchronous()) {
      int words = Words.count(memory.width());
      for (Node.MemoryRead read : readers) {
        long[] delay = random.longs((long) words * (memory.block().latency() - 1)).toArray();
        for (int i = words - 1; i < delay.length; i += words) {
          delay[i] &= Words.topMask(memory.width());
        }
        reads.add(
            new ReadPort(
                memory,
                offsets.get(read),
                offsets.get(read.enable()),
                offsets.get(read.address()),
                read.address().width(),
                ports,
                delay));
      }
    }
  }

  /** Advances the values by one cycle; they are settled before, and have to settle after. */
  void run(long[] v, boolean inReset) {
    int registerWords = value.length;
    for (int i = 0; i < registerWords; i++) {
      pending[i] = inReset && hasReset[i] ? resetWords[i] : v[next[i]];
    }
    int n = registerWords;
    for (ReadPort read : reads) {
      read(read, v, n);
      n += Words.count(read.memory().width());
    }
    for (WritePort write : writes) {
      if (write.isActive(v)) {
        if (write.mask() < 0) {
          write.memory().write(address(v, write), v, write.data());
        } else {
          write.memory().write(address(v, write), v, write.data(), write.mask());
        }
      }
    }
    for (int i = 0; i < registerWords; i++) {
      v[value[i]] = pending[i];
    }
    n = registerWords;
    for (ReadPort read : reads) {
      int length = Words.count(read.memory().width());
      deliver(read, v, n, length);
      n += length;
    }
  }

  private static int address(long[] v, WritePort write) {
    return Words.amount(v, write.address(), write.addressWidth(), write.memory().depth());
  }

  private void read(ReadPort read, long[] v, int n) {
    int address = Words.amount(v, read.address(), read.addressWidth(), read.memory().depth());
    boolean defined = v[read.enable()] != 0;
    for (WritePort write : read.writes()) {
      defined &= !write.isActive(v) || address(v, write) != address;
    }
    if (defined) {
      read.memory().read(address, pending, n);
    } else {
      read.memory().scramble(pending, n);
    }
  }

  /** Passes what was read at this edge on, after the edges that the memory's latency adds. */
  private void deliver(ReadPort read, long[] v, int n, int length) {
    long[] delay = read.delay();
    if (delay.length == 0) {
      System.arraycopy(pending, n, v, read.data(), length);
      return;
    }
    System.arraycopy(delay, 0, v, read.data(), length);
    System.arraycopy(delay, length, delay, 0, delay.length - length);
    System.arraycopy(pending, n, delay, delay.length - length, length);
  }
}
