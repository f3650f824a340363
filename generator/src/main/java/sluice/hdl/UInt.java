package sluice.hdl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/**
 * An unsigned number. Sums and products grow so that nothing is lost; what wraps or narrows says so
 * by its name.
 */
public final class UInt extends Bits {

  UInt(int width, Source source) {
    super(width, source);
  }

  /** The type of a number of {@code width} bits. */
  public static UInt of(int width) {
    return new UInt(width, null);
  }

  /** The type of a number from 0 to {@code most}. */
  public static UInt upTo(long most) {
    Parameter.of("UInt.upTo", "most", most).atLeast(0);
    return new UInt(bitsFor(most), null);
  }

  /** The type of an index below {@code count}. */
  public static UInt index(long count) {
    Parameter.of("UInt.index", "count", count).atLeast(1);
    return upTo(count - 1);
  }

  /** Bits of a number up to {@code most}, at least 1. */
  public static int bitsFor(long most) {
    return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(most));
  }

  /** A constant of as many bits as it needs. */
  public static UInt literal(long value) {
    return literal(value, bitsFor(value));
  }

  /** A constant of {@code width} bits. */
  public static UInt literal(long value, int width) {
    return literal(BigInteger.valueOf(value), width);
  }

  /** A constant of {@code width} bits. */
  public static UInt literal(BigInteger value, int width) {
    BigInteger bits = Build.encode(value, width, false);
    return new UInt(width, new Source.Literal(bits, null));
  }

  /**
   * A constant of {@code width} bits with a name: in the Verilog it is a local parameter, and a
   * choice by comparisons with such constants is a {@code case}.
   *
   * @param name in UPPER_CASE
   */
  public static UInt constant(String name, long value, int width) {
    BigInteger bits = Build.encode(BigInteger.valueOf(value), width, false);
    return new UInt(width, new Source.Literal(bits, name));
  }

  @Override
  UInt bind(Source source) {
    return new UInt(width(), source);
  }

  /** The exact sum, one bit wider than the wider operand. */
  public UInt plus(UInt other) {
    return arithmetic("plus", Operator.ADD, other, Math.max(width(), other.width()) + 1);
  }

  /** The exact sum with a constant of 0 or more, one bit wider than the wider operand. */
  public UInt plus(long value) {
    return plus(literal(value));
  }

  /** The sum modulo 2^width of this signal; the other may not be wider. */
  public UInt plusWrap(UInt other) {
    return wrap("plusWrap", Operator.ADD, other);
  }

  /** The sum with a constant modulo 2^width of this signal; the constant is 0 or more and fits. */
  public UInt plusWrap(long value) {
    return plusWrap(literal(value));
  }

  /** The exact difference, signed. */
  public SInt minus(UInt other) {
    int width = Math.max(width(), other.width()) + 1;
    Ops ops = new Ops("minus", this, other);
    Node node = ops.apply(Operator.SUB, width, ops.node(this, width), ops.node(other, width));
    return new SInt(width, ops.result(node));
  }

  /** The difference modulo 2^width of this signal; the other may not be wider. */
  public UInt minusWrap(UInt other) {
    return wrap("minusWrap", Operator.SUB, other);
  }

  /**
   * The difference from a constant modulo 2^width of this signal; the constant is 0 or more and
   * fits.
   */
  public UInt minusWrap(long value) {
    return minusWrap(literal(value));
  }

  /** The exact product; widths add. */
  public UInt times(UInt other) {
    int width = width() + other.width();
    Ops ops = new Ops("times", this, other);
    Node node = ops.apply(Operator.MULTIPLY, width, ops.node(this), ops.node(other));
    return new UInt(width, ops.result(node));
  }

  /** The exact product with a constant; a power of two is a shift. */
  public UInt times(long value) {
    return Long.bitCount(value) == 1
        ? shiftLeft(Long.numberOfTrailingZeros(value))
        : times(literal(value));
  }

  /** The conjunction bit by bit; both have one width. */
  public UInt and(UInt other) {
    return bitwise("and", Operator.AND, other);
  }

  /** The disjunction bit by bit; both have one width. */
  public UInt or(UInt other) {
    return bitwise("or", Operator.OR, other);
  }

  /** The exclusive or bit by bit; both have one width. */
  public UInt xor(UInt other) {
    return bitwise("xor", Operator.XOR, other);
  }

  /** Every bit inverted. */
  public UInt not() {
    Ops ops = new Ops("not", this);
    return new UInt(width(), ops.result(ops.apply(Operator.NOT, width(), ops.node(this))));
  }

  /** Whether this number equals another; the narrower is extended. */
  public Bool eq(UInt other) {
    return compare("eq", Operator.EQUAL, this, other, false);
  }

  /** Whether this number equals a constant of 0 or more. */
  public Bool eq(long value) {
    return eq(literal(value));
  }

  /** Whether this number differs from another; the narrower is extended. */
  public Bool ne(UInt other) {
    return compare("ne", Operator.NOT_EQUAL, this, other, false);
  }

  /** Whether this number differs from a constant of 0 or more. */
  public Bool ne(long value) {
    return ne(literal(value));
  }

  /** Whether this number is less than another; the narrower is extended. */
  public Bool lt(UInt other) {
    return compare("lt", Operator.LESS, this, other, false);
  }

  /** Whether this number is less than a constant of 0 or more. */
  public Bool lt(long value) {
    return lt(literal(value));
  }

  /** Whether this number is greater than another; the narrower is extended. */
  public Bool gt(UInt other) {
    return compare("gt", Operator.LESS, other, this, false);
  }

  /** Whether this number is greater than a constant of 0 or more. */
  public Bool gt(long value) {
    return gt(literal(value));
  }

  /** Whether this number is at most another; the narrower is extended. */
  public Bool le(UInt other) {
    return compare("le", Operator.LESS, other, this, true);
  }

  /** Whether this number is at most a constant of 0 or more. */
  public Bool le(long value) {
    return le(literal(value));
  }

  /** Whether this number is at least another; the narrower is extended. */
  public Bool ge(UInt other) {
    return compare("ge", Operator.LESS, this, other, true);
  }

  /** Whether this number is at least a constant of 0 or more. */
  public Bool ge(long value) {
    return ge(literal(value));
  }

  /** The greater of two, as wide as the wider. */
  public UInt max(UInt other) {
    return extreme("max", other, false);
  }

  /** The smaller of two, as wide as the wider. */
  public UInt min(UInt other) {
    return extreme("min", other, true);
  }

  private UInt extreme(String method, UInt other, boolean smaller) {
    Ops ops = new Ops(method, this, other);
    Node node = ops.extreme(Operator.LESS, this, other, smaller);
    return new UInt(node.width(), ops.result(node));
  }

  /** The number in fewer bits; what is too great becomes the greatest there is. */
  public UInt saturate(int width) {
    if (width >= width()) {
      return extend(width);
    }
    Ops ops = new Ops("saturate", this);
    ops.range(0, width, width());
    Node node = ops.node(this);
    Node over = ops.apply(Operator.REDUCE_OR, 1, ops.slice(node, width, width() - width));
    Node most =
        Build.constant(
            ops.netlist(),
            BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE),
            width,
            ops.site());
    Node low = ops.slice(node, 0, width);
    return new UInt(width, ops.result(Build.mux(ops.netlist(), over, most, low, ops.site())));
  }

  /** The same bits in reverse order. */
  public UInt reverse() {
    Ops ops = new Ops("reverse", this);
    Node node = ops.node(this);
    List<Node> bits = new ArrayList<>();
    for (int i = 0; i < width(); i++) {
      bits.add(ops.slice(node, i, 1));
    }
    return new UInt(width(), ops.result(Build.concat(ops.netlist(), bits, ops.site())));
  }

  /** The bits turned to the left by a constant: the high ones come in again at the low end. */
  public UInt rotateLeft(int amount) {
    int low = width() - Math.floorMod(amount, width());
    if (low == width()) {
      return unchanged(this);
    }
    Ops ops = new Ops("rotateLeft", this);
    Node node = ops.node(this);
    List<Node> parts = List.of(ops.slice(node, 0, low), ops.slice(node, low, width() - low));
    return new UInt(width(), ops.result(Build.concat(ops.netlist(), parts, ops.site())));
  }

  /** The bits turned to the right by a constant. */
  public UInt rotateRight(int amount) {
    return rotateLeft(-amount);
  }

  /**
   * The bits turned to the left by a signal, modulo the width: a barrel shifter of a choice between
   * two for each bit of the amount.
   */
  public UInt rotateLeft(UInt amount) {
    return new BarrelRotation(this, amount).toTheLeft();
  }

  /** The bits turned to the right by a signal, modulo the width. */
  public UInt rotateRight(UInt amount) {
    return new BarrelRotation(this, amount).toTheRight();
  }

  /** How many bits are 1, in as many bits as that needs; a balanced tree of adders. */
  public UInt popCount() {
    return PopCount.of(this);
  }

  /** This number so often side by side. */
  public UInt repeat(int count) {
    Ops ops = new Ops("repeat", this);
    if (count < 1) {
      throw ops.error(
          Diagnostic.Kind.OUT_OF_RANGE, "a signal " + count + " times", "the least is once");
    }
    List<Node> copies = Collections.nCopies(count, ops.node(this));
    return new UInt(width() * count, ops.result(Build.concat(ops.netlist(), copies, ops.site())));
  }

  /**
   * This number with other bits from {@code low} on.
   *
   * @param value as many bits as are replaced
   */
  public UInt withBits(int low, UInt value) {
    Ops ops = new Ops("withBits", this, value);
    ops.range(low, value.width(), width());
    Node node = ops.node(this);
    List<Node> parts = new ArrayList<>();
    int above = low + value.width();
    if (above < width()) {
      parts.add(ops.slice(node, above, width() - above));
    }
    parts.add(ops.node(value));
    if (low > 0) {
      parts.add(ops.slice(node, 0, low));
    }
    return new UInt(width(), ops.result(Build.concat(ops.netlist(), parts, ops.site())));
  }

  /** This number with one bit at a position given by a signal; none changes beyond the last. */
  public UInt withBit(UInt index, Bool value) {
    Ops ops = new Ops("withBit", this, index, value);
    Node node = ops.node(this);
    Node one = ops.constant(1, width());
    Node mask = ops.apply(Operator.SHIFT_LEFT, width(), one, ops.node(index));
    Node set = ops.apply(Operator.OR, width(), node, mask);
    Node cleared = ops.apply(Operator.AND, width(), node, ops.apply(Operator.NOT, width(), mask));
    Node chosen = Build.mux(ops.netlist(), ops.node(value), set, cleared, ops.site());
    return new UInt(width(), ops.result(chosen));
  }

  /** Shifted left by a constant; grows by as many bits. */
  public UInt shiftLeft(int amount) {
    Parameter.of("shiftLeft", "amount", amount).atLeast(0);
    if (amount == 0) {
      return unchanged(this);
    }
    Ops ops = new Ops("shiftLeft", this);
    Node zeros = ops.constant(0, amount);
    Node node = Build.concat(ops.netlist(), List.of(ops.node(this), zeros), ops.site());
    return new UInt(width() + amount, ops.result(node));
  }

  /** Shifted left by a signal; the result has {@code resultWidth} bits, what is above is lost. */
  public UInt shiftLeft(UInt amount, int resultWidth) {
    Parameter.of("shiftLeft", "resultWidth", resultWidth).atLeast(1);
    Ops ops = new Ops("shiftLeft", this, amount);
    int width = Math.max(resultWidth, width());
    Node shifted = ops.apply(Operator.SHIFT_LEFT, width, ops.node(this, width), ops.node(amount));
    return new UInt(resultWidth, ops.result(ops.slice(shifted, 0, resultWidth)));
  }

  /** Shifted right by a constant, which drops the low bits; at least one bit remains. */
  public UInt shiftRight(int amount) {
    return amount == 0 ? unchanged(this) : bits("shiftRight", width() - 1, amount);
  }

  /** Shifted right by a signal, in the same width. */
  public UInt shiftRight(UInt amount) {
    Ops ops = new Ops("shiftRight", this, amount);
    Node node = ops.apply(Operator.SHIFT_RIGHT, width(), ops.node(this), ops.node(amount));
    return new UInt(width(), ops.result(node));
  }

  /** One bit. */
  public Bool bit(int index) {
    Ops ops = new Ops("bit", this);
    ops.range(index, 1, width());
    return new Bool(ops.result(ops.slice(ops.node(this), index, 1)));
  }

  /** The bit at a position given by a signal; 0 beyond the last. */
  public Bool bit(UInt index) {
    Ops ops = new Ops("bit", this, index);
    Node shifted = ops.apply(Operator.SHIFT_RIGHT, width(), ops.node(this), ops.node(index));
    return new Bool(ops.result(ops.slice(shifted, 0, 1)));
  }

  /** Bits {@code high} down to {@code low}. */
  public UInt bits(int high, int low) {
    return bits("bits", high, low);
  }

  private UInt bits(String method, int high, int low) {
    Ops ops = new Ops(method, this);
    ops.range(low, high - low + 1, width());
    Node node = ops.slice(ops.node(this), low, high - low + 1);
    return new UInt(high - low + 1, ops.result(node));
  }

  /** Every bit on its own, the least significant first. */
  public List<Bool> toBools() {
    List<Bool> result = new ArrayList<>();
    for (int i = 0; i < width(); i++) {
      result.add(bit(i));
    }
    return result;
  }

  /** This as the high part, the other as the low part. */
  public UInt concat(UInt low) {
    Ops ops = new Ops("concat", this, low);
    Node node = Build.concat(ops.netlist(), List.of(ops.node(this), ops.node(low)), ops.site());
    return new UInt(width() + low.width(), ops.result(node));
  }

  /** Widened with zeros. */
  public UInt extend(int width) {
    if (source() instanceof Source.Literal literal && width >= width()) {
      return new UInt(width, literal);
    }
    Ops ops = new Ops("extend", this);
    if (width < width()) {
      throw ops.error(
          Diagnostic.Kind.WIDTH_MISMATCH,
          width() + " bits do not extend to " + width,
          "use truncate(" + width + ") where bits may be lost");
    }
    return new UInt(width, ops.result(ops.node(this, width)));
  }

  /** The low {@code width} bits; the others are lost. */
  public UInt truncate(int width) {
    return width == width() ? unchanged(this) : bits("truncate", width - 1, 0);
  }

  /** Widened with zeros or truncated to a width. */
  public UInt resize(int width) {
    return width >= width() ? extend(width) : truncate(width);
  }

  /** The same bits read as a two's complement number. */
  public SInt asSInt() {
    return new SInt(width(), source());
  }

  /** The same number, with a sign bit in front. */
  public SInt toSInt() {
    return extend(width() + 1).asSInt();
  }

  /** The same bit of a one-bit number. */
  public Bool asBool() {
    return bit(0);
  }

  /** Whether any bit is 1. */
  public Bool orReduce() {
    return reduce("orReduce", Operator.REDUCE_OR);
  }

  /** Whether all bits are 1. */
  public Bool andReduce() {
    return reduce("andReduce", Operator.REDUCE_AND);
  }

  /** Whether the number of ones is odd. */
  public Bool xorReduce() {
    return reduce("xorReduce", Operator.REDUCE_XOR);
  }

  /** Whether all bits are 0. */
  public Bool isZero() {
    return eq(literal(0, width()));
  }

  /**
   * Assigns a wire, a register (from the next edge on) or a port, under the conditions of the
   * surrounding {@code when}s. A narrower value is extended with zeros, a wider one refused.
   */
  public void set(UInt value) {
    assign(value);
  }

  /** Assigns a constant, which is 0 or more and fits. */
  public void set(long value) {
    assign(literal(value, width()));
  }

  /** Gives a register its value after reset. */
  public UInt reset(long value) {
    resetTo(BigInteger.valueOf(value));
    return this;
  }

  /** Names the signal in the Verilog; a number follows where the name is taken. */
  public UInt named(String name) {
    rename(name, NameLevel.RENAMEABLE);
    return this;
  }

  /**
   * Names the signal in the Verilog exactly so, for constraints; a name that is taken is refused.
   */
  public UInt reserved(String name) {
    rename(name, NameLevel.RESERVED);
    return this;
  }

  private UInt arithmetic(String method, Operator operator, UInt other, int width) {
    Ops ops = new Ops(method, this, other);
    Node node = ops.apply(operator, width, ops.node(this, width), ops.node(other, width));
    return new UInt(width, ops.result(node));
  }

  private UInt wrap(String method, Operator operator, UInt other) {
    Ops ops = new Ops(method, this, other);
    return new UInt(width(), ops.result(ops.wrap(operator, this, other)));
  }

  private UInt bitwise(String method, Operator operator, UInt other) {
    Ops ops = new Ops(method, this, other);
    ops.sameWidth(this, other);
    Node node = ops.apply(operator, width(), ops.node(this), ops.node(other));
    return new UInt(width(), ops.result(node));
  }

  private Bool reduce(String method, Operator operator) {
    Ops ops = new Ops(method, this);
    return new Bool(ops.result(ops.apply(operator, 1, ops.node(this))));
  }

  static Bool compare(String method, Operator operator, Bits left, Bits right, boolean inverted) {
    Ops ops = new Ops(method, left, right);
    int width = Math.max(left.width(), right.width());
    Node node = ops.apply(operator, 1, ops.node(left, width), ops.node(right, width));
    if (inverted) {
      node = ops.apply(Operator.NOT, 1, node);
    }
    return new Bool(ops.result(node));
  }
}
