package sluice.hdl;

import java.math.BigInteger;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/**
 * One application of an operator to signals: finds the module, makes the nodes and names the result
 * after the variable that the user stores it to.
 */
final class Ops {
  private final Trace trace;

  /** The module in which the result lives; null if all operands are constants. */
  private final Module module;

  private final Netlist netlist;

  /** The method of a signal or a module that it is, or null where that does not matter. */
  private final String method;

  Ops(Bits... signals) {
    this(Trace.here(), null, null, signals);
  }

  /**
   * What a method of a signal or a module does.
   *
   * @param method its name
   */
  Ops(String method, Bits... signals) {
    this(Trace.of(method, signals), method, null, signals);
  }

  /** An operator that belongs to a module even if all its operands are constants. */
  Ops(Module home, Bits... signals) {
    this(Trace.here(), null, home, signals);
  }

  private Ops(Trace trace, String method, Module home, Bits... signals) {
    this.trace = trace;
    this.method = method;
    Module found = null;
    for (Bits signal : signals) {
      if (found == null) {
        found = signal.user();
      }
    }
    if (found == null) {
      found = home;
    }
    module = found;
    netlist = found == null ? new Netlist("constants", trace.site()) : found.netlist();
  }

  Netlist netlist() {
    return netlist;
  }

  Site site() {
    return trace.site();
  }

  Node node(Bits signal) {
    return module == null
        ? Build.constant(netlist, signal.literalBits(), signal.width(), trace.site())
        : signal.nodeIn(module, trace.site());
  }

  /** The signal's node, extended by its own sign or by zeros. */
  Node node(Bits signal, int width) {
    return Build.extend(netlist(), node(signal), width, signal instanceof SInt, site());
  }

  Node apply(Operator operator, int width, Node... operands) {
    return Build.operation(netlist(), operator, width, site(), operands);
  }

  /** The sum or the difference modulo 2^width of the first, which the second may not exceed. */
  Node wrap(Operator operator, Bits first, Bits second) {
    if (second.width() > first.width()) {
      String what = operator == Operator.ADD ? "a sum" : "a difference";
      throw error(
          Diagnostic.Kind.WIDTH_MISMATCH,
          what + " modulo 2^" + first.width() + " with " + second.width() + " bits",
          "truncate the second operand, or extend the first");
    }
    return apply(operator, first.width(), node(first), node(second, first.width()));
  }

  /** The smaller or the greater of two by an order, as wide as the wider. */
  Node extreme(Operator less, Bits first, Bits second, boolean smaller) {
    int width = Math.max(first.width(), second.width());
    Node mine = node(first, width);
    Node theirs = node(second, width);
    Node isLess = apply(less, 1, mine, theirs);
    return smaller
        ? Build.mux(netlist(), isLess, mine, theirs, site())
        : Build.mux(netlist(), isLess, theirs, mine, site());
  }

  Node slice(Node node, int low, int width) {
    return Build.slice(netlist(), node, low, width, site());
  }

  Node constant(long value, int width) {
    return Build.constant(netlist(), BigInteger.valueOf(value), width, site());
  }

  /** Binds the result, and gives it the name of the user's variable if it is new. */
  Source result(Node node) {
    return result(node, "");
  }

  /** Binds a signal of structured data, and names it after the user's variable if it is new. */
  Source result(Node node, String path) {
    if (module == null) {
      return new Source.Literal(((Node.Constant) node).value(), null);
    }
    // Within a helper of the library, a place in the caller's expression says more than a variable.
    if (isNew(node) && !trace.isOfLibrary()) {
      module.names().give(node, trace, path);
    }
    return new Source.Local(module, node, method == null ? null : trace.next(method));
  }

  /** Binds a part of a value that has a name: its own name only matters if it is declared. */
  Source part(Node node, String path) {
    boolean fresh = isNew(node);
    Source result = result(node, path);
    if (fresh && node.isNamed()) {
      node.rename(node.name(), NameLevel.MERGEABLE);
    }
    return result;
  }

  private static boolean isNew(Node node) {
    boolean nameable =
        node instanceof Node.Operation
            || node instanceof Node.MemoryRead
            || node instanceof Node.Slice;
    return nameable && node.name() == null;
  }

  ElaborationException error(Diagnostic.Kind kind, String message, String advice) {
    return new ElaborationException(new Diagnostic(kind, message, Trace.fault(), null, advice));
  }

  /** Checks that two signals have one width, for operators that do not extend. */
  void sameWidth(Bits a, Bits b) {
    if (a.width() != b.width()) {
      throw error(
          Diagnostic.Kind.WIDTH_MISMATCH,
          "operands of " + a.width() + " and " + b.width() + " bits",
          "extend(...) or truncate(...) one of them");
    }
  }

  void range(int low, int width, int of) {
    if (low < 0 || width < 1 || low + width > of) {
      throw error(
          Diagnostic.Kind.OUT_OF_RANGE,
          "bits " + (low + width - 1) + " down to " + low + " of a signal of " + of + " bits",
          "allowed is 0 to " + (of - 1));
    }
  }
}
