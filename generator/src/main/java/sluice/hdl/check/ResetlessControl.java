package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StreamPorts;

/**
 * Finds registers that are unknown after reset and control something. A register without a reset
 * value is unknown if its value depends on its own earlier one, or on another unknown register; one
 * that only delays known values is known when the reset has lasted for a few cycles. Inputs,
 * memories and outputs of children count as known. A bit of {@code and} or {@code or} is unknown
 * only if all operands are, since a known one may gate it; a choice, if its condition is or both
 * values are. Control is: the outermost condition under which a register with a reset value is
 * assigned, the write enable of a memory, and what the module gives to a stream: {@code valid} or
 * {@code ready} of one of its own, or of a child's.
 */
final class ResetlessControl {
  private final Netlist netlist;
  private final BiConsumer<String, Diagnostic> found;
  private final BitSet unknown = new BitSet();
  private final Set<Node> reported = new HashSet<>();

  ResetlessControl(Netlist netlist, BiConsumer<String, Diagnostic> found) {
    this.netlist = netlist;
    this.found = found;
  }

  void find() {
    if (netlist.nodes().stream().noneMatch(ResetlessControl::isResetless)) {
      return;
    }
    markUnknown(unsettled());
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && register.resetValue() != null) {
        checkConditions(register);
      }
    }
    for (MemoryBlock memory : netlist.memories()) {
      for (MemoryBlock.Write write : memory.writes()) {
        check(write.enable(), "writes of memory " + memory.name(), write.site());
      }
      for (MemoryBlock.ReadWrite port : memory.readWrites()) {
        check(port.read().enable(), "writes of memory " + memory.name(), port.site());
        check(port.mode(), "writes of memory " + memory.name(), port.site());
      }
    }
    for (StreamPorts stream : netlist.streams()) {
      Port given = stream.isOutput() ? stream.valid() : stream.ready();
      check(given.node(), "output " + given.name(), given.node().site());
    }
    for (Instance instance : netlist.instances()) {
      for (StreamPorts stream : instance.child().streams()) {
        Port given = stream.isOutput() ? stream.ready() : stream.valid();
        String name = instance.name() + "." + given.name();
        check(instance.inputs().get(given), "input " + name, instance.site());
      }
    }
  }

  private static boolean isResetless(Node node) {
    return node instanceof Node.Register register && register.resetValue() == null;
  }

  private static List<Node> dependencies(Node node) {
    if (node instanceof Node.Register register) {
      return isResetless(node) ? List.of(register.next()) : List.of();
    }
    return node instanceof Node.MemoryRead ? List.of() : node.operands();
  }

  /** The values that depend on a cycle of registers without reset: all others become known. */
  private BitSet unsettled() {
    List<Node> nodes = netlist.nodes();
    int edges = 0;
    int[] open = new int[nodes.size()];
    for (Node node : nodes) {
      open[node.id()] = dependencies(node).size();
      edges += open[node.id()];
    }
    // The users of each node, as linked lists.
    int[] first = new int[nodes.size()];
    Arrays.fill(first, -1);
    int[] user = new int[edges];
    int[] following = new int[edges];
    int edge = 0;
    int[] settled = new int[nodes.size()];
    int count = 0;
    for (Node node : nodes) {
      for (Node dependency : dependencies(node)) {
        user[edge] = node.id();
        following[edge] = first[dependency.id()];
        first[dependency.id()] = edge++;
      }
      if (open[node.id()] == 0) {
        settled[count++] = node.id();
      }
    }
    BitSet result = new BitSet();
    result.set(0, nodes.size());
    while (count > 0) {
      int id = settled[--count];
      result.clear(id);
      for (int i = first[id]; i >= 0; i = following[i]) {
        if (--open[user[i]] == 0) {
          settled[count++] = user[i];
        }
      }
    }
    return result;
  }

  private void markUnknown(BitSet unsettled) {
    BitSet entered = new BitSet();
    Deque<Node> path = new ArrayDeque<>();
    for (Node start : netlist.nodes()) {
      path.push(start);
      while (!path.isEmpty()) {
        Node node = path.peek();
        if (!unsettled.get(node.id()) || node instanceof Node.Register) {
          unknown.set(node.id(), unsettled.get(node.id()));
          path.pop();
        } else if (!entered.get(node.id())) {
          entered.set(node.id());
          for (Node operand : node.operands()) {
            if (!entered.get(operand.id())) {
              path.push(operand);
            }
          }
        } else {
          unknown.set(node.id(), isUnknown(node));
          path.pop();
        }
      }
    }
  }

  private boolean isUnknown(Node node) {
    List<Node> operands = node.operands();
    if (node instanceof Node.Operation operation) {
      Operator operator = operation.operator();
      if (node.width() == 1 && (operator == Operator.AND || operator == Operator.OR)) {
        return operands.stream().allMatch(operand -> unknown.get(operand.id()));
      }
      if (operator == Operator.MUX) {
        return unknown.get(operands.get(0).id())
            || (unknown.get(operands.get(1).id()) && unknown.get(operands.get(2).id()));
      }
    }
    return operands.stream().anyMatch(operand -> unknown.get(operand.id()));
  }

  /** Only the outermost condition counts: where it is known, it gates those within. */
  private void checkConditions(Node.Register register) {
    if (register.next() instanceof Node.Operation choice && choice.operator() == Operator.MUX) {
      String name = "register " + SignalName.of(netlist, register);
      check(choice.operands().get(0), name, choice.site());
    }
  }

  private void check(Node control, String what, Site where) {
    if (!unknown.get(control.id())) {
      return;
    }
    Node source = control;
    while (!(source instanceof Node.Register)) {
      for (Node operand : source.operands()) {
        if (unknown.get(operand.id())) {
          source = operand;
          break;
        }
      }
    }
    if (reported.add(source)) {
      found.accept(
          netlist.name(),
          new Diagnostic(
              Diagnostic.Kind.RESETLESS_CONTROL,
              SignalName.of(netlist, source)
                  + " of "
                  + netlist.name()
                  + " has no reset value and controls "
                  + what,
              source.site(),
              where,
              "give it a reset value, or gate it by a signal that has one"));
    }
  }
}
