package sluice.accel.topk;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.Vec;

/**
 * Widens the pooling window by one token on either side: every score becomes the largest of itself
 * and its two neighbours in token order. Whatever the number of lanes, the neighbours are in the
 * same row or at the near edge of the row before or after.
 *
 * <p>A row comes out when the next one is offered, or at once if it is the last; the output is
 * combinational from there, so that steps can be chained with one row of registers each.
 */
final class PoolingStep extends Module {
  /** Whether this step widens the window; otherwise scores pass unchanged. */
  public final Bool widen;

  public final Stream<ScoreRow> in;
  public final Stream<ScoreRow> out;

  PoolingStep(AcceleratorConfig config) {
    describe(
        "Replaces every score by the largest of itself and its two neighbours in token order, rows"
            + " of "
            + config.rowTokens()
            + " scores. One row is held until the next one is offered or it is the last.");
    widen = input(Bool.of());
    in = input(Stream.of(ScoreRow.type(config)));
    out = output(Stream.of(ScoreRow.type(config)));

    int lanes = config.rowTokens();
    Bool centreValid = register(Bool.of()).reset(false);
    ScoreRow centre = register(ScoreRow.type(config));
    SInt left = register(centre.scores().get(0));
    SInt right = in.payload().scores().get(0);

    // A neighbour that does not exist is replaced by the score itself.
    SInt leftmost = centre.scores().get(0);
    SInt rightmost = centre.scores().get(lanes - 1);
    SInt leftNeighbour = mux(centre.first(), leftmost, left);
    SInt rightNeighbour = mux(centre.last(), rightmost, right);
    List<SInt> widened = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      SInt score = centre.scores().get(lane);
      SInt before = lane == 0 ? leftNeighbour : centre.scores().get(lane - 1);
      SInt after = lane == lanes - 1 ? rightNeighbour : centre.scores().get(lane + 1);
      SInt pair = before.max(score);
      SInt largest = pair.max(after);
      widened.add(mux(widen, largest, score));
    }

    out.valid().set(centreValid.and(centre.last().or(in.valid())));
    connect(out.payload(), new ScoreRow(Vec.from(widened), centre.first(), centre.last()));
    in.ready().set(out.fires().or(centreValid.not()));
    when(
            in.fires(),
            () -> {
              centreValid.set(true);
              connect(centre, in.payload());
              left.set(rightmost);
            })
        .elseWhen(out.fires(), () -> centreValid.set(false));
  }
}
