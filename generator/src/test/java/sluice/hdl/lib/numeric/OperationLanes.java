package sluice.hdl.lib.numeric;

import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * Many copies of an operation, for words that differ in their lowest bits only: what {@code
 * verilator-tb/exhaustive} simulates.
 */
final class OperationLanes extends Module {
  /** Copies, a power of two. */
  static final int LANES = 16;

  private static final int VALUE_BITS = 32;
  private static final int FLAG_BITS = 8;

  /** One copy. */
  private static final class Lane extends Module {
    final UInt word;
    final UInt value = output(UInt.of(VALUE_BITS));
    final UInt flags = output(UInt.of(FLAG_BITS));

    Lane(WordOperation operation) {
      super(operation.word());
      word = input(UInt.of(operation.bits()));
      FloatResult result = operation.of(word);
      value.set(result.value());
      flags.set(pack(result.flags()));
    }
  }

  private final UInt block;
  private final UInt values = output(UInt.of(VALUE_BITS * LANES));
  private final UInt flags = output(UInt.of(FLAG_BITS * LANES));

  OperationLanes(WordOperation operation) {
    super(operation.word() + "_lanes");
    int laneBits = Integer.numberOfTrailingZeros(LANES);
    block = input(UInt.of(operation.bits() - laneBits));
    UInt allValues = null;
    UInt allFlags = null;
    for (int i = 0; i < LANES; i++) {
      Lane lane = instance(new Lane(operation));
      lane.word.set(block.concat(UInt.literal(i, laneBits)));
      allValues = allValues == null ? lane.value : lane.value.concat(allValues);
      allFlags = allFlags == null ? lane.flags : lane.flags.concat(allFlags);
    }
    values.set(allValues);
    flags.set(allFlags);
  }

  /** Blocks of words that there are. */
  static long blocks(WordOperation operation) {
    return (1L << operation.bits()) / LANES;
  }
}
