package sluice.hdl;

import java.math.BigInteger;

/**
 * What a {@link BlackBox} does, for the JVM simulator. The model keeps the state of the box in its
 * own fields; every box has a model of its own.
 */
public interface BoxModel {

  /**
   * Sets all outputs, from the inputs and the state. It is called whenever an input may have
   * changed, any number of times in a cycle, and does not change the state.
   */
  void settle(Ports ports);

  /**
   * Takes the next state at a rising edge of the clock, from the inputs before the edge. Outputs
   * follow when {@link #settle} is called.
   */
  default void clockEdge(Ports ports) {}

  /** The ports of the box. */
  interface Ports {

    /** The bits of a port of at most 64 bits, as an unsigned number. */
    long peek(Bits port);

    /** The number at a port; of an {@link SInt}, with its sign. */
    BigInteger peekBig(Bits port);

    /** Sets an output; the number may be negative for an {@link SInt}. */
    void poke(Bits output, BigInteger value);

    /** Sets an output; the number may be negative for an {@link SInt}. */
    void poke(Bits output, long value);

    /** Whether the reset is active, whatever its level is in the Verilog. */
    boolean inReset();
  }
}
