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
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.StreamPorts;

/** What depends on what within a cycle, in modules that are added children first. */
final class CombinationalPaths {

  /**
   * What an output port depends on within a cycle.
   *
   * @param inputs input ports, through values
   * @param inputsOfResets further input ports, through what resets a register
   * @param resets clocks whose reset ports reset a register that the output depends on
   */
  private record Reach(Set<Port> inputs, Set<Port> inputsOfResets, Set<Clock> resets) {
    Reach() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  private final Map<Netlist, Map<Port, Reach>> paths = new HashMap<>();

  /** The values that a value depends on within a cycle, through a child too. */
  List<Node> dependencies(Node node) {
    if (node instanceof Node.InstanceOutput output) {
      List<Node> result = new ArrayList<>();
      for (Port input : reach(output).inputs()) {
        result.add(output.instance().inputs().get(input));
      }
      return result;
    }
    return node.operands();
  }

  /**
   * The signals that change a register without an edge of its clock, or one in a child that a value
   * depends on: they reset it, and resets may be asynchronous.
   */
  List<Node> resets(Node node) {
    if (node instanceof Node.Register register) {
      Node reset = register.resetValue() == null ? null : register.clock().resetOwner().reset();
      return reset == null ? List.of() : List.of(reset);
    }
    if (node instanceof Node.InstanceOutput output) {
      List<Node> result = new ArrayList<>();
      for (Clock owner : resetOwners(output)) {
        if (owner.reset() != null) {
          result.add(owner.reset());
        }
      }
      for (Port input : reach(output).inputsOfResets()) {
        result.add(output.instance().inputs().get(input));
      }
      return result;
    }
    return List.of();
  }

  /** The clocks of this module whose resets reset what an output of a child depends on. */
  private List<Clock> resetOwners(Node.InstanceOutput output) {
    List<Clock> result = new ArrayList<>();
    for (Clock ofChild : reach(output).resets()) {
      Clock clock = output.instance().clocks().get(ofChild);
      if (clock != null) {
        result.add(clock.resetOwner());
      }
    }
    return result;
  }

  /** Notes the clocks whose reset ports reset a register, or what an output depends on. */
  private void addResetPorts(Node node, Set<Clock> resets) {
    if (node instanceof Node.Register register && register.resetValue() != null) {
      Clock owner = register.clock().resetOwner();
      if (owner.reset() == null) {
        resets.add(owner);
      }
    } else if (node instanceof Node.InstanceOutput output) {
      for (Clock owner : resetOwners(output)) {
        if (owner.reset() == null) {
          resets.add(owner);
        }
      }
    }
  }

  private Reach reach(Node.InstanceOutput output) {
    return paths.get(output.instance().child()).get(output.port());
  }

  /** Adds a module; its children are added before. */
  void add(Netlist netlist) {
    if (netlist.blackBox() != null) {
      paths.put(netlist, declaredPaths(netlist));
      return;
    }
    Map<Node, Port> inputs = new HashMap<>();
    for (Port port : netlist.ports()) {
      inputs.put(port.node(), port);
    }
    Map<Port, Reach> result = new HashMap<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        result.put(port, follow(port.node(), inputs));
      }
    }
    paths.put(netlist, result);
  }

  private Reach follow(Node output, Map<Node, Port> inputs) {
    Reach reach = new Reach();
    Set<Node> seen = new HashSet<>();
    Deque<Node> ofResets = new ArrayDeque<>();
    Deque<Node> pending = new ArrayDeque<>(List.of(output));
    Set<Port> reached = reach.inputs();
    while (!pending.isEmpty() || !ofResets.isEmpty()) {
      if (pending.isEmpty()) {
        // All that values lead to is seen: what else there is, only resets lead to.
        pending.addAll(ofResets);
        ofResets.clear();
        reached = reach.inputsOfResets();
      }
      Node node = pending.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Node.Input) {
        reached.add(inputs.get(node));
      }
      addResetPorts(node, reach.resets());
      ofResets.addAll(resets(node));
      pending.addAll(dependencies(node));
    }
    return reach;
  }

  /**
   * Of a black box only what is declared of its outputs is known; that the valid of a stream does
   * not depend on its ready is part of the contract of streams.
   */
  private static Map<Port, Reach> declaredPaths(Netlist netlist) {
    Set<Port> inputs = new LinkedHashSet<>();
    Map<Port, Reach> result = new HashMap<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        inputs.add(port);
      }
    }
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        boolean registered = netlist.blackBox().registered().contains(port.node());
        result.put(port, new Reach(registered ? Set.of() : inputs, Set.of(), Set.of()));
      }
    }
    for (StreamPorts stream : netlist.streams()) {
      Reach valid = result.get(stream.valid());
      if (valid != null && valid.inputs().contains(stream.ready())) {
        Set<Port> withoutReady = new LinkedHashSet<>(valid.inputs());
        withoutReady.remove(stream.ready());
        result.put(stream.valid(), new Reach(withoutReady, Set.of(), Set.of()));
      }
    }
    return result;
  }
}
