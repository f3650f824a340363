package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
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
      List<WritePort> writes) {}

  private record WritePort(
      SimulatedMemory memory, int enable, int address, int addressWidth, int data) {}

  ClockEdge(Program program, SimulatedMemory[] memories) {
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
      addPorts(memory, program);
    }
    for (ReadPort read : reads) {
      words += Words.count(read.memory().width());
    }
    pending = new long[words];
  }

  private void addPorts(SimulatedMemory memory, Program program) {
    List<WritePort> ports = new ArrayList<>();
    for (MemoryBlock.Write write : memory.block().writes()) {
      ports.add(
          new WritePort(
              memory,
              program.offsets().get(write.enable()),
              program.offsets().get(write.address()),
              write.address().width(),
              program.offsets().get(write.data())));
    }
    writes.addAll(ports);
    if (memory.block().synchronous()) {
      for (Node.MemoryRead read : memory.block().reads()) {
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
      if (v[write.enable()] != 0) {
        write.memory().write(address(v, write), v, write.data());
      }
    }
    for (int i = 0; i < registerWords; i++) {
      v[value[i]] = pending[i];
    }
    n = registerWords;
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
