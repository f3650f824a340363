package sluice.hdl;

import java.math.BigInteger;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Evaluation;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Site;

/** A single signal: a number of bits with a meaning given by the subclass. */
public abstract sealed class Bits implements Data permits Bool, UInt, SInt {
  private final int width;
  private final Source source;

  Bits(int width, Source source) {
    if (width < 1) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.OUT_OF_RANGE,
              "a signal of " + width + " bits",
              Trace.fault(),
              null,
              "a signal has at least one bit"));
    }
    this.width = width;
    this.source = source;
  }

  /** Bits of the signal. */
  public final int width() {
    return width;
  }

  /** Whether this is only a type: not a constant, and not bound to hardware. */
  public final boolean isType() {
    return source == null;
  }

  /** Whether this is a constant, which has no name and needs no hardware. */
  public final boolean isConstant() {
    return source instanceof Source.Literal
        || (source instanceof Source.Local local && local.node() instanceof Node.Constant);
  }

  final Source source() {
    return source;
  }

  /** Where the user's Java takes this value, if it can only go there; asked for once. */
  final Trace take() {
    return source instanceof Source.Local local ? local.take() : null;
  }

  /** A signal as the result of one of its methods that has nothing to do. */
  static <T extends Bits> T unchanged(T signal) {
    signal.take();
    return signal;
  }

  /** A signal of the same type, bound to a node. */
  abstract Bits bind(Source newSource);

  /** The module this signal can be used in now; null for a constant. */
  final Module user() {
    if (source instanceof Source.Local local) {
      return local.module();
    }
    if (source instanceof Source.Boundary boundary) {
      return boundary.user();
    }
    if (source == null) {
      throw unbound();
    }
    return null;
  }

  /** The module this signal is part of, for helpers that need one. */
  public final Module module() {
    Module user = user();
    if (user == null) {
      throw unbound();
    }
    return user;
  }

  private ElaborationException unbound() {
    return new ElaborationException(
        new Diagnostic(
            Diagnostic.Kind.UNBOUND,
            "a type or constant is used where a signal is needed",
            Trace.fault(),
            null,
            "make it hardware first: input(...), wire(...), register(...)"));
  }

  /** The node of this signal for use in a module; constants become nodes there. */
  final Node nodeIn(Module module, Site site) {
    if (source instanceof Source.Literal literal) {
      return new Node.Constant(module.netlist(), width, literal.bits(), literal.symbol(), site);
    }
    Module user = user();
    if (user != module) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.WRONG_MODULE,
              "a signal of " + user.describe() + " is used in " + module.describe(),
              Trace.fault(),
              null,
              "pass it through a port; a child is usable after instance(child)"));
    }
    return source instanceof Source.Boundary boundary
        ? boundary.node()
        : ((Source.Local) source).node();
  }

  final BigInteger literalBits() {
    return source instanceof Source.Literal literal ? literal.bits() : null;
  }

  final void assign(Bits value) {
    assign(value, Trace.of("set", value));
  }

  final void assign(Bits value, Trace trace) {
    assign(value, "", trace);
  }

  /**
   * Assigns as a part of larger data.
   *
   * @param path the name of the part, "" for a signal on its own
   */
  final void assign(Bits value, String path, Trace trace) {
    Module module = module();
    Node target = nodeIn(module, trace.site());
    Node node = value.nodeIn(module, trace.site());
    if (value.width() > width) {
      module
          .drivers()
          .note(
              new Diagnostic(
                  Diagnostic.Kind.WIDTH_MISMATCH,
                  value.width()
                      + " bits are assigned to "
                      + width
                      + " bits"
                      + (path.isEmpty() ? "" : " in " + path),
                  Trace.fault(),
                  target.site(),
                  "narrow the value with truncate(" + width + ") or widen the target"));
      node = Build.slice(module.netlist(), node, 0, width, trace.site());
    } else if (value.width() < width) {
      node = Build.extend(module.netlist(), node, width, value instanceof SInt, trace.site());
    }
    module.drivers().assign(target, node, trace.site(), isInputInside());
  }

  private boolean isInputInside() {
    return source instanceof Source.Boundary boundary
        && boundary.module.instance() == null
        && boundary.inside instanceof Node.Input;
  }

  /** The number that a constant is. */
  final BigInteger literalValue(Trace trace) {
    BigInteger bits = literalBits();
    if (bits == null) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.NOT_ASSIGNABLE,
              "a reset value is no constant",
              Trace.fault(),
              null,
              "take literals: the value after reset is fixed"));
    }
    return this instanceof SInt ? Evaluation.signed(bits, width) : bits;
  }

  final void resetTo(BigInteger value) {
    resetTo(value, Trace.of("reset", this));
  }

  final void resetTo(BigInteger value, Trace trace) {
    if (source instanceof Source.Local local && local.node() instanceof Node.Register register) {
      register.setResetValue(Build.encode(value, width, this instanceof SInt));
      if (!register.isNamed()) {
        local.module().names().give(register, trace, "");
      }
      return;
    }
    throw new ElaborationException(
        new Diagnostic(
            Diagnostic.Kind.NOT_ASSIGNABLE,
            "only a register has a reset value",
            Trace.fault(),
            null,
            "make it a register(...)"));
  }

  final void rename(String name, NameLevel level) {
    Node node = nodeIn(module(), Site.NONE);
    node.rename(Identifier.snakeCase(name), level);
  }
}
