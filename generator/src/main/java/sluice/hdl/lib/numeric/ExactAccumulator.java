package sluice.hdl.lib.numeric;

import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * Exact sums of floating-point numbers times unsigned weights: integers in units of the least
 * subnormal (2^-24 for FP16) times that of the weight. NaN and infinity count as 0 and mark the
 * sum, unless their weight is 0. A number and its weight go in every cycle; their product is ready
 * to be added {@link #latency} cycles later. It never stalls.
 */
public final class ExactAccumulator extends Module {
  /** Bits that a carry passes in a cycle, at most. */
  private static final int SEGMENT_BITS = 19;

  /**
   * A sum.
   *
   * @param parts with carries still to be added; see {@link #resolve}
   * @param invalid whether NaN or infinity had a weight above 0
   */
  public record Entry(SegmentedAdder.Sum parts, Bool invalid) implements Bundle {}

  private record Operands(UInt number, UInt weight) implements Bundle {}

  private record Product(ExactProduct exact, Bool invalid) implements Bundle {}

  /** A number of the format. */
  public final UInt number;

  /** What it is multiplied by. */
  public final UInt weight;

  /** Adds the product to an entry; {@link #latency} cycles after its number and weight. */
  public final Bool add;

  /** The entry, to be added to or only looked at. */
  public final UInt index;

  /** Whether the entry counts as 0, whatever is stored. */
  public final Bool fresh;

  /** The entry as it is stored; what it was long ago, where it is fresh. */
  public final Entry entry;

  private final int latency;

  /**
   * @param weightBits bits of a weight
   * @param sumBits bits of a sum with its sign; at least {@link ExactProduct#weightedBits}
   * @param entries number of sums, a power of two, each with registers of its own
   * @param depth how long a stage may be, or how many stages a product takes
   */
  public ExactAccumulator(
      FloatFormat format,
      int weightBits,
      int sumBits,
      int entries,
      Arithmetic arithmetic,
      Depth depth) {
    super(format.name() + "_accumulator");
    Parameter.of("ExactAccumulator", "weightBits", weightBits).atLeast(1);
    Parameter.of("ExactAccumulator", "sumBits", sumBits)
        .atLeast(ExactProduct.weightedBits(format, weightBits));
    Parameter.of("ExactAccumulator", "entries", entries).atLeast(1);
    number = input(format.type());
    weight = input(UInt.of(weightBits));
    add = input(Bool.of());
    index = input(UInt.index(entries));
    fresh = input(Bool.of());
    entry = output(type(sumBits));

    Balanced<Product> product =
        Balanced.pipeline(
            new Operands(number, weight),
            depth,
            operands -> {
              UInt factor = operands.weight();
              Bool special = FloatFields.isSpecial(format, operands.number());
              return new Product(
                  ExactProduct.weighted(format, arithmetic, operands.number(), factor),
                  special.andNot(factor.isZero()));
            });
    latency = product.latency();
    describe(
        ("Exact sums of numbers of %s times weights of %d bits, %d entries.\n"
                + "Latency: %d cycles from number and weight to the addition.")
            .formatted(format.title(), weightBits, entries, latency));

    SInt addend = product.output().exact().integer(sumBits);
    Entry next = wire(type(sumBits));
    // The sum of a fresh entry is what is added to it.
    Entry stored = entries == 1 ? storedInRegister(next) : storedInFile(next, entries);
    connect(entry, stored);
    connect(next.parts(), adder(sumBits).add(stored.parts(), fresh, addend.asUInt()));
    next.invalid().set(stored.invalid().andNot(fresh).or(product.output().invalid()));
  }

  /** The type of an entry. */
  public static Entry type(int sumBits) {
    return new Entry(adder(sumBits).type(), Bool.of());
  }

  /** The sum that an entry stands for; combinational, to be done in several stages. */
  public static SInt resolve(Entry entry) {
    return adder(entry.parts().digits().width()).resolve(entry.parts()).asSInt();
  }

  /** Cycles from number and weight to the cycle in which {@code add} adds their product. */
  public int latency() {
    return latency;
  }

  private static SegmentedAdder adder(int sumBits) {
    return new SegmentedAdder(sumBits, SEGMENT_BITS, 1);
  }

  private Entry storedInRegister(Entry next) {
    Entry sum = register(next);
    when(add, () -> connect(sum, next));
    return sum;
  }

  private Entry storedInFile(Entry next, int entries) {
    Memory<Entry> sums = registerFile(next, entries);
    sums.write(add, index, next);
    Entry stored = sums.read(index);
    return stored;
  }
}
