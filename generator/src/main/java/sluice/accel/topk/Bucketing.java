package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Pipeline;

/**
 * The bucket of every pooled score: {@code (P' - lo) >> shift}. Two cycles of latency, one row a
 * cycle.
 */
public final class Bucketing extends Module {
  /** The lower bound of all scores, lo. */
  public final SInt lowest;

  /** How many bits a score is shifted right. */
  public final UInt shift;

  /** Pooled scores, [R] a row, at least {@code lowest} where a token is. */
  public final Stream<Vec<SInt>> pooled;

  /** Their buckets, as many rows in the same order. */
  public final Stream<Vec<UInt>> buckets;

  public Bucketing(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int lanes = config.rowTokens();
    int scoreBits = types.predicted().width();
    describe(
        "Turns rows of "
            + lanes
            + " pooled scores into buckets: (score - lowest) >> shift. Latency 2 cycles, one row a"
            + " cycle.");
    lowest = input(types.predicted());
    shift = input(types.bucketShift());
    pooled = input(Stream.of(Vec.of(lanes, types.predicted())));
    buckets = output(Stream.of(Vec.of(lanes, types.bucket())));

    // No score is below the lowest, and their distance fits into the bits of a score.
    Vec<UInt> offsets = register(Vec.of(lanes, UInt.of(scoreBits)));
    Vec<UInt> bucketRow = register(Vec.of(lanes, types.bucket()));
    Pipeline pipeline = Pipeline.between(pooled, buckets, 2);
    when(
        pipeline.advance(),
        () -> {
          for (int lane = 0; lane < lanes; lane++) {
            SInt offset = pooled.payload().get(lane).minus(lowest);
            UInt shifted = offsets.get(lane).shiftRight(shift);
            offsets.get(lane).set(offset.asUInt().truncate(scoreBits));
            bucketRow.get(lane).set(shifted.resize(types.bucket().width()));
          }
        });
    connect(buckets.payload(), bucketRow);
  }
}
