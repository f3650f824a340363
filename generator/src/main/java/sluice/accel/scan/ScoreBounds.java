package sluice.accel.scan;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.LeadingZeros;

/**
 * The bounds of the predicted scores, from the query codes alone: a head's score is least where all
 * its negative codes meet the largest key code N, and greatest where all its positive ones do. Of
 * the heads, the greatest bound of each kind counts.
 */
final class ScoreBounds extends Module {

  /** Begins a group of query heads. */
  final Bool start;

  /** Whether {@code code} holds one of the head's codes. */
  final Bool codeValid;

  final SInt code;

  /** All codes of a head were given, the last at least one cycle ago. */
  final Bool headEnds;

  /** lo over the heads ended so far. */
  final SInt lowest;

  /** max(0, bitlength(hi - lo) - log2 B) over the heads ended so far. */
  final UInt shift;

  ScoreBounds(AcceleratorConfig config) {
    describe(
        """
        The lower bound of the predicted scores and the shift to their %d buckets.
        Latency from the end of a head: 1 cycle."""
            .formatted(config.buckets()));
    SignalTypes types = new SignalTypes(config);
    SInt scoreType = types.predicted();
    int mostCode = (1 << (config.queryBits() - 1)) - 1;
    long mostSum = (long) config.heavyChannels() * mostCode;
    long leastScore = -mostSum * config.thresholds();
    start = input(Bool.of());
    codeValid = input(Bool.of());
    code = input(types.queryCode());
    headEnds = input(Bool.of());
    lowest = output(scoreType);
    shift = output(types.bucketShift());

    SInt negativeSum = register(SInt.range(-mostSum, 0));
    UInt positiveSum = register(UInt.upTo(mostSum));
    SInt low = register(scoreType);
    SInt high = register(scoreType);
    SInt headLow = negativeSum.times(SInt.literal(config.thresholds())).resize(scoreType.width());
    SInt headHigh = positiveSum.times(config.thresholds()).resize(scoreType.width() - 1).toSInt();
    when(
        codeValid,
        () -> {
          when(code.isNegative(), () -> negativeSum.set(negativeSum.plusWrap(code)))
              .otherwise(
                  () ->
                      positiveSum.set(
                          positiveSum.plusWrap(code.asUInt().truncate(config.queryBits() - 1))));
        });
    when(
        headEnds,
        () -> {
          low.set(low.max(headLow));
          high.set(high.max(headHigh));
          negativeSum.set(0);
          positiveSum.set(0);
        });
    when(
        start,
        () -> {
          low.set(leastScore);
          high.set(0);
          negativeSum.set(0);
          positiveSum.set(0);
        });
    lowest.set(low);
    shift.set(shiftOf(high.minus(low).asUInt(), config.buckets()));
  }

  /** The length in binary of what a span exceeds the number of buckets by. */
  private static UInt shiftOf(UInt span, int buckets) {
    int bucketBits = Integer.numberOfTrailingZeros(buckets);
    if (span.width() <= bucketBits) {
      return UInt.literal(0);
    }
    UInt above = span.shiftRight(bucketBits);
    UInt aboveAndOne = above.concat(UInt.literal(1));
    UInt zeros = LeadingZeros.of(aboveAndOne);
    return UInt.literal(above.width(), zeros.width()).minusWrap(zeros);
  }
}
