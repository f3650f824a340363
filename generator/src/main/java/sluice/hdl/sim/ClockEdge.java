package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** What happens at a rising edge of the clock: registers and memories take their next values. */
final class ClockEdge {
  private final Program.Register[] registers;
  private final long[][] resetValues;
  private final List<ReadPort> reads = new ArrayList<>();
  private final List<WritePort> writes = new ArrayList<>();
  private final long[] next;

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
    this.registers = program.registers();
    this.resetValues = new long[registers.length][];
    for (int i = 0; i < registers.length; i++) {
      Node.Register node = registers[i].node();
      if (node.resetValue() != null) {
        resetValues[i] = new long[Words.count(node.width())];
        Words.put(resetValues[i], 0, node.width(), node.resetValue());
      }
    }
    for (SimulatedMemory memory : memories) {
      addPorts(memory, program);
    }
    int words = 0;
    for (Program.Register register : registers) {
      words += Words.count(register.node().width());
    }
    for (ReadPort read : reads) {
      words += Words.count(read.memory().width());
    }
    this.next = new long[words];
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
  void run(long[] v, boolean reset) {
    int n = 0;
    for (int i = 0; i < registers.length; i++) {
      Program.Register register = registers[i];
      boolean toReset = reset && resetValues[i] != null;
      long[] source = toReset ? resetValues[i] : v;
      int from = toReset ? 0 : register.next();
      int length = Words.count(register.node().width());
      for (int j = 0; j < length; j++) {
        next[n++] = source[from + j];
      }
    }
    for (ReadPort read : reads) {
      read(read, v, n);
      n += Words.count(read.memory().width());
    }
    for (WritePort write : writes) {
      if (v[write.enable()] != 0) {
        write.memory().write(address(v, write), v, write.data());
      }
    }
    n = 0;
    for (Program.Register register : registers) {
      int length = Words.count(register.node().width());
      for (int j = 0; j < length; j++) {
        v[register.offset() + j] = next[n++];
      }
    }
    for (ReadPort read : reads) {
      int length = Words.count(read.memory().width());
      System.arraycopy(next, n, v, read.data(), length);
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
      read.memory().read(address, next, n);
    } else {
      read.memory().scramble(next, n);
    }
  }
}
