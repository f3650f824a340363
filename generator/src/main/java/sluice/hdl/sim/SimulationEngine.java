package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Node;

/**
 * What evaluates a circuit under a {@link Simulator} in place of the JVM: the program that another
 * tool made of its Verilog. It gives the same values in the same cycles, but for bits that the
 * hardware leaves undefined; memories are not seen.
 */
public interface SimulationEngine extends AutoCloseable {

  /** Whether a signal can be looked at. Ports of the top module always can. */
  boolean observes(Node node);

  /** Sets an input of the top module to an unsigned number of its width. */
  void poke(Node input, BigInteger bits);

  /** The settled bits of a signal of at most 64 bits. */
  long peek(Node node);

  /** The settled bits of a signal, as an unsigned number. */
  BigInteger peekBig(Node node);

  /** Lets the logic settle, then clocks of the top module rise together. */
  void rise(List<Clock> clocks);

  /** Makes the reset of a clock of the top module active, or lets it go. */
  void setReset(Clock clock, boolean active);

  /** Ends what runs outside of the JVM. */
  @Override
  void close();
}
