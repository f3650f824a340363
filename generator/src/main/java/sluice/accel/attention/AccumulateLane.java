package sluice.accel.attention;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.HalfFields;
import sluice.hdl.lib.numeric.SignedShift;

/**
 * The weighted sums of one query head at one element position of a beat: an entry for each beat of
 * a vector. A value and its weight go in every cycle; their product is ready to be added {@link
 * #LATENCY} cycles later.
 */
final class AccumulateLane extends Module {

  /** Cycles from value and weight to the cycle in which {@code add} adds their product. */
  static final int LATENCY = 3;

  /** Bits of a weight times a half as an integer in units of 2^-40, with sign. */
  private static final int PRODUCT_BITS = 58;

  /** A half. */
  final UInt value;

  /** At most 65536. */
  final UInt weight;

  /** Adds the product to the entry. */
  final Bool add;

  /** The entry, to be added to or only looked at. */
  final UInt index;

  /** Whether the entry counts as 0, whatever is stored. */
  final Bool fresh;

  /** The entry as it is before this cycle's addition. */
  final WeightedSum entry;

  AccumulateLane(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int depth = config.beatsPerVector();
    describe(
        ("Weighted sums of one query head and element position, one for each of %d beats.\n"
                + "Latency: %d cycles from value and weight to the addition.")
            .formatted(depth, LATENCY));
    value = input(types.half());
    weight = input(types.weight());
    add = input(Bool.of());
    index = input(types.beatIndex());
    fresh = input(Bool.of());
    entry = output(WeightedSum.type(config));

    HalfFields fields = HalfFields.of(value);
    SInt significand = register(SInt.of(HalfFields.SIGNED_BITS));
    UInt scale = register(UInt.of(5));
    UInt factor = register(types.weight());
    Bool special = register(Bool.of());
    significand.set(fields.finiteSignificand());
    scale.set(fields.scale());
    factor.set(weight);
    special.set(fields.special().andNot(weight.isZero()));

    SInt product = register(SInt.of(HalfFields.SIGNED_BITS + weight.width()));
    UInt productScale = register(UInt.of(5));
    Bool productSpecial = register(Bool.of());
    // A weight is at most 2^16: the product has a bit less than its factors together.
    product.set(significand.times(factor.toSInt()).truncate(product.width()));
    productScale.set(scale);
    productSpecial.set(special);

    SInt addend = register(SInt.of(PRODUCT_BITS));
    Bool addendSpecial = register(Bool.of());
    addend.set(SignedShift.left(product, productScale, PRODUCT_BITS));
    addendSpecial.set(productSpecial);

    WeightedSum next = wire(WeightedSum.type(config));
    WeightedSum stored = depth == 1 ? storedInRegister(next) : storedInFile(next, depth);
    SInt zero = SInt.literal(0, stored.sum().width());
    entry.sum().set(mux(fresh, zero, stored.sum()));
    entry.invalid().set(stored.invalid().andNot(fresh));
    next.sum().set(entry.sum().plusWrap(addend));
    next.invalid().set(entry.invalid().or(addendSpecial));
  }

  private WeightedSum storedInRegister(WeightedSum next) {
    WeightedSum sum = register(next);
    when(add, () -> connect(sum, next));
    return sum;
  }

  private WeightedSum storedInFile(WeightedSum next, int depth) {
    Memory<WeightedSum> sums = registerFile(next, depth);
    sums.write(add, index, next);
    WeightedSum stored = sums.read(index);
    return stored;
  }
}
