package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * The exact product of a wide signed number and an unsigned one, digit by digit from the lowest on,
 * with a multiplier for one digit. The digits are those of the product in two's complement; above
 * it they repeat its sign.
 *
 * <p>Digit {@code k} is there {@code LATENCY + k} cycles with {@code enable} after the numbers were
 * loaded. When numbers are loaded every {@code n} cycles, digits 0 to {@code n - 1} come.
 */
public final class SerialProduct extends Module {

  /** Cycles from the numbers to the lowest digit. */
  public static final int LATENCY = 3;

  /** All registers move on when high. */
  public final Bool enable = input(Bool.of());

  /** Takes the numbers. */
  public final Bool load = input(Bool.of());

  /** The signed number; needed with {@code load} only. */
  public final SInt wide;

  /** The unsigned number; needed with {@code load} only. */
  public final UInt factor;

  /** A digit of the product. */
  public final UInt digit;

  private final int digitBits;
  private final int totalBits;

  /**
   * @param wideBits bits of the signed number, more than a digit's
   * @param factorBits bits of the unsigned number
   * @param digitBits bits of a digit
   * @param arithmetic as operators: a product and a sum, with a register between; as gates: rows of
   *     bits, whose carries pass no more than a digit
   */
  public SerialProduct(int wideBits, int factorBits, int digitBits, Arithmetic arithmetic) {
    super("serial_product%dx%dby%d".formatted(wideBits, factorBits, digitBits));
    Parameter.of("SerialProduct", "digitBits", digitBits).atLeast(2);
    Parameter.of("SerialProduct", "wideBits", wideBits).atLeast(digitBits + 1L);
    Parameter.of("SerialProduct", "factorBits", factorBits).atLeast(2);
    describe(
        ("Exact product of a signed number of %d bits and an unsigned one of %d bits, %d bits a cycle"
                + " from the lowest on.\nLatency: %d cycles to the first.")
            .formatted(wideBits, factorBits, digitBits, LATENCY));
    this.digitBits = digitBits;
    // What is left above a digit is below the factor, so that a sum never has more bits.
    totalBits = factorBits + digitBits;
    wide = input(SInt.of(wideBits));
    factor = input(UInt.of(factorBits));
    digit = output(UInt.of(digitBits));

    SInt rest = register(wide);
    UInt multiplier = register(factor);
    Bool lowest = register(Bool.of());
    Bool lowestTotal = register(Bool.of());
    when(
        enable,
        () -> {
          rest.set(mux(load, wide, rest.shiftRight(digitBits).extend(wideBits)));
          when(load, () -> multiplier.set(factor));
          lowest.set(load);
          lowestTotal.set(lowest);
        });
    UInt limb = rest.asUInt().truncate(digitBits);
    digit.set(
        arithmetic == Arithmetic.GATES
            ? addedByGates(limb, multiplier, lowest, lowestTotal)
            : addedByOperators(limb, multiplier, lowestTotal));
  }

  private UInt addedByOperators(UInt limb, UInt multiplier, Bool lowest) {
    UInt product = register(UInt.of(totalBits));
    UInt high = register(UInt.of(totalBits - digitBits));
    UInt low = register(digit);
    UInt total = product.plusWrap(kept(high, lowest).extend(totalBits));
    when(
        enable,
        () -> {
          product.set(limb.times(multiplier));
          high.set(total.shiftRight(digitBits));
          low.set(total.truncate(digitBits));
        });
    return low;
  }

  /** All rows are positive, so that no sum of them is beyond its bits, and none is lost. */
  private UInt addedByGates(UInt limb, UInt multiplier, Bool lowest, Bool lowestTotal) {
    CarrySave total = register(new CarrySave(UInt.of(totalBits), UInt.of(totalBits)));
    UInt low = register(digit);
    Bool carry = register(Bool.of());
    DaddaTree tree = new DaddaTree("total", totalBits);
    tree.addProduct(0, limb, multiplier);
    tree.add(0, kept(total.sum().shiftRight(digitBits), lowest));
    tree.add(0, kept(total.carry().shiftRight(digitBits), lowest));
    CarrySave rows = tree.rows();
    UInt digits =
        total
            .sum()
            .truncate(digitBits)
            .plus(total.carry().truncate(digitBits))
            .plusWrap(kept(carry.asUInt(), lowestTotal).extend(digitBits + 1));
    when(
        enable,
        () -> {
          connect(total, rows);
          low.set(digits.truncate(digitBits));
          carry.set(digits.bit(digitBits));
        });
    return low;
  }

  private static UInt kept(UInt value, Bool lowest) {
    return value.and(lowest.not().asUInt().repeat(value.width()));
  }
}
