package sluice.hdl;

import java.math.BigInteger;
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

  public Bool and(Bool other) {
    return combine(Operator.AND, other);
  }

  public Bool or(Bool other) {
    return combine(Operator.OR, other);
  }

  public Bool xor(Bool other) {
    return combine(Operator.XOR, other);
  }

  /** True where exactly this is true and the other is not. */
  public Bool andNot(Bool other) {
    Ops ops = new Ops(this, other);
    Node inverted = ops.apply(Operator.NOT, 1, ops.node(other));
    return new Bool(ops.result(ops.apply(Operator.AND, 1, ops.node(this), inverted)));
  }

  public Bool not() {
    Ops ops = new Ops(this);
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

  public void set(boolean value) {
    assign(literal(value));
  }

  /** Gives a register its value after reset. */
  public Bool reset(boolean value) {
    resetTo(value ? BigInteger.ONE : BigInteger.ZERO);
    return this;
  }

  /** Names the signal in the Verilog. */
  public Bool named(String name) {
    rename(name);
    return this;
  }

  private Bool combine(Operator operator, Bool other) {
    Ops ops = new Ops(this, other);
    return new Bool(ops.result(ops.apply(operator, 1, ops.node(this), ops.node(other))));
  }
}
