package sluice.hdl.lib.numeric;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.ShiftRegister;

/**
 * The exact dot product of two vectors of floating-point numbers, in beats of E elements: an
 * integer in units of the product of the least subnormals (2^-48 for FP16). NaN and infinity count
 * as 0. Takes a beat in every cycle and never stalls; who may have to wait for a sum's taker keeps
 * room for it before its last beat goes in.
 *
 * <p>Each product is shifted in full and all are added by carry-save adders; nothing is ever
 * rounded, so that the order of the elements does not matter.
 */
public final class DotProduct extends Module {
  /** Bits that a carry passes in a cycle, at most. */
  private static final int SEGMENT_BITS = 22;

  /** Whether there is a beat in this cycle. */
  public final Bool valid;

  /** Whether the beat is the first of its vectors. */
  public final Bool first;

  /** E elements of a vector. */
  public final Vec<UInt> left;

  /** The same elements of the other vector. */
  public final Vec<UInt> right;

  /**
   * The sum of the products of all beats from the first one to that of {@link #latency} cycles ago.
   * It stays until the next beat's.
   */
  public final SInt sum;

  private final int latency;

  /**
   * @param elements E, of a beat; at least 2
   * @param beats of a vector, at most
   * @param depth how long a stage may be, or how many there are up to the sum of a beat and, again,
   *     up to the sum of all beats
   */
  public DotProduct(
      FloatFormat format, int elements, int beats, Arithmetic arithmetic, Depth depth) {
    super(format.name() + "_dot_product" + elements);
    Parameter.of("DotProduct", "elements", elements).atLeast(2);
    Parameter.of("DotProduct", "beats", beats).atLeast(1);
    int width = bits(format, elements, beats);
    valid = input(Bool.of());
    first = input(Bool.of());
    left = input(Vec.of(elements, format.type()));
    right = input(Vec.of(elements, format.type()));
    sum = output(SInt.of(width));

    Balanced<CarrySave> beat =
        Balanced.pipeline(
            Vec.from(List.of(left, right)),
            depth,
            vectors -> {
              List<SInt> products = new ArrayList<>();
              for (int e = 0; e < elements; e++) {
                ExactProduct product =
                    ExactProduct.of(
                        format, arithmetic, vectors.get(0).get(e), vectors.get(1).get(e));
                products.add(product.integer(ExactProduct.bits(format)));
              }
              return CarrySave.of(arithmetic, products, width);
            });
    Bool added = carried(valid, beat.latency(), "valid_stages");
    Bool fresh = carried(first, beat.latency(), "first_stages");

    SegmentedAdder adder = new SegmentedAdder(width, SEGMENT_BITS, 2);
    SegmentedAdder.Sum total = register(adder.type());
    when(added, () -> connect(total, adder.add(total, fresh, beat.output())));
    Balanced<UInt> resolved = Balanced.pipeline(total, depth, adder::resolve);
    sum.set(resolved.output().asSInt());
    latency = beat.latency() + 1 + resolved.latency();
    describe(
        ("Exact dot product of two vectors of %s, %d elements a beat, at most %d beats; NaN and"
                + " infinity count as 0.\nLatency: %d cycles, a beat a cycle.")
            .formatted(format.title(), elements, beats, latency));
  }

  /** Bits of the sum of so many beats, with its sign. */
  public static int bits(FloatFormat format, int elements, int beats) {
    return ExactProduct.bits(format) + UInt.bitsFor((long) elements * beats - 1);
  }

  /** Cycles from a beat to the sum it is part of. */
  public int latency() {
    return latency;
  }

  /** What a flag was some cycles ago. */
  private Bool carried(Bool flag, int cycles, String name) {
    if (cycles == 0) {
      return flag;
    }
    UInt stages = register(UInt.of(cycles)).named(name);
    stages.set(ShiftRegister.next(stages, flag));
    return stages.bit(cycles - 1);
  }
}
