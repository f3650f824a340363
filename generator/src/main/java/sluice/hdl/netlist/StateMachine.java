package sluice.hdl.netlist;

import java.math.BigInteger;
import java.util.List;

/**
 * A register that holds one of a number of states.
 *
 * @param register assigned only with constants that are codes of states
 * @param states all that there are, in the user's order
 */
public record StateMachine(Node.Register register, List<State> states) {

  /** A state and its code. */
  public record State(String name, BigInteger code) {}

  /** Keeps a copy of the states. */
  public StateMachine {
    states = List.copyOf(states);
  }
}
