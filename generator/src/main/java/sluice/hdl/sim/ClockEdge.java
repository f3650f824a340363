package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * What happens at the rising edges of one clock: its registers and memory ports take their next
 * values. Where several clocks rise together, each samples before any writes, and each writes to
 * memories before any updates its values.
 */
final class ClockEdge {
  /** For each word of a register: where its value is, and where its next value is. */
  private final int[] value;

  private final int[] next;

  /** For each word, what resets it; -1 for nothing. */
  private final int[] reset;

  private final long[] resetWords;
  private final ResetSources resets;
  private final Metastability metastability;
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
   * @param mine which clocks of the design's modules have these edges
   * @param random the bits that are on their way in memories of several cycles
   */
  ClockEdge(
      Program program,
      SimulatedMemory[] memories,
      Predicate<Clock> mine,
      ResetSources resets,
      Metastability metastability,
      Random random) {
    this.resets = resets;
    this.metastability = metastability;
    List<Program.Register> registers = new ArrayList<>();
    int words = 0;
    for (Program.Register register : program.registers()) {
      if (mine.test(register.node().clock())) {
        registers.add(register);
        words += Words.count(register.node().width());
      }
    }
    value = new int[words];
    next = new int[words];
    reset = new int[words];
    resetWords = new long[words];
    int n = 0;
    for (Program.Register register : registers) {
      Node.Register node = register.node();
      if (node.resetValue() != null) {
        Words.put(resetWords, n, node.width(), node.resetValue());
      }
      metastability.add(register, n);
      for (int i = 0; i < Words.count(node.width()); i++) {
        value[n] = register.offset() + i;
        next[n] = register.next() + i;
        reset[n] = node.resetValue() != null ? resets.of(node.clock()) : -1;
        n++;
      }
    }
    for (SimulatedMemory memory : memories) {
      addPorts(memory, program.offsets(), mine, random);
    }
    for (ReadPort read : reads) {
      words += Words.count(read.memory().width());
    }
    pending = new long[words];
  }

  private void addPorts(
      SimulatedMemory memory, Map<Node, Integer> offsets, Predicate<Clock> mine, Random random) {
    List<WritePort> ports = new ArrayList<>();
    List<Node.MemoryRead> readers = new ArrayList<>(memory.block().reads());
    for (MemoryBlock.Write write : memory.block().writes()) {
      WritePort port =
          new WritePort(
              memory,
              offsets.get(write.enable()),
              -1,
              offsets.get(write.address()),
              write.address().width(),
              offsets.get(write.data()),
              write.mask() == null ? -1 : offsets.get(write.mask()));
      ports.add(port);
      if (mine.test(write.clock())) {
        writes.add(port);
      }
    }
    for (MemoryBlock.ReadWrite both : memory.block().readWrites()) {
      readers.add(both.read());
      WritePort port =
          new WritePort(
              memory,
              offsets.get(both.read().enable()),
              offsets.get(both.mode()),
              offsets.get(both.read().address()),
              both.read().address().width(),
              offsets.get(both.data()),
              both.mask() == null ? -1 : offsets.get(both.mask()));
      ports.add(port);
      if (mine.test(both.read().clock())) {
        writes.add(port);
      }
    }
    if (memory.block().synchronous()) {
      for (Node.MemoryRead read : readers) {
        if (mine.test(read.clock())) {
          reads.add(
              new ReadPort(
                  memory,
                  offsets.get(read),
                  offsets.get(read.enable()),
                  offsets.get(read.address()),
                  read.address().width(),
                  ports,
                  delay(memory.block(), random)));
        }
      }
    }
  }

  /** The words on their way through the registers of a memory of several cycles. */
  private static long[] delay(MemoryBlock memory, Random random) {
    int words = Words.count(memory.width());
    long[] delay = random.longs((long) words * (memory.latency() - 1)).toArray();
    for (int i = words - 1; i < delay.length; i += words) {
      delay[i] &= Words.topMask(memory.width());
    }
    return delay;
  }

  /** Takes the next values, of settled values. */
  void sample(long[] v) {
    int registerWords = value.length;
    for (int i = 0; i < registerWords; i++) {
      pending[i] = v[next[i]];
    }
    metastability.disturb(v, pending);
    boolean[] inReset = resets.active(v);
    for (int i = 0; i < registerWords; i++) {
      if (reset[i] >= 0 && inReset[reset[i]]) {
        pending[i] = resetWords[i];
      }
    }
    int n = registerWords;
    for (ReadPort read : reads) {
      read(read, v, n);
      n += Words.count(read.memory().width());
    }
  }

  /** Writes to memories what the values say, which are as when they were sampled. */
  void write(long[] v) {
    for (WritePort write : writes) {
      if (write.isActive(v)) {
        if (write.mask() < 0) {
          write.memory().write(address(v, write), v, write.data());
        } else {
          write.memory().write(address(v, write), v, write.data(), write.mask());
        }
      }
    }
  }

  /** Replaces the values by what was sampled; then they have to settle. */
  void update(long[] v) {
    int registerWords = value.length;
    for (int i = 0; i < registerWords; i++) {
      v[value[i]] = pending[i];
    }
    int n = registerWords;
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
    // As in the wrapper's Verilog, whether the write's clock rises now or later.
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
