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
import sluice.hdl.Vec;
import sluice.hdl.lib.SteppedMux;

/**
 * The weighted sums of values o[G][d] of a slice (docs/numerics.md, section 8): {@code o[g][j] +=
 * weight[g] * value[j]}, exact. Takes a beat a cycle, always.
 *
 * <p>{@code clear} starts new sums at once: beats taken in its cycle or later count, what was
 * stored is forgotten. Clear and read only while {@code busy} is low.
 */
public final class ValueAccumulator extends Module {

  private static final int SELECT_STEPS = 3;

  /** Cycles from {@code readQuery} and {@code readElement} to the sum; a read a cycle. */
  public static final int READ_LATENCY = 1 + SELECT_STEPS;

  /** Makes all sums 0; a pulse. */
  public final Bool clear;

  public final Stream<ValueBeat> beats;

  /** Whether beats that were taken are not in the sums yet. */
  public final Bool busy;

  /** The query head to read, g. */
  public final UInt readQuery;

  /** The element to read, j. */
  public final UInt readElement;

  /** What was asked for {@link #READ_LATENCY} cycles ago, in units of 2^-40. */
  public final SInt sum;

  /** Whether a value that counts in the sum was NaN or infinity. */
  public final Bool invalid;

  /** Each adds for one query head and element position: [G][E]. */
  private final List<List<AccumulateLane>> lanes = new ArrayList<>();

  /** The sums of one slice. */
  public ValueAccumulator(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int elements = config.elementsPerBeat();
    describe(
        ("Exact weighted sums of values: %d query heads, %d elements, %d a beat.\n"
                + "Latency: %d cycles from a beat to its sums; %d cycles to read a sum.")
            .formatted(
                config.groupQueries(),
                config.headDim(),
                elements,
                AccumulateLane.LATENCY + 1,
                READ_LATENCY));
    clear = input(Bool.of());
    beats = input(Stream.of(ValueBeat.type(config)));
    busy = output(Bool.of());
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());
    invalid = output(Bool.of());

    beats.ready().set(true);
    UInt validStages = register(UInt.of(AccumulateLane.LATENCY)).reset(0);
    validStages.set(
        validStages.truncate(AccumulateLane.LATENCY - 1).concat(beats.valid().asUInt()));
    UInt beatIndex = beats.payload().index();
    for (int stage = 0; stage < AccumulateLane.LATENCY; stage++) {
      UInt indexStage = register(types.beatIndex());
      indexStage.set(beatIndex);
      beatIndex = indexStage;
    }
    Bool add = validStages.bit(AccumulateLane.LATENCY - 1);
    busy.set(validStages.orReduce());

    UInt readBeat = register(types.beatIndex());
    UInt readLane = register(UInt.index((long) config.groupQueries() * elements));
    int elementBits = Integer.numberOfTrailingZeros(elements);
    UInt element = readElement.truncate(elementBits);
    if (config.beatsPerVector() == 1) {
      readBeat.set(0);
    } else {
      readBeat.set(readElement.shiftRight(elementBits));
    }
    readLane.set(config.groupQueries() == 1 ? element : readQuery.concat(element));

    // Which entries hold sums of this head: clearing takes no walk through the lanes.
    UInt touched = register(UInt.of(config.beatsPerVector()));
    UInt index = mux(add, beatIndex, readBeat);
    Bool fresh = touched.bit(index).not();
    UInt mark = UInt.literal(1).shiftLeft(beatIndex, touched.width());
    when(clear, () -> touched.set(0)).elseWhen(add, () -> touched.set(touched.or(mark)));

    List<WeightedSum> entries = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      List<AccumulateLane> lanesOfHead = new ArrayList<>();
      lanes.add(lanesOfHead);
      for (int e = 0; e < elements; e++) {
        AccumulateLane lane = instance(new AccumulateLane(config));
        lane.value.set(beats.payload().values().get(e));
        lane.weight.set(beats.payload().weights().get(g));
        lane.add.set(add);
        lane.index.set(index);
        lane.fresh.set(fresh);
        lanesOfHead.add(lane);
        entries.add(lane.entry);
      }
    }
    SteppedMux<WeightedSum> readMux =
        instance(new SteppedMux<>(WeightedSum.type(config), entries.size(), SELECT_STEPS));
    connect(readMux.values, Vec.from(entries));
    readMux.index.set(readLane);
    sum.set(readMux.selected.sum());
    invalid.set(readMux.selected.invalid());
  }
}
