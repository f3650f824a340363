package sluice.hdl.netlist;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What is known of a module that is written elsewhere, beside its ports. Its netlist has nothing
 * but ports, and its outputs have no drivers.
 */
public final class BlackBox {

  /** A parameter of the module, with its value at this place. */
  public sealed interface Parameter {
    /** Its name in the Verilog. */
    String name();

    /** A number without a width. */
    record Whole(String name, int value) implements Parameter {}

    /** Bits. */
    record Sized(String name, int width, BigInteger value) implements Parameter {}

    /** Characters. */
    record Text(String name, String value) implements Parameter {}
  }

  /** What the module does, for simulators. */
  public interface Behaviour {

    /** Sets outputs as they follow from the inputs and the state. */
    void settle(Values values);

    /** The state after a rising edge of the clock; the inputs are those before it. */
    void clockEdge(Values values);
  }

  /** The values of the ports while a behaviour is asked. */
  public interface Values {

    /** The bits of a port. */
    BigInteger get(Node port);

    /** Sets the bits of an output. */
    void set(Node port, BigInteger bits);

    /** Whether the reset is active. */
    boolean inReset();
  }

  private final List<Parameter> parameters = new ArrayList<>();
  private final Set<Node> registered = Collections.newSetFromMap(new IdentityHashMap<>());
  private String clock;
  private String reset;
  private boolean resetActiveLow;
  private Behaviour behaviour;

  /** The parameters, in the order in which they were given. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The port for the clock, or null. */
  public String clock() {
    return clock;
  }

  /** Says which port is for the clock. */
  public void setClock(String port) {
    this.clock = port;
  }

  /** The port for the reset, or null. */
  public String reset() {
    return reset;
  }

  /** Whether the port for the reset is low in reset. */
  public boolean resetActiveLow() {
    return resetActiveLow;
  }

  /** Says which port is for the reset, and at which level it resets. */
  public void setReset(String port, boolean activeLow) {
    this.reset = port;
    this.resetActiveLow = activeLow;
  }

  /** The outputs that depend on no input within a cycle; all others depend on every input. */
  public Set<Node> registered() {
    return registered;
  }

  /** What the module does, or null where that is not known. */
  public Behaviour behaviour() {
    return behaviour;
  }

  /** Says what the module does. */
  public void setBehaviour(Behaviour newBehaviour) {
    this.behaviour = newBehaviour;
  }
}
