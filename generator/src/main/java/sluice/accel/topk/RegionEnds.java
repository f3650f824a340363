package sluice.accel.topk;

import static sluice.hdl.Module.mux;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * Where the parts of a sequence end, in tokens: its first {@code sink} tokens are forced,
 * candidates follow, and all from {@code recent} on are forced again. The sink may reach beyond the
 * others.
 *
 * @param sink behind the last token forced at the beginning, 0 to context
 * @param recent in front of the first token forced at the end, 0 to n
 * @param tokens behind the last token, n
 */
record RegionEnds(UInt sink, UInt recent, UInt tokens) implements Bundle {

  static RegionEnds type(AcceleratorConfig config) {
    UInt tokens = new SignalTypes(config).tokens();
    return new RegionEnds(tokens, tokens, tokens);
  }

  /** The ends for a head; all tokens of a dense one are forced. */
  static RegionEnds of(TopK.Head head) {
    UInt tokens = head.tokens();
    SInt older = tokens.minus(head.recent());
    UInt none = UInt.literal(0, tokens.width());
    return new RegionEnds(
        mux(head.dense(), tokens, head.sink()),
        mux(older.isNegative(), none, older.asUInt().truncate(tokens.width())),
        tokens);
  }
}
