package sluice.hdl.lib.numeric;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * The exact product of a wide signed number and an unsigned one, made of small multipliers: the
 * wide number is cut into limbs, and the products with the limbs are added. Takes new operands in
 * every cycle with {@code enable}; the product follows {@link #latency} such cycles later.
 */
public final class WideProduct extends Module {

  /** Bits of a limb: with the sign, one input of the multipliers that FPGAs have. */
  private static final int LIMB_BITS = 17;

  /** All registers move on when high. */
  public final Bool enable;

  /** The signed number. */
  public final SInt wide;

  /** The unsigned number. */
  public final UInt factor;

  /** Their exact product; as wide as both together. */
  public final SInt product;

  /**
   * @param wideBits bits of the signed number, more than a limb's 17
   * @param factorBits bits of the unsigned number
   */
  public WideProduct(int wideBits, int factorBits) {
    super("wide_product" + wideBits + "x" + factorBits);
    Parameter.of("WideProduct", "wideBits", wideBits)
        .require(
            wideBits > LIMB_BITS, "at least " + (LIMB_BITS + 1), "use times(...) for fewer bits");
    Parameter.of("WideProduct", "factorBits", factorBits).atLeast(1);
    describe(
        ("Exact product of a signed number of %d bits and an unsigned one of %d bits, in limbs of"
                + " %d bits.\nLatency: %d cycles.")
            .formatted(wideBits, factorBits, LIMB_BITS, latency(wideBits)));
    enable = input(Bool.of());
    wide = input(SInt.of(wideBits));
    factor = input(UInt.of(factorBits));
    product = output(SInt.of(wideBits + factorBits));

    int limbs = limbs(wideBits);
    List<SInt> partialProducts = new ArrayList<>();
    for (int i = 0; i < limbs; i++) {
      SInt limb = limb(i, limbs);
      SInt partial = register(SInt.of(limb.width() + factorBits + 1)).named("partial_" + i);
      SInt exact = limb.times(factor.toSInt()).named("limb_product_" + i);
      when(enable, () -> partial.set(exact));
      partialProducts.add(partial);
    }
    SignedAdderTree tree = instance(new SignedAdderTree(limbs, product.width()));
    tree.enable.set(enable);
    for (int i = 0; i < limbs; i++) {
      SInt placed = partialProducts.get(i).shiftLeft(i * LIMB_BITS);
      tree.terms.get(i).set(placed.resize(product.width()));
    }
    product.set(tree.sum.truncate(product.width()));
  }

  /** Cycles from operands to product. */
  public static int latency(int wideBits) {
    return 1 + SignedAdderTree.latency(limbs(wideBits));
  }

  private static int limbs(int wideBits) {
    return (wideBits + LIMB_BITS - 1) / LIMB_BITS;
  }

  /** A limb as a signed number; only the last has the sign of the whole. */
  private SInt limb(int index, int limbs) {
    int low = index * LIMB_BITS;
    if (index == limbs - 1) {
      return wide.shiftRight(low);
    }
    return wide.asUInt().bits(low + LIMB_BITS - 1, low).toSInt();
  }
}
