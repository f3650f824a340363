package sluice.accel.topk;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Pipeline;

/**
 * Pools predicted scores: {@code P'_t = max P_{t+j}} for |j| &lt;= (w-1)/2 and 0 &lt;= t+j &lt; n.
 * Three {@linkplain PoolingStep steps} widen the window by one token on either side each; w decides
 * how many of them do.
 *
 * <p>One row a cycle; a row comes out one cycle after the third row behind it is taken, and the
 * last rows of a head follow without further input.
 */
public final class Pooling extends Module {
  /** Steps of the widest window, 7. */
  private static final int STEPS = 3;

  /** Begins a head: a pulse, before its rows; rows are taken from the next cycle on. */
  public final Bool start;

  /** Tokens of the sequence, n, 1 to context. */
  public final UInt tokens;

  /** Tokens of the pooling window, w: 1, 3, 5 or 7. */
  public final UInt window;

  /** Predicted scores, [R] a row; exactly ceil(n/R) rows. Lanes beyond n may hold anything. */
  public final Stream<Vec<SInt>> rows;

  /** Pooled scores, as many rows in the same order. Lanes beyond n are undefined. */
  public final Stream<Vec<SInt>> pooled;

  public Pooling(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int lanes = config.rowTokens();
    Vec<SInt> rowType = Vec.of(lanes, types.predicted());
    describe(
        "Replaces every predicted score by the largest of its window of 1, 3, 5 or 7 tokens."
            + " Rows of "
            + lanes
            + " tokens, one a cycle; a row comes out one cycle after the third row behind it, or"
            + " after the head's last row, is taken.");
    start = input(Bool.of());
    tokens = input(types.tokens());
    window = input(UInt.of(3));
    rows = input(Stream.of(rowType));
    pooled = output(Stream.of(rowType));

    Bool running = register(Bool.of()).reset(false);
    UInt row = register(types.row());
    LastToken last = register(LastToken.type(config));
    Bool isLast = row.eq(last.row());

    List<PoolingStep> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      PoolingStep step = instance(new PoolingStep(config));
      step.widen.set(window.ge(2 * i + 3L));
      if (i > 0) {
        steps.get(i - 1).out.to(step.in);
      }
      steps.add(step);
    }

    ScoreRow head = steps.get(0).in.payload();
    connect(head.scores(), known(rows.payload(), isLast, last.lane()));
    head.first().set(row.isZero());
    head.last().set(isLast);
    steps.get(0).in.valid().set(rows.valid().and(running));
    rows.ready().set(steps.get(0).in.ready().and(running));
    when(
            start,
            () -> {
              running.set(true);
              row.set(0);
              connect(last, LastToken.of(tokens, config));
            })
        .elseWhen(
            rows.fires(),
            () -> {
              row.set(row.plusWrap(1));
              when(isLast, () -> running.set(false));
            });

    Stream<ScoreRow> widened = steps.get(STEPS - 1).out;
    Vec<SInt> pooledScores = register(rowType);
    Pipeline pipeline = Pipeline.between(widened, pooled, 1);
    when(pipeline.advance(), () -> connect(pooledScores, widened.payload().scores()));
    connect(pooled.payload(), pooledScores);
  }

  /** The scores, those of lanes beyond the last token replaced by one that never is the largest. */
  private static Vec<SInt> known(Vec<SInt> scores, Bool isLast, UInt lastLane) {
    int width = scores.get(0).width();
    SInt least = SInt.literal(-(1L << (width - 1)), width);
    return Vec.generate(
        scores.size(),
        lane -> {
          SInt score = scores.get(lane);
          // A row always holds a token in lane 0.
          return lane == 0 ? score : mux(isLast.and(lastLane.lt(lane)), least, score);
        });
  }
}
