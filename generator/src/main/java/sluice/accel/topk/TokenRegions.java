package sluice.accel.topk;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * The parts of a sequence that {@link RegionEnds} tells, as bounds that rows are compared with.
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

  static TokenRegions of(RegionEnds ends, AcceleratorConfig config) {
    return new TokenRegions(
        TokenBound.before(ends.sink(), config),
        TokenBound.before(ends.recent(), config),
        TokenBound.before(ends.tokens(), config));
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
