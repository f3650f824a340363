package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Pipeline;

/**
 * Scales dot products to scores (docs/numerics.md, section 6): {@code floor(dot * 2^-48 * factor *
 * 2^14)}, saturated to 26 bits. A token a cycle; {@code ScaleLane.latency} cycles. Stalls as a
 * whole.
 */
public final class ScoreScale extends Module {

  /** Softmax scale times log2(e): bits of a positive FP32 number, exponent field 96 to 142. */
  public final UInt factor;

  public final Stream<DotResult> dots;
  public final Stream<ScoreResult> scores;

  private final List<ScaleLane> lanes = new ArrayList<>();

  /** The scaling of one slice. */
  public ScoreScale(AcceleratorConfig config) {
    int latency = ScaleLane.latency(config);
    describe(
        ("Scales the dot products of %d query heads to scores in units of 2^-14.\n"
                + "Latency: %d cycles; a token a cycle.")
            .formatted(config.groupQueries(), latency));
    factor = input(UInt.of(32));
    dots = input(Stream.of(DotResult.type(config)));
    scores = output(Stream.of(ScoreResult.type(config)));

    Pipeline pipeline = Pipeline.between(dots, scores, latency);
    for (int g = 0; g < config.groupQueries(); g++) {
      ScaleLane lane = instance(new ScaleLane(config));
      lanes.add(lane);
      lane.enable.set(pipeline.advance());
      lane.factor.set(factor);
      lane.dot.set(dots.payload().sums().get(g));
      scores.payload().scores().get(g).set(lane.score);
    }
    scores.payload().invalid().set(pipeline.carry(dots.payload().invalid(), "invalid_stages"));
  }
}
