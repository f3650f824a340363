package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * Where the last token of a sequence is.
 *
 * @param row its row
 * @param lane its lane in the row, below R
 */
record LastToken(UInt row, UInt lane) implements Bundle {

  static LastToken type(AcceleratorConfig config) {
    return new LastToken(new SignalTypes(config).row(), UInt.index(config.rowTokens()));
  }

  /** The last of a number of tokens, which is at least 1. */
  static LastToken of(UInt tokens, AcceleratorConfig config) {
    int rowTokens = config.rowTokens();
    int laneBits = Integer.numberOfTrailingZeros(rowTokens);
    int indexBits = Integer.numberOfTrailingZeros(config.context());
    UInt index = tokens.minusWrap(1);
    return new LastToken(
        config.rows() == 1 ? UInt.literal(0) : index.bits(indexBits - 1, laneBits),
        rowTokens == 1 ? UInt.literal(0) : index.truncate(laneBits));
  }
}
