package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/**
 * Holds that what crosses clock domains is a register's output: logic between may glitch, and a
 * glitch is as good as a value to a register of another clock. Wiring (bits, concatenations,
 * extensions) and an inverter have no glitches.
 */
final class SynchronizerInputs {

  /** A place in the hierarchy below this module: the child that a value is in, and its parent's. */
  private record Context(Instance instance, Context around) {}

  private record Place(Node node, Context context) {}

  private final Netlist netlist;
  private final Map<Netlist, Set<Port>> direct;
  private final Set<Port> ports = new LinkedHashSet<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /**
   * @param direct the inputs of each child that have to come from registers
   */
  SynchronizerInputs(Netlist netlist, Map<Netlist, Set<Port>> direct) {
    this.netlist = netlist;
    this.direct = direct;
  }

  List<Diagnostic> check() {
    Map<Node, Port> inputs = null;
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && register.crossing() != Crossing.NONE) {
        inputs = inputs == null ? portsByNode(netlist) : inputs;
        String what =
            register.crossing() == Crossing.SYNCHRONIZER
                ? "a synchronizer in "
                : "a capturing register in ";
        for (Node value : data(register)) {
          check(value, inputs, what, node, null, node.site());
        }
      }
    }
    for (Instance instance : netlist.instances()) {
      for (Port port : direct.getOrDefault(instance.child(), Set.of())) {
        inputs = inputs == null ? portsByNode(netlist) : inputs;
        Node wire = instance.inputs().get(port);
        check(
            wire,
            inputs,
            "the synchronizer behind an input of a child in ",
            wire,
            null,
            wire.site());
      }
    }
    for (Clock clock : netlist.clocks()) {
      if (clock.reset() != null) {
        inputs = inputs == null ? portsByNode(netlist) : inputs;
        String name = "reset of " + clock.name();
        check(clock.reset(), inputs, "a reset in ", null, name, clock.site());
      }
    }
    return diagnostics;
  }

  /** The inputs that reach a synchronizer, a capturing register or a reset as they are. */
  Set<Port> ports() {
    return ports;
  }

  private static Map<Node, Port> portsByNode(Netlist netlist) {
    Map<Node, Port> result = new HashMap<>();
    netlist.ports().forEach(port -> result.put(port.node(), port));
    return result;
  }

  /** What a register takes: of one that captures, the choices under its conditions. */
  private static List<Node> data(Node.Register register) {
    List<Node> result = new ArrayList<>();
    Deque<Node> values = new ArrayDeque<>(List.of(register.next()));
    while (!values.isEmpty()) {
      Node value = values.pop();
      if (register.crossing() == Crossing.CAPTURE
          && value instanceof Node.Operation choice
          && choice.operator() == Operator.MUX) {
        values.push(choice.operands().get(2));
        values.push(choice.operands().get(1));
      } else if (value != register) {
        result.add(value);
      }
    }
    return result;
  }

  private void check(
      Node value, Map<Node, Port> inputs, String what, Node target, String name, Site site) {
    Set<Place> seen = new HashSet<>();
    Deque<Place> pending = new ArrayDeque<>(List.of(new Place(value, null)));
    while (!pending.isEmpty()) {
      Place place = pending.pop();
      if (!seen.add(place)) {
        continue;
      }
      Node node = place.node();
      if (node instanceof Node.Input) {
        if (place.context() == null) {
          ports.add(inputs.get(node));
        } else {
          pending.push(outside(place));
        }
      } else if (node instanceof Node.InstanceOutput output) {
        pending.push(
            new Place(output.port().node(), new Context(output.instance(), place.context())));
      } else if (isWiring(node) && !isLogicOfBox(place)) {
        node.operands().forEach(operand -> pending.push(new Place(operand, place.context())));
      } else if (!(node instanceof Node.Register
          || node instanceof Node.Constant
          || node instanceof Node.Undriven)) {
        report(place, what, target, name, site);
        return;
      }
    }
  }

  /** What drives an input of a child. */
  private static Place outside(Place place) {
    Instance instance = place.context().instance();
    Port port = portsByNode(instance.child()).get(place.node());
    return new Place(instance.inputs().get(port), place.context().around());
  }

  /** Whether a value is an output of a black box that comes from no register there. */
  private static boolean isLogicOfBox(Place place) {
    BlackBox box = place.context() == null ? null : place.context().instance().child().blackBox();
    return box != null && !box.registered().contains(place.node());
  }

  private static boolean isWiring(Node node) {
    if (node instanceof Node.Operation operation) {
      return switch (operation.operator()) {
        case NOT, CONCAT, ZERO_EXTEND, SIGN_EXTEND -> true;
        default -> false;
      };
    }
    return node instanceof Node.Wire || node instanceof Node.Slice;
  }

  private void report(Place logic, String what, Node target, String name, Site site) {
    String path = "";
    Netlist module = netlist;
    if (logic.context() != null) {
      module = logic.context().instance().child();
      for (Context context = logic.context(); context != null; context = context.around()) {
        path = context.instance().name() + (path.isEmpty() ? "." : "/" + path);
      }
    }
    CrossingPath text = new CrossingPath(netlist);
    text.target(target, name, site, null);
    Node node = logic.node();
    boolean memory = node instanceof Node.MemoryRead read && read.memory().name() != null;
    String source = memory ? ((Node.MemoryRead) node).memory().name() : SignalName.of(module, node);
    diagnostics.add(
        new Diagnostic(
            Diagnostic.Kind.CLOCK_CROSSING,
            "logic, which may glitch, feeds "
                + what
                + netlist.name()
                + ":\n      "
                + path
                + source
                + " at "
                + node.site()
                + text.text(),
            site,
            null,
            "put a register of its own domain between them"));
  }
}
