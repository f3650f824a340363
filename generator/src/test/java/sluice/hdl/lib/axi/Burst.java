package sluice.hdl.lib.axi;

import sluice.hdl.sim.Simulator;

/**
 * A burst that a memory has taken.
 *
 * @param id transaction ID
 * @param address address of its first byte
 * @param beats its length
 * @param due cycle from which on it may be answered
 */
record Burst(long id, long address, int beats, long due) {

  /** What is offered at an address channel; fails the test if AXI or the engines forbid it. */
  static Burst of(Simulator simulator, AxiAddress channel, int beatBytes, long due) {
    long address = simulator.peek(channel.addr());
    int beats = (int) simulator.peek(channel.len()) + 1;
    Burst burst = new Burst(simulator.peek(channel.id()), address, beats, due);
    long last = address + (long) beats * beatBytes - 1;
    burst.require(1L << simulator.peek(channel.size()) == beatBytes, "is of narrow beats");
    burst.require(simulator.peek(channel.burst()) == AxiAddress.BURST_INCR, "is not incremental");
    burst.require(address % beatBytes == 0, "is not aligned");
    burst.require(address >>> 12 == last >>> 12, "crosses 4 KiB");
    burst.require(!simulator.isHigh(channel.lock()), "is exclusive");
    return burst;
  }

  void require(boolean rule, String broken) {
    if (!rule) {
      throw new AssertionError("%s %s".formatted(this, broken));
    }
  }
}
