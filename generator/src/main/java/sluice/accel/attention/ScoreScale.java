package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Demultiplexer;
import sluice.hdl.lib.StreamMux;

/**
 * Scales dot products to scores (docs/numerics.md, section 6): {@code floor(dot * 2^-48 * factor *
 * 2^14)}, saturated to 26 bits. Keys come in order, one every {@code beatsPerVector} cycles at
 * most: where a vector has too few beats for one multiplier, several take the keys in turn.
 */
public final class ScoreScale extends Module {

  /**
   * Softmax scale times log2(e): bits of a positive FP32 number, exponent field 96 to 142. It
   * counts for the key that is taken in the cycle.
   */
  public final UInt factor = input(UInt.of(32));

  public final Stream<DotResult> dots;
  public final Stream<ScoreResult> scores;

  private final List<KeyScale> units = new ArrayList<>();

  /** The scaling of one slice. */
  public ScoreScale(AcceleratorConfig config) {
    int steps = KeyScale.steps(config);
    int count = (steps + config.beatsPerVector() - 1) / config.beatsPerVector();
    describe(
        ("Scales the dot products of keys with %d query heads to scores in units of 2^-14.\n"
                + "Latency: %d cycles; %d keys in %d cycles.")
            .formatted(config.groupQueries(), latency(config), count, steps));
    dots = input(Stream.of(DotResult.type(config)));
    scores = output(Stream.of(ScoreResult.type(config)));

    for (int i = 0; i < count; i++) {
      KeyScale unit = instance(new KeyScale(config));
      unit.factor.set(factor);
      units.add(unit);
    }
    if (count == 1) {
      dots.to(units.get(0).dots);
      units.get(0).scores.to(scores);
    } else {
      inTurn(config);
    }
  }

  /** Cycles from dot products to scores. */
  public static int latency(AcceleratorConfig config) {
    return KeyScale.latency(config);
  }

  private void inTurn(AcceleratorConfig config) {
    UInt turnIn = turn("turn_in", dots.fires());
    UInt turnOut = turn("turn_out", scores.fires());
    Demultiplexer<DotResult> sent =
        instance(new Demultiplexer<>(DotResult.type(config), units.size()));
    StreamMux<ScoreResult> collected =
        instance(new StreamMux<>(ScoreResult.type(config), units.size()));
    dots.map(dot -> new Demultiplexer.Addressed<>(turnIn, dot)).to(sent.in);
    collected.index.set(turnOut);
    for (int i = 0; i < units.size(); i++) {
      sent.outs.get(i).to(units.get(i).dots);
      units.get(i).scores.to(collected.ins.get(i));
    }
    collected.out.to(scores);
  }

  /** Whose turn it is. */
  private UInt turn(String name, Bool taken) {
    UInt turn = register(UInt.index(units.size())).reset(0).named(name);
    UInt first = UInt.literal(0, turn.width());
    UInt next = mux(turn.eq(units.size() - 1L), first, turn.plusWrap(1));
    when(taken, () -> turn.set(next));
    return turn;
  }
}
