package sluice.hdl;

import java.math.BigInteger;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** A truth value: one bit. */
public final class Bool extends Bits {

  Bool(Source source) {
    super(1, source);
  }

  /** The type. */
  public static Bool of() {
    return new Bool(null);
  }

  /** A constant. */
  public static Bool literal(boolean value) {
    return new Bool(new Source.Literal(value ? BigInteger.ONE : BigInteger.ZERO, null));
  }

  @Override
  Bool bind(Source source) {
    return new Bool(source);
  }

  /** Whether both are high. */
  public Bool and(Bool other) {
    return combine("and", Operator.AND, other);
  }

  /** Whether one of both is high, or both. */
  public Bool or(Bool other) {
    return combine("or", Operator.OR, other);
  }

  /** Whether both differ. */
  public Bool xor(Bool other) {
    return combine("xor", Operator.XOR, other);
  }

  /** True where exactly this is true and the other is not. */
  public Bool andNot(Bool other) {
    Ops ops = new Ops("andNot", this, other);
    Node inverted = ops.apply(Operator.NOT, 1, ops.node(other));
    return new Bool(ops.result(ops.apply(Operator.AND, 1, ops.node(this), inverted)));
  }

  /** High where this one is low. */
  public Bool not() {
    Ops ops = new Ops("not", this);
    return new Bool(ops.result(ops.apply(Operator.NOT, 1, ops.node(this))));
  }

  /** The same bit as a number, 0 or 1. */
  public UInt asUInt() {
    return new UInt(1, source());
  }

  /** Assigns, under the conditions of the surrounding {@code when}s. */
  public void set(Bool value) {
    assign(value);
  }

  /** Assigns a constant. */
  public void set(boolean value) {
    assign(literal(value));
  }

  /** Gives a register its value after reset. */
  public Bool reset(boolean value) {
    resetTo(value ? BigInteger.ONE : BigInteger.ZERO);
    return this;
  }

  /** Names the signal in the Verilog; a number follows where the name is taken. */
  public Bool named(String name) {
    rename(name, NameLevel.RENAMEABLE);
    return this;
  }

  /**
   * Names the signal in the Verilog exactly so, for constraints; a name that is taken is refused.
   */
  public Bool reserved(String name) {
    rename(name, NameLevel.RESERVED);
    return this;
  }

  /** Names what the language made for a variable, unless it has a name. */
  Bool mergeable(Trace trace, String part) {
    Node node = nodeIn(module(), trace.site());
    if (trace.variable() != null && node.name() == null) {
      node.rename(trace.variable() + trace.path() + part, NameLevel.MERGEABLE);
    }
    return this;
  }

  private Bool combine(String method, Operator operator, Bool other) {
    Ops ops = new Ops(method, this, other);
    return new Bool(ops.result(ops.apply(operator, 1, ops.node(this), ops.node(other))));
  }
}
