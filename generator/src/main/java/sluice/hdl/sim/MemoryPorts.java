package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** The ports of a memory at a rising edge of the clock. */
final class MemoryPorts {
  private final SimulatedMemory memory;
  private final List<WritePort> writes = new ArrayList<>();
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

  MemoryPorts(Program program, SimulatedMemory memory) {
    this.memory = memory;
    for (MemoryBlock.Write write : memory.block().writes()) {
      int enable = slots(program, write.enable())[0];
      Address address = new Address(slots(program, write.address()));
      writes.add(new WritePort(enable, address, slots(program, write.data())));
    }
    if (memory.block().synchronous()) {
      for (Node.MemoryRead read : memory.block().reads()) {
        int enable = slots(program, read.enable())[0];
        Address address = new Address(slots(program, read.address()));
        reads.add(new ReadPort(enable, address, slots(program, read)[0]));
      }
    }
  }

  private static int[] slots(Program program, Node node) {
    return Arrays.stream(program.values().get(node)).map(value -> program.slots()[value]).toArray();
  }

  /**
   * Reads into the next values of the ports' data, then writes.
   *
   * @param v settled values
   * @param next next values of the state
   * @return whether something was written
   */
  boolean edge(long[] v, long[] next) {
    for (ReadPort read : reads) {
      read(v, next, read);
    }
    boolean written = false;
    for (WritePort write : writes) {
      if (v[write.enable] != 0) {
        memory.write(write.address.value(v, memory.depth()), v, write.data);
        written = true;
      }
    }
    return written;
  }

  private void read(long[] v, long[] next, ReadPort read) {
    boolean defined = v[read.enable] != 0;
    if (defined) {
      int address = read.address.value(v, memory.depth());
      for (WritePort write : writes) {
        defined &= v[write.enable] == 0 || write.address.value(v, memory.depth()) != address;
      }
      if (defined) {
        memory.read(address, next, read.data);
        return;
      }
    }
    memory.scramble(next, read.data);
  }
}
