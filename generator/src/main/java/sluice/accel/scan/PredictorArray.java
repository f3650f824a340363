package sluice.accel.scan;

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
 * The predictor of a slice: for every beat of key records, the predicted scores of its tokens, a
 * lane for each. One beat a cycle; {@link PredictorLane#latency} cycles; stalls as a whole while
 * the consumer does not take the oldest scores.
 */
public final class PredictorArray extends Module {

  /** The query codes [g][h]; stable while beats are under way. */
  public final Vec<Vec<SInt>> codes;

  /** Beats of key records: lane l's at bits [l * recordBits ..). */
  public final Stream<UInt> beats;

  /** The predicted scores of a beat's tokens, in order of the beats. */
  public final Stream<Vec<SInt>> scores;

  private final List<PredictorLane> lanes = new ArrayList<>();

  /** The predictor of one of an accelerator's slices. */
  public PredictorArray(AcceleratorConfig config) {
    int latency = PredictorLane.latency(config);
    int recordBits = config.recordBits();
    describe(
        """
        Predicted scores of the tokens of a beat of key records, in %d lanes.
        One beat a cycle. Latency: %d cycles."""
            .formatted(config.lanes(), latency));
    SignalTypes types = new SignalTypes(config);
    codes = input(types.queryCodes());
    beats = input(Stream.of(types.beat()));
    scores = output(Stream.of(Vec.of(config.lanes(), types.predicted())));

    Bool advance = Pipeline.between(beats, scores, latency).advance();
    List<SInt> laneScores = new ArrayList<>();
    for (int l = 0; l < config.lanes(); l++) {
      PredictorLane lane = instance(new PredictorLane(config));
      connect(lane.codes, codes);
      lane.record.set(beats.payload().bits((l + 1) * recordBits - 1, l * recordBits));
      lane.advance.set(advance);
      lanes.add(lane);
      laneScores.add(lane.score);
    }
    connect(scores.payload(), Vec.from(laneScores));
  }
}
