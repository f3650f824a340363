package sluice.accel.topk;

import static sluice.hdl.Module.mux;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * Where the parts of a sequence end: its first {@code sink} tokens are forced, candidates follow,
 * and the last {@code recent} are forced again. Sink and recent may reach beyond the sequence and
 * into each other.
 *
 * @param sink behind the last token forced at the beginning
 * @param recent in front of the first token forced at the end
 * @param end behind the last token, n
 */
record TokenRegions(TokenBound sink, TokenBound recent, TokenBound end) implements Bundle {

  static TokenRegions type(AcceleratorConfig config) {
    TokenBound bound = TokenBound.type(config);
    return new TokenRegions(bound, bound, bound);
  }

  /** The regions of a sequence; all numbers of the type of a number of tokens. */
  static TokenRegions of(UInt tokens, UInt sink, UInt recent, AcceleratorConfig config) {
    SInt difference = tokens.minus(recent);
    UInt none = UInt.literal(0, tokens.width());
    UInt older = mux(difference.isNegative(), none, difference.asUInt().truncate(tokens.width()));
    return new TokenRegions(
        TokenBound.before(sink, config),
        TokenBound.before(older, config),
        TokenBound.before(tokens, config));
  }

  /** The lanes of a row whose tokens compete for the budget. */
  UInt candidates(UInt row) {
    return recent.below(row).and(sink.below(row).not());
  }

  /** The lanes of a row that hold tokens. */
  UInt present(UInt row) {
    return end.below(row);
  }
}
