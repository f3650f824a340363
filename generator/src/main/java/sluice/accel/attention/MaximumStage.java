package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.StreamFork;

/**
 * The one number of a head that crosses the slices before its weights: when all slices have scored
 * a head, the largest score of them all is given to each.
 *
 * <p>Latency: 1 cycle; every slice takes the head at its own time.
 */
public final class MaximumStage extends Module {

  /** Heads as the slices have scored them, [C]. */
  public final List<Stream<ScoreStage.ScoredHead>> scored = new ArrayList<>();

  /**
   * Weights below it count as 0; once a head, before it is scored. As many wait as there are heads
   * in flight.
   */
  public final Stream<UInt> skips;

  /** The heads for the slices, [C]. */
  public final List<Stream<WeightStage.WeightHead>> heads = new ArrayList<>();

  /** Whether a key of the head held NaN or infinity; once a head. */
  public final Stream<Bool> keyInvalid = output(Stream.of(Bool.of()));

  public MaximumStage(AcceleratorConfig config) {
    int slices = config.channels();
    describe(
        "The largest score of a head in " + slices + " slices, given to each.\nLatency: 1 cycle.");
    SignalTypes types = new SignalTypes(config);
    for (int c = 0; c < slices; c++) {
      scored.add(input(Stream.of(ScoreStage.ScoredHead.type(config)), "scored_" + c));
      heads.add(output(Stream.of(WeightStage.WeightHead.type(config)), "heads_" + c));
    }
    skips = input(Stream.of(types.weight()));
    Queue<UInt> skipsWaiting =
        instance(new Queue<>(types.weight(), AcceleratorConfig.HEADS_IN_FLIGHT));
    skips.to(skipsWaiting.in);

    Bool known = register(Bool.of()).reset(false);
    WeightStage.WeightHead head = register(WeightStage.WeightHead.type(config));
    Bool invalid = register(Bool.of());
    Bool given = wire(Bool.of());
    Bool accept = known.not().or(given);
    Bool complete =
        BalancedTree.reduce(scored.stream().map(Stream::valid).toList(), Bool::and)
            .and(skipsWaiting.out.valid())
            .and(accept);
    skipsWaiting.out.ready().set(complete);
    when(accept, () -> known.set(complete));
    when(
        complete,
        () -> {
          for (int g = 0; g < config.groupQueries(); g++) {
            int query = g;
            SInt largest =
                BalancedTree.reduce(
                    scored.stream().map(slice -> slice.payload().maximum().get(query)).toList(),
                    SInt::max);
            head.maximum().get(g).set(largest);
          }
          head.skip().set(skipsWaiting.out.payload());
          invalid.set(
              BalancedTree.reduce(
                  scored.stream().map(slice -> slice.payload().invalid()).toList(), Bool::or));
        });
    scored.forEach(slice -> slice.ready().set(complete));

    // To every slice, and to the output.
    StreamFork<Bool> fork = instance(new StreamFork<>(Bool.of(), slices + 1));
    fork.in.valid().set(known);
    fork.in.payload().set(invalid);
    given.set(fork.in.fires());
    for (int c = 0; c < slices; c++) {
      fork.outs.get(c).map(any -> head).to(heads.get(c));
    }
    fork.outs.get(slices).to(keyInvalid);
  }
}
