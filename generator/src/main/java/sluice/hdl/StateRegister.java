package sluice.hdl;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The register of a state machine whose states are a Java enum. In the Verilog the states are local
 * parameters named after the constants.
 *
 * @param <E> the enum of states
 */
public final class StateRegister<E extends Enum<E>> {
  private final Class<E> states;
  private final UInt value;
  private final Encoding encoding;

  StateRegister(Class<E> states, UInt value, Encoding encoding) {
    this.states = states;
    this.value = value;
    this.encoding = encoding;
  }

  /** The enum of the states. */
  public Class<E> states() {
    return states;
  }

  /** The state of a code; empty if it is that of no state. */
  public Optional<E> state(BigInteger code) {
    return Arrays.stream(states.getEnumConstants())
        .filter(state -> encoding.code(state.ordinal()).equals(code))
        .findFirst();
  }

  /** High while the machine is in a state. */
  public Bool is(E state) {
    return value.eq(constant(state));
  }

  /** Goes to a state, under the conditions of the surrounding {@code when}s. */
  public void set(E state) {
    value.set(constant(state));
  }

  /** The code of the state, for observation: {@link Encoding#code} of its position in the enum. */
  public UInt encoded() {
    return value;
  }

  /** The hardware of one state; continue with {@link Cases#on} for others. */
  public Cases<E> on(E state, Runnable body) {
    return new Cases<>(this, Module.when(is(state), body));
  }

  private UInt constant(E state) {
    return new UInt(
        value.width(), new Source.Literal(encoding.code(state.ordinal()), state.name()));
  }

  /**
   * The cases of a state machine, each for one state.
   *
   * @param <E> the enum of states
   */
  public static final class Cases<E extends Enum<E>> {
    private final StateRegister<E> register;
    private final WhenChain chain;

    private Cases(StateRegister<E> register, WhenChain chain) {
      this.register = register;
      this.chain = chain;
    }

    /** The hardware of another state. */
    public Cases<E> on(E state, Runnable body) {
      chain.elseWhen(register.is(state), body);
      return this;
    }

    /**
     * The hardware of all other states, and of codes that are no state: what the register holds
     * after an upset, if not every code is a state's.
     */
    public void otherwise(Runnable body) {
      chain.otherwise(body);
    }
  }
}
