package sluice.hdl;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.Evaluation;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** A signed number in two's complement. Sums and products grow so that nothing is lost. */
public final class SInt extends Bits {

  SInt(int width, Source source) {
    super(width, source);
  }

  /** The type of a number of {@code width} bits, the sign among them. */
  public static SInt of(int width) {
    return new SInt(width, null);
  }

  /** The type that holds every number from {@code least} to {@code most}. */
  public static SInt range(long least, long most) {
    Parameter.of("SInt.range", "most", most).atLeast(least);
    return new SInt(Math.max(bitsFor(least), bitsFor(most)), null);
  }

  private static int bitsFor(long value) {
    return BigInteger.valueOf(value).bitLength() + 1;
  }

  /** A constant of as many bits as it needs. */
  public static SInt literal(long value) {
    return literal(value, bitsFor(value));
  }

  /** A constant of {@code width} bits. */
  public static SInt literal(long value, int width) {
    return literal(BigInteger.valueOf(value), width);
  }

  /** A constant of {@code width} bits. */
  public static SInt literal(BigInteger value, int width) {
    BigInteger bits = Build.encode(value, width, true);
    return new SInt(width, new Source.Literal(bits, null));
  }

  @Override
  SInt bind(Source source) {
    return new SInt(width(), source);
  }

  /** The exact sum, one bit wider than the wider operand. */
  public SInt plus(SInt other) {
    return arithmetic("plus", Operator.ADD, other);
  }

  /** The exact sum with a constant, one bit wider than the wider operand. */
  public SInt plus(long value) {
    return plus(literal(value));
  }

  /** The exact difference, one bit wider than the wider operand. */
  public SInt minus(SInt other) {
    return arithmetic("minus", Operator.SUB, other);
  }

  /** The exact difference from a constant, one bit wider than the wider operand. */
  public SInt minus(long value) {
    return minus(literal(value));
  }

  /** The sum modulo 2^width of this signal; the other may not be wider. */
  public SInt plusWrap(SInt other) {
    return wrap("plusWrap", Operator.ADD, other);
  }

  /** The difference modulo 2^width of this signal; the other may not be wider. */
  public SInt minusWrap(SInt other) {
    return wrap("minusWrap", Operator.SUB, other);
  }

  private SInt wrap(String method, Operator operator, SInt other) {
    Ops ops = new Ops(method, this, other);
    return new SInt(width(), ops.result(ops.wrap(operator, this, other)));
  }

  /** The exact product; widths add. */
  public SInt times(SInt other) {
    int width = width() + other.width();
    Ops ops = new Ops("times", this, other);
    Node node = ops.apply(Operator.MULTIPLY_SIGNED, width, ops.node(this), ops.node(other));
    return new SInt(width, ops.result(node));
  }

  /** The exact product with a constant. */
  public SInt times(long value) {
    return times(literal(value));
  }

  /** The negative, one bit wider. */
  public SInt negate() {
    Ops ops = new Ops("negate", this);
    int width = width() + 1;
    Node zero = ops.constant(0, width);
    return new SInt(width, ops.result(ops.apply(Operator.SUB, width, zero, ops.node(this, width))));
  }

  /** The magnitude, in as many bits as this signal. */
  public UInt abs() {
    Ops ops = new Ops("abs", this);
    Node node = ops.node(this);
    Node zero = ops.constant(0, width());
    Node negated = ops.apply(Operator.SUB, width(), zero, node);
    Node sign = ops.slice(node, width() - 1, 1);
    return new UInt(width(), ops.result(Build.mux(ops.netlist(), sign, negated, node, ops.site())));
  }

  /** Whether the number is below 0: its sign bit. */
  public Bool isNegative() {
    Ops ops = new Ops("isNegative", this);
    return new Bool(ops.result(ops.slice(ops.node(this), width() - 1, 1)));
  }

  /** Whether all bits are 0. */
  public Bool isZero() {
    return eq(literal(0, width()));
  }

  /** Whether this number equals another; the narrower is extended. */
  public Bool eq(SInt other) {
    return UInt.compare("eq", Operator.EQUAL, this, other, false);
  }

  /** Whether this number equals a constant, of any width. */
  public Bool eq(long value) {
    return eq(literal(value));
  }

  /** Whether this number differs from another; the narrower is extended. */
  public Bool ne(SInt other) {
    return UInt.compare("ne", Operator.NOT_EQUAL, this, other, false);
  }

  /** Whether this number differs from a constant, of any width. */
  public Bool ne(long value) {
    return ne(literal(value));
  }

  /** Whether this number is less than another; the narrower is extended. */
  public Bool lt(SInt other) {
    return UInt.compare("lt", Operator.LESS_SIGNED, this, other, false);
  }

  /** Whether this number is less than a constant, of any width. */
  public Bool lt(long value) {
    return lt(literal(value));
  }

  /** Whether this number is greater than another; the narrower is extended. */
  public Bool gt(SInt other) {
    return UInt.compare("gt", Operator.LESS_SIGNED, other, this, false);
  }

  /** Whether this number is greater than a constant, of any width. */
  public Bool gt(long value) {
    return gt(literal(value));
  }

  /** Whether this number is at most another; the narrower is extended. */
  public Bool le(SInt other) {
    return UInt.compare("le", Operator.LESS_SIGNED, other, this, true);
  }

  /** Whether this number is at most a constant, of any width. */
  public Bool le(long value) {
    return le(literal(value));
  }

  /** Whether this number is at least another; the narrower is extended. */
  public Bool ge(SInt other) {
    return UInt.compare("ge", Operator.LESS_SIGNED, this, other, true);
  }

