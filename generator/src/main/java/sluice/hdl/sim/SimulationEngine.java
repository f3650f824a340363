package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * What evaluates a circuit under a {@link Simulator}. All engines give the same values in the same
 * cycles, but for bits that the hardware leaves undefined. What one does not show ends in a {@link
 * NotObservableException}.
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

  /**
   * Direct access to signals.
   *
   * @param settable whether all are inputs of the top module
   */
  default SignalWords words(List<Node> signals, boolean settable) {
    return new PeekedWords(this, signals, settable);
  }

  /** The contents of a memory. */
  default SimulatedMemory memory(MemoryBlock memory) {
    throw new NotObservableException("memories are not seen by this engine");
  }

  /** The covered conditions and how often they held. */
  default List<Cover> covers() {
    throw new NotObservableException("properties are not looked at by this engine");
  }

  /** Shows metastability of the first stages of synchronizers, or not. */
  default void metastability(boolean shown) {
    if (shown) {
      throw new NotObservableException("metastability is not shown by this engine");
    }
  }

  /**
   * Lets the logic settle, then clocks of the top module rise together.
   *
   * @throws AssertionError if an assertion or an assumption of the circuit does not hold
   */
  void rise(List<Clock> clocks);

  /** Makes the reset of a clock of the top module active, or lets it go. */
  void setReset(Clock clock, boolean active);

  /** Ends what runs outside of the JVM. */
  @Override
  void close();
}
