package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * The exact product of two halves, as an integer in units of 2^-48. NaN and infinity count as 0.
 * Takes new operands in every cycle with {@code enable}; the product follows {@link #LATENCY} such
 * cycles later.
 */
public final class HalfProduct extends Module {

  /** Bits of a product: two significands of 11 bits, shifted by up to 58, and the sign. */
  public static final int BITS = 81;

  /** Cycles from operands to product: taken apart, multiplied, shifted. */
  public static final int LATENCY = 3;

  /** All registers move on when high. */
  public final Bool enable;

  /** A half, 16 bits. */
  public final UInt left;

  /** The other half, 16 bits. */
  public final UInt right;

  /** Their product in units of 2^-48, {@link #BITS} bits. */
  public final SInt product;

  /** The only variant. */
  public HalfProduct() {
    describe(
        "Exact product of two halves in units of 2^-48; NaN and infinity count as 0.\nLatency: "
            + LATENCY
            + " cycles.");
    enable = input(Bool.of());
    left = input(UInt.of(16));
    right = input(UInt.of(16));
    product = output(SInt.of(BITS));

    SInt leftSignificand = register(SInt.of(HalfFields.SIGNED_BITS));
    SInt rightSignificand = register(SInt.of(HalfFields.SIGNED_BITS));
    UInt leftScale = register(UInt.of(5));
    UInt rightScale = register(UInt.of(5));
    SInt significand = register(SInt.of(2 * HalfFields.SIGNED_BITS));
    UInt scale = register(UInt.of(6));
    SInt shifted = register(SInt.of(BITS));

    HalfFields leftFields = HalfFields.of(left);
    HalfFields rightFields = HalfFields.of(right);
    when(
        enable,
        () -> {
          leftSignificand.set(leftFields.finiteSignificand());
          leftScale.set(leftFields.scale());
          rightSignificand.set(rightFields.finiteSignificand());
          rightScale.set(rightFields.scale());

          significand.set(leftSignificand.times(rightSignificand));
          scale.set(leftScale.plus(rightScale));

          shifted.set(SignedShift.left(significand, scale, BITS));
        });
    product.set(shifted);
  }
}
