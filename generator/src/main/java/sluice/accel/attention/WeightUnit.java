package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Pipeline;

/**
 * Turns scores into weights (docs/numerics.md, section 7): 2 to the power of a score's distance
 * from the largest, in units of 2^-16; weights below {@code skip} become 0. A token a cycle; 6
 * cycles. Stalls as a whole.
 */
public final class WeightUnit extends Module {

  /** The largest score of each query head; stable while there are scores. */
  public final Vec<SInt> maximum;

  /** The skip threshold, 0 to 65536; stable while there are scores. */
  public final UInt skip;

  /** Scores of tokens, [G]; none above the maximum. */
  public final Stream<Vec<SInt>> scores;

  /** Weights of the same tokens, [G]. */
  public final Stream<Vec<UInt>> weights;

  private final List<WeightLane> lanes = new ArrayList<>();

  /** The weights of one slice. */
  public WeightUnit(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    describe(
        "Turns the scores of %d query heads into weights.\nLatency: %d cycles; a token a cycle."
            .formatted(config.groupQueries(), WeightLane.LATENCY));
    maximum = input(types.scores());
    skip = input(types.weight());
    scores = input(Stream.of(types.scores()));
    weights = output(Stream.of(types.weights()));

    Pipeline pipeline = Pipeline.between(scores, weights, WeightLane.LATENCY);
    for (int g = 0; g < config.groupQueries(); g++) {
      WeightLane lane = instance(new WeightLane(config));
      lanes.add(lane);
      lane.enable.set(pipeline.advance());
      lane.maximum.set(maximum.get(g));
      lane.skip.set(skip);
      lane.score.set(scores.payload().get(g));
      weights.payload().get(g).set(lane.weight);
    }
  }
}
