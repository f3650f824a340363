package sluice.hdl.pass;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;

/**
 * Replaces operations that are constant, or that only pass an operand on, through wires too. Ports
 * of children stay as they are: a module does not depend on who uses it. Registers stay, even if
 * they never change.
 *
 * <p>A named value that is constant becomes a local parameter, if it is still used where it cannot
 * be computed away. Where one value takes the place of another, the stronger of their names stays;
 * a reserved name is never given up: its value stays as it is written if the other has a name too.
 * Choices that a clocked block writes as {@code if} stay, unless their condition is constant or
 * both branches are the same.
 */
public final class ConstantFolding implements ModulePass {

  @Override
  public void rewrite(Netlist netlist) {
    new Run(netlist).run();
  }

  /** The pass over one netlist. */
  private static final class Run {
    private final Netlist netlist;
    private final List<Node> order;

    /** What takes the place of each node that was there before. */
    private final Node[] replacements;

    /** The constants that wires pass on. */
    private final BigInteger[] wires;

    private final BitSet branches;
    private final BitSet drivesOutput = new BitSet();
    private final Identities identities;

    Run(Netlist netlist) {
      this.netlist = netlist;
      order = OperandOrder.of(netlist);
      replacements = new Node[netlist.idBound()];
      wires = new BigInteger[netlist.idBound()];
      branches = branches(netlist);
      for (Port port : netlist.ports()) {
        if (port.node() instanceof Node.Wire wire) {
          drivesOutput.set(wire.driver().id());
        }
      }
      identities = new Identities(netlist, this::replacement, this::known);
    }

    void run() {
      for (Node node : order) {
        Node result = node;
        if (node instanceof Node.Operation operation) {
          result = named(node, identities.simplified(operation, branches.get(node.id())));
        } else if (node instanceof Node.Slice slice) {
          result = named(node, identities.simplified(slice));
        } else if (node instanceof Node.Wire wire && wire.driver() != null) {
          wires[node.id()] = known(replacement(wire.driver()));
        }
        replacements[node.id()] = result;
      }
      netlist.redirect(this::replacement);
    }

    /** What stands for a node; itself if it is new, or only known later in a loop. */
    private Node replacement(Node node) {
      boolean old = node.id() < replacements.length && replacements[node.id()] != null;
      return old ? replacements[node.id()] : node;
    }

    private BigInteger known(Node node) {
      if (node instanceof Node.Constant constant) {
        return constant.value();
      }
      return node.id() < wires.length ? wires[node.id()] : null;
    }

    /** The replacement, with the name that the user gave to what it replaces. */
    private Node named(Node node, Node result) {
      if (result == node) {
        return result;
      }
      if (result instanceof Node.Constant constant && node.isNamed()) {
        return drivesOutput.get(node.id()) ? constant : localParameter(node, constant.value());
      }
      if (node.nameLevel() == NameLevel.RESERVED && result.isNamed()) {
        return node;
      }
      if (!(result instanceof Node.InstanceOutput || result instanceof Node.Constant)) {
        result.takeNameOf(node);
      }
      // Simulation still finds the value by its name, but it is not declared any more.
      if (node.isNamed()) {
        node.rename(node.name(), NameLevel.MERGEABLE);
      }
      return result;
    }

    private Node localParameter(Node node, BigInteger value) {
      Node constant = new Node.Constant(netlist, node.width(), value, null, node.site());
      constant.takeNameOf(node);
      return constant;
    }

    /** The choices without a name on the way to a register. */
    private static BitSet branches(Netlist netlist) {
      BitSet branches = new BitSet();
      Deque<Node> pending = new ArrayDeque<>();
      for (Node node : netlist.nodes()) {
        if (node instanceof Node.Register register) {
          pending.push(register.next());
        }
        while (!pending.isEmpty()) {
          Node value = pending.pop();
          if (value instanceof Node.Operation choice
              && choice.operator() == Operator.MUX
              && !choice.isNamed()
              && !branches.get(choice.id())) {
            branches.set(choice.id());
            pending.push(choice.operands().get(1));
            pending.push(choice.operands().get(2));
          }
        }
      }
      return branches;
    }
  }
}
