package sluice.hdl.lib.axi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Reads and writes registers of the circuit under test, one after the other. */
public final class AxiLiteMaster {
  private static final int WATCHDOG = 1000;

  private final Simulator simulator;
  private final StreamDriver aw;
  private final StreamDriver w;
  private final StreamSink b;
  private final StreamDriver ar;
  private final StreamSink r;

  private AxiLiteMaster(Simulator simulator, AxiLite port, double stall, long seed) {
    this.simulator = simulator;
    aw = simulator.drive(port.aw()).stalls(stall, seed);
    w = simulator.drive(port.w()).stalls(stall, seed + 1);
    b = simulator.sink(port.b()).stalls(stall, seed + 2);
    ar = simulator.drive(port.ar()).stalls(stall, seed + 3);
    r = simulator.sink(port.r()).stalls(stall, seed + 4);
  }

  /** Puts a master at a slave port of the simulated circuit. */
  public static AxiLiteMaster attach(Simulator simulator, AxiLite port, double stall, long seed) {
    return new AxiLiteMaster(simulator, port, stall, seed);
  }

  /** Writes bytes of a word; returns the response. */
  public int write(int address, int data, int strobe) {
    int before = b.count();
    aw.send(address, 0);
    w.send(data & 0xFFFF_FFFFL, strobe);
    simulator.runUntil(() -> b.count() > before, WATCHDOG);
    return b.received().get(before).intValue();
  }

  /** Writes a word, which must succeed. */
  public void write(int address, int data) {
    assertThat(write(address, data, 0xF)).isEqualTo(Response.OKAY);
  }

  /** Writes the two words of a 64-bit number, the low one first. */
  public void writeWide(int address, long data) {
    write(address, (int) data);
    write(address + 4, (int) (data >>> 32));
  }

  /** Reads a word; returns data and response. */
  public List<BigInteger> readWithResponse(int address) {
    int before = r.count();
    ar.send(address, 0);
    simulator.runUntil(() -> r.count() > before, WATCHDOG);
    return r.receivedFields().get(before);
  }

  /** Reads a word, which must succeed. */
  public int read(int address) {
    List<BigInteger> answer = readWithResponse(address);
    assertThat(answer.get(1).intValue()).isEqualTo(Response.OKAY);
    return answer.get(0).intValue();
  }
}
