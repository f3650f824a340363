package sluice.hdl;

import java.math.BigInteger;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** What a signal is bound to. */
sealed interface Source {

  /** A constant that belongs to no module yet. */
  record Literal(BigInteger bits, String symbol) implements Source {}

  /** A value inside one module. */
  final class Local implements Source {
    private final Module module;
    private final Node node;
    private Trace way;

    Local(Module module, Node node) {
      this(module, node, null);
    }

    /**
     * @param way where the user's Java takes the value, if it can go nowhere else; null if that is
     *     unknown
     */
    Local(Module module, Node node, Trace way) {
      this.module = module;
      this.node = node;
      this.way = way;
    }

    Module module() {
      return module;
    }

    Node node() {
      return node;
    }

    /** Where the value is taken, for the one who takes it: from then on it may go anywhere. */
    Trace take() {
      Trace result = way;
      way = null;
      return result;
    }
  }

  /** A port: its own module sees one side, its parent the other. */
  final class Boundary implements Source {
    final Module module;
    final Node inside;
    Port port;

    Boundary(Module module, Node inside) {
      this.module = module;
      this.inside = inside;
    }

    /** The module that uses the port now: the parent as soon as there is one. */
    Module user() {
      return module.instance() == null ? module : module.parent();
    }

    Node node() {
      if (module.instance() == null) {
        return inside;
      }
      Node output = module.instance().outputs().get(port);
      return output != null ? output : module.instance().inputs().get(port);
    }
  }
}
