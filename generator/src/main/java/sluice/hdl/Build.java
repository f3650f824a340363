package sluice.hdl;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Evaluation;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/** Makes nodes; what is trivial (a full slice, an inversion twice) makes none. */
final class Build {
  private Build() {}

  static Node operation(
      Netlist netlist, Operator operator, int width, Site site, Node... operands) {
    if (operator == Operator.NOT
        && operands[0] instanceof Node.Operation inner
        && inner.operator() == Operator.NOT) {
      return inner.operands().get(0);
    }
    List<Node> all = List.of(operands);
    BigInteger folded = Evaluation.of(operator, width, all, Build::constantBits);
    if (folded != null) {
      return constant(netlist, folded, width, site);
    }
    return new Node.Operation(netlist, operator, width, all, site);
  }

  private static BigInteger constantBits(Node node) {
    return node instanceof Node.Constant constant ? constant.value() : null;
  }

  static Node constant(Netlist netlist, BigInteger bits, int width, Site site) {
    return new Node.Constant(netlist, width, bits, null, site);
  }

  static Node extend(Netlist netlist, Node node, int width, boolean signed, Site site) {
    if (node.width() == width) {
      return node;
    }
    if (node instanceof Node.Constant constant) {
      BigInteger value =
          signed ? Evaluation.signed(constant.value(), node.width()) : constant.value();
      return constant(netlist, value.mod(BigInteger.ONE.shiftLeft(width)), width, site);
    }
    Operator operator = signed ? Operator.SIGN_EXTEND : Operator.ZERO_EXTEND;
    return operation(netlist, operator, width, site, node);
  }

  static Node slice(Netlist netlist, Node node, int low, int width, Site site) {
    if (width == node.width()) {
      return node;
    }
    if (node instanceof Node.Constant constant) {
      BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
      return constant(netlist, constant.value().shiftRight(low).and(mask), width, site);
    }
    if (node instanceof Node.Slice slice && !slice.isNamed()) {
      return new Node.Slice(netlist, slice.source(), slice.low() + low, width, site);
    }
    return new Node.Slice(netlist, node, low, width, site);
  }

  static Node concat(Netlist netlist, List<Node> parts, Site site) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int width = parts.stream().mapToInt(Node::width).sum();
    return operation(netlist, Operator.CONCAT, width, site, parts.toArray(Node[]::new));
  }

  static Node mux(Netlist netlist, Node condition, Node then, Node otherwise, Site site) {
    if (then == otherwise) {
      return then;
    }
    if (condition instanceof Node.Constant constant) {
      return constant.value().signum() != 0 ? then : otherwise;
    }
    return operation(netlist, Operator.MUX, then.width(), site, condition, then, otherwise);
  }

  /** A number as bits of a width; refuses what does not fit. */
  static BigInteger encode(BigInteger value, int width, boolean signed) {
    BigInteger least = signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
    BigInteger most = BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.OUT_OF_RANGE,
              value + " does not fit into " + width + (signed ? " signed" : "") + " bits",
              Trace.fault(),
              null,
              "allowed is " + least + " to " + most));
    }
    return value.mod(BigInteger.ONE.shiftLeft(width));
  }
}
