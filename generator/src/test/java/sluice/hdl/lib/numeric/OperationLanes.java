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

  /** Blocks of words that there are. */
  static final long BLOCKS = (1L << 32) / LANES;

  private static final int VALUE_BITS = 32;
  private static final int FLAG_BITS = 8;

  /** One copy. */
  private static final class Lane extends Module {
    final UInt word = input(UInt.of(32));
    final UInt value = output(UInt.of(VALUE_BITS));
    final UInt flags = output(UInt.of(FLAG_BITS));

    Lane(WordOperation operation) {
      super(operation.word());
      FloatResult result = operation.of(word);
      value.set(result.value());
      flags.set(pack(result.flags()));
    }
  }

  private final UInt block = input(UInt.of(Long.numberOfTrailingZeros(BLOCKS)));
  private final UInt values = output(UInt.of(VALUE_BITS * LANES));
  private final UInt flags = output(UInt.of(FLAG_BITS * LANES));

  OperationLanes(WordOperation operation) {
    super(operation.word() + "_lanes");
    int laneBits = Integer.numberOfTrailingZeros(LANES);
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
}
