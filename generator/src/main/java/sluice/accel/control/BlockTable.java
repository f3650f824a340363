package sluice.accel.control;

import sluice.config.AcceleratorConfig;
import sluice.hdl.UInt;
import sluice.layout.HostLayout;

/** Sizes of a sequence's block table, as signals. */
final class BlockTable {
  /** Entries in a word of the host port. */
  static final int ENTRIES_PER_WORD =
      AcceleratorConfig.HOST_BITS / 8 / HostLayout.BLOCK_ENTRY_BYTES;

  private BlockTable() {}

  /** Pages of a sequence: ceil(tokens / pageTokens). */
  static UInt entries(AcceleratorConfig config, UInt tokens) {
    int shift = Integer.numberOfTrailingZeros(config.pageTokens());
    return tokens.plus(config.pageTokens() - 1L).shiftRight(shift);
  }

  /** Words that hold a number of entries. */
  static UInt words(UInt entries) {
    return entries.plus(ENTRIES_PER_WORD - 1L).shiftRight(1);
  }
}
