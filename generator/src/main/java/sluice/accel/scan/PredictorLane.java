package sluice.accel.scan;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Predicts the score of one token from its key record: the largest over the group's query heads of
 * the dot product of codes. A pipeline that stalls as a whole.
 */
public final class PredictorLane extends Module {

  /** The query codes [g][h]; stable while records are under way. */
  public final Vec<Vec<SInt>> codes;

  /** A key record: code i at bits [i * kb ..). */
  public final UInt record;

  /** Moves every stage on. */
  public final Bool advance;

  /** The predicted score, {@link #latency} advances after its record. */
  public final SInt score;

  private final List<CodeDot> heads = new ArrayList<>();

  /** A lane of an accelerator's predictor. */
  public PredictorLane(AcceleratorConfig config) {
    describe(
        """
        Predicted score of one token: the largest dot product of its key codes with the codes of
        %d query heads. Latency: %d advances."""
            .formatted(config.groupQueries(), latency(config)));
    SignalTypes types = new SignalTypes(config);
    codes = input(types.queryCodes());
    record = input(UInt.of(config.recordBits()));
    advance = input(Bool.of());
    score = output(types.predicted());

    List<SInt> dots = new ArrayList<>();
    for (Vec<SInt> headCodes : codes) {
      CodeDot head = instance(new CodeDot(config));
      connect(head.codes, headCodes);
      head.record.set(record);
      head.advance.set(advance);
      heads.add(head);
      dots.add(head.dot);
    }
    if (dots.size() == 1) {
      score.set(dots.get(0));
    } else {
      SInt largest = max(dots);
      SInt held = register(types.predicted());
      when(advance, () -> held.set(largest));
      score.set(held);
    }
  }

  /** Advances from a record to its score. */
  public static int latency(AcceleratorConfig config) {
    return CodeDot.latency(config) + (config.groupQueries() > 1 ? 1 : 0);
  }

  private static SInt max(List<SInt> values) {
    if (values.size() == 1) {
      return values.get(0);
    }
    int half = values.size() / 2;
    return max(values.subList(0, half)).max(max(values.subList(half, values.size())));
  }
}