  /** Whether this number is at least a constant, of any width. */
  public Bool ge(long value) {
    return ge(literal(value));
  }

  /** The greater of two, as wide as the wider. */
  public SInt max(SInt other) {
    return extreme("max", other, false);
  }

  /** The smaller of two, as wide as the wider. */
  public SInt min(SInt other) {
    return extreme("min", other, true);
  }

  private SInt extreme(String method, SInt other, boolean smaller) {
    Ops ops = new Ops(method, this, other);
    Node node = ops.extreme(Operator.LESS_SIGNED, this, other, smaller);
    return new SInt(node.width(), ops.result(node));
  }

  /** The number in fewer bits; what is out of range becomes the nearest number that is in. */
  public SInt saturate(int width) {
    if (width >= width()) {
      return extend(width);
    }
    Ops ops = new Ops("saturate", this);
    ops.range(0, width, width());
    Node node = ops.node(this);
    int rest = width() - width;
    Node sign = ops.slice(node, width() - 1, 1);
    // In range, all bits above are the sign of the narrow number.
    Node upper = ops.slice(node, width - 1, rest + 1);
    Node fits =
        ops.apply(
            Operator.OR,
            1,
            ops.apply(Operator.REDUCE_AND, 1, upper),
            ops.apply(Operator.NOT, 1, ops.apply(Operator.REDUCE_OR, 1, upper)));
    BigInteger half = BigInteger.ONE.shiftLeft(width - 1);
    Node least = Build.constant(ops.netlist(), half, width, ops.site());
    Node most = Build.constant(ops.netlist(), half.subtract(BigInteger.ONE), width, ops.site());
    Node limit = Build.mux(ops.netlist(), sign, least, most, ops.site());
    Node low = ops.slice(node, 0, width);
    return new SInt(width, ops.result(Build.mux(ops.netlist(), fits, low, limit, ops.site())));
  }

  /** Shifted left by a constant; grows by as many bits. */
  public SInt shiftLeft(int amount) {
    Parameter.of("shiftLeft", "amount", amount).atLeast(0);
    if (amount == 0) {
      return unchanged(this);
    }
    Ops ops = new Ops("shiftLeft", this);
    Node zeros = ops.constant(0, amount);
    Node node = Build.concat(ops.netlist(), List.of(ops.node(this), zeros), ops.site());
    return new SInt(width() + amount, ops.result(node));
  }

  /** Shifted right by a constant, rounding towards minus infinity; the low bits are dropped. */
  public SInt shiftRight(int amount) {
    if (amount == 0) {
      return unchanged(this);
    }
    Ops ops = new Ops("shiftRight", this);
    ops.range(amount, width() - amount, width());
    return new SInt(
        width() - amount, ops.result(ops.slice(ops.node(this), amount, width() - amount)));
  }

  /** Shifted right by a signal, rounding towards minus infinity, in the same width. */
  public SInt shiftRight(UInt amount) {
    Ops ops = new Ops("shiftRight", this, amount);
    Node node = ops.apply(Operator.SHIFT_RIGHT_SIGNED, width(), ops.node(this), ops.node(amount));
    return new SInt(width(), ops.result(node));
  }

  /** Widened with the sign. */
  public SInt extend(int width) {
    if (source() instanceof Source.Literal literal && width >= width()) {
      return literal(Evaluation.signed(literal.bits(), width()), width);
    }
    Ops ops = new Ops("extend", this);
    if (width < width()) {
      throw ops.error(
          Diagnostic.Kind.WIDTH_MISMATCH,
          width() + " bits do not extend to " + width,
          "use truncate(" + width + ") where bits may be lost");
    }
    return new SInt(width, ops.result(ops.node(this, width)));
  }

  /** The low {@code width} bits; the others are lost. */
  public SInt truncate(int width) {
    if (width == width()) {
      return unchanged(this);
    }
    Ops ops = new Ops("truncate", this);
    ops.range(0, width, width());
    return new SInt(width, ops.result(ops.slice(ops.node(this), 0, width)));
  }

  /** Widened with the sign or truncated to a width. */
  public SInt resize(int width) {
    return width >= width() ? extend(width) : truncate(width);
  }

  /** The same bits read as an unsigned number. */
  public UInt asUInt() {
    return new UInt(width(), source());
  }

  /**
   * Assigns a wire, a register (from the next edge on) or a port, under the conditions of the
   * surrounding {@code when}s. A narrower value is extended with its sign, a wider one refused.
   */
  public void set(SInt value) {
    assign(value);
  }

  /** Assigns a constant, which fits. */
  public void set(long value) {
    assign(literal(value, width()));
  }

  /** Gives a register its value after reset. */
  public SInt reset(long value) {
    resetTo(BigInteger.valueOf(value));
    return this;
  }

  /** Names the signal in the Verilog; a number follows where the name is taken. */
  public SInt named(String name) {
    rename(name, NameLevel.RENAMEABLE);
    return this;
  }

  /**
   * Names the signal in the Verilog exactly so, for constraints; a name that is taken is refused.
   */
  public SInt reserved(String name) {
    rename(name, NameLevel.RESERVED);
    return this;
  }

  private SInt arithmetic(String method, Operator operator, SInt other) {
    int width = Math.max(width(), other.width()) + 1;
    Ops ops = new Ops(method, this, other);
    Node node = ops.apply(operator, width, ops.node(this, width), ops.node(other, width));
    return new SInt(width, ops.result(node));
  }
}
