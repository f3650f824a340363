package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
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
      List<WritePort> writes) {}

  private record WritePort(
      SimulatedMemory memory, int enable, int address, int addressWidth, int data) {}

  /**
   * @param mine which clocks of the design's modules have these edges
   */
  ClockEdge(
      Program program,
      SimulatedMemory[] memories,
      Predicate<Clock> mine,
      ResetSources resets,
      Metastability metastability) {
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
      addPorts(memory, program, mine);
    }
    for (ReadPort read : reads) {
      words += Words.count(read.memory().width());
    }
    pending = new long[words];
  }

  private void addPorts(SimulatedMemory memory, Program program, Predicate<Clock> mine) {
    List<WritePort> ports = new ArrayList<>();
    for (MemoryBlock.Write write : memory.block().writes()) {
      WritePort port =
          new WritePort(
              memory,
              program.offsets().get(write.enable()),
              program.offsets().get(write.address()),
              write.address().width(),
              program.offsets().get(write.data()));
      ports.add(port);
      if (mine.test(write.clock())) {
        writes.add(port);
      }
    }
    if (memory.block().synchronous()) {
      for (Node.MemoryRead read : memory.block().reads()) {
        if (mine.test(read.clock())) {
          reads.add(
              new ReadPort(
                  memory,
                  program.offsets().get(read),
                  program.offsets().get(read.enable()),
                  program.offsets().get(read.address()),
                  read.address().width(),
                  ports));
        }
      }
    }
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
      if (v[write.enable()] != 0) {
        write.memory().write(address(v, write), v, write.data());
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
      System.arraycopy(pending, n, v, read.data(), length);
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
      defined &= v[write.enable()] == 0 || address(v, write) != address;
    }
    if (defined) {
      read.memory().read(address, pending, n);
    } else {
      read.memory().scramble(pending, n);
    }
  }
}
