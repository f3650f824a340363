package sluice.hdl;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/**
 * A module that is written elsewhere: a vendor's primitive, an analog macro, old Verilog. A
 * subclass declares its ports as any module does, and nothing else: no body is emitted, and no
 * file. Names that are given are kept as they are ({@code input(UInt.of(8), "DIN")}); fields give
 * theirs in snake case.
 *
 * <p>Clock and reset are no ports of the class: {@link #clock} and {@link #resetLow} or {@link
 * #resetHigh} say what they are called. Every output is taken to depend on every input within a
 * cycle, unless it is {@link #registered}. To be simulated in the JVM, a box needs a {@link
 * #model}.
 */
public abstract class BlackBox extends Module {
  private final sluice.hdl.netlist.BlackBox box = new sluice.hdl.netlist.BlackBox();

  /**
   * @param verilogName the name of the module as it is written elsewhere
   */
  protected BlackBox(String verilogName) {
    super(verilogName, Trace.here().site());
    netlist().setBlackBox(box);
    requireIdentifier("a module", verilogName);
  }

  /** Sets a parameter to a number. */
  protected final void parameter(String name, int value) {
    add(new sluice.hdl.netlist.BlackBox.Parameter.Whole(name, value));
  }

  /** Sets a parameter to a number of a given width. */
  protected final void parameter(String name, BigInteger value, int width) {
    BigInteger bits = Build.encode(value, width, value.signum() < 0);
    add(new sluice.hdl.netlist.BlackBox.Parameter.Sized(name, width, bits));
  }

  /** Sets a parameter to one bit. */
  protected final void parameter(String name, boolean value) {
    parameter(name, value ? BigInteger.ONE : BigInteger.ZERO, 1);
  }

  /**
   * Sets a parameter to a string.
   *
   * @param value printable ASCII characters
   */
  protected final void parameter(String name, String value) {
    require(
        value.chars().allMatch(c -> c >= ' ' && c <= '~'),
        "parameter " + name + " has characters that Verilog has not",
        "take printable ASCII characters");
    add(new sluice.hdl.netlist.BlackBox.Parameter.Text(name, value));
  }

  /** Connects the clock of the circuit around to a port of the box. */
  protected final void clock(String port) {
    requireIdentifier("a clock", port);
    box.setClock(port);
  }

  /** Connects the reset of the circuit around to a port of the box that is active when low. */
  protected final void resetLow(String port) {
    requireIdentifier("a reset", port);
    box.setReset(port, true);
  }

  /** Connects the reset of the circuit around to a port of the box that is active when high. */
  protected final void resetHigh(String port) {
    requireIdentifier("a reset", port);
    box.setReset(port, false);
  }

  /** Says that outputs depend on no input within a cycle: they come from registers of the box. */
  protected final <T extends Data> T registered(T outputs) {
    for (Bits leaf : Leaves.of(outputs)) {
      box.registered().add(leaf.nodeIn(this, Trace.here().site()));
    }
    return outputs;
  }

  /** Says what the box does, for the JVM simulator; the last model given counts. */
  public final void model(BoxModel model) {
    box.setBehaviour(new BoxBehaviour(model));
  }

  private void add(sluice.hdl.netlist.BlackBox.Parameter parameter) {
    requireIdentifier("a parameter", parameter.name());
    require(
        box.parameters().stream().noneMatch(p -> p.name().equals(parameter.name())),
        "parameter " + parameter.name() + " has two values",
        "set it once");
    box.parameters().add(parameter);
  }

  private static void requireIdentifier(String what, String name) {
    require(
        name.matches("[A-Za-z_][A-Za-z0-9_$]*"),
        what + " of a black box is called '" + name + "'",
        "take a name of Verilog: letters, digits and underscores");
  }

  private static void require(boolean condition, String message, String advice) {
    if (!condition) {
      throw new ElaborationException(
          new Diagnostic(Diagnostic.Kind.BLACK_BOX, message, Trace.fault(), null, advice));
    }
  }

  /** Notes what a black box cannot have: contents, and a port with the name of its clock. */
  final void checkContents() {
    Map<Node, String> ports = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (Port port : netlist().ports()) {
      ports.put(port.node(), port.name());
      names.add(port.name());
    }
    for (String own : new String[] {box.clock(), box.reset()}) {
      if (own != null && !names.add(own)) {
        note(
            describe() + " has two ports called " + own,
            netlist().site(),
            "declare neither clock nor reset as an input");
      }
    }
    if (netlist().clocks().size() > 1) {
      note(
          describe() + " is a black box with several clock domains",
          netlist().clocks().get(1).site(),
          "put what has another clock into a box of its own");
    }
    Site contents = contents(ports);
    if (contents != null) {
      note(
          describe() + " is a black box and has contents",
          contents,
          "declare its ports only; what it does is written elsewhere");
    }
  }

  /** The first line that gives the box contents, or null. */
  private Site contents(Map<Node, String> ports) {
    for (Node node : netlist().nodes()) {
      if (node instanceof Node.Wire wire && wire.driver() != null) {
        return wire.driver().site();
      }
      if (!ports.containsKey(node)) {
        return node.site();
      }
    }
    if (!netlist().memories().isEmpty()) {
      return netlist().memories().get(0).site();
    }
    if (!netlist().properties().isEmpty()) {
      return netlist().properties().get(0).site();
    }
    return netlist().instances().isEmpty() ? null : netlist().instances().get(0).site();
  }

  private void note(String message, Site site, String advice) {
    drivers().note(new Diagnostic(Diagnostic.Kind.BLACK_BOX, message, site, null, advice));
  }
}
