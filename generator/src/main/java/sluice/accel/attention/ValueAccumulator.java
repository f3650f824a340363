package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.DataPath;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.ShiftRegister;
import sluice.hdl.lib.SteppedMux;
import sluice.hdl.lib.numeric.ExactAccumulator;
import sluice.hdl.lib.numeric.FloatFormat;

/**
 * The weighted sums of values o[G][d] of a slice (docs/numerics.md, section 8): {@code o[g][j] +=
 * weight[g] * value[j]}, exact. Takes a beat a cycle, always.
 *
 * <p>{@code clear} starts new sums at once: beats taken in its cycle or later count, what was
 * stored is forgotten. Clear and read only while {@code busy} is low.
 */
public final class ValueAccumulator extends Module {

  private static final int SELECT_STEPS = 3;

  /** Stages in which the carries of a sum that is read are added. */
  private static final int RESOLVE_STAGES = 2;

  /** Cycles from {@code readQuery} and {@code readElement} to the sum; a read a cycle. */
  public static final int READ_LATENCY = 1 + SELECT_STEPS + RESOLVE_STAGES;

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

  private record ReadEntry(ExactAccumulator.Entry entry, Bool empty) implements Bundle {}

  /** Each adds for one query head and element position: [G][E]. */
  private final List<List<ExactAccumulator>> lanes = new ArrayList<>();

  /** The sums of one slice. */
  public ValueAccumulator(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    DataPath path = DataPath.of(config);
    int elements = config.elementsPerBeat();
    clear = input(Bool.of());
    beats = input(Stream.of(ValueBeat.type(config)));
    busy = output(Bool.of());
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());
    invalid = output(Bool.of());

    beats.ready().set(true);
    for (int g = 0; g < config.groupQueries(); g++) {
      List<ExactAccumulator> lanesOfHead = new ArrayList<>();
      lanes.add(lanesOfHead);
      for (int e = 0; e < elements; e++) {
        ExactAccumulator lane =
            instance(
                new ExactAccumulator(
                    FloatFormat.FP16,
                    types.weight().width(),
                    types.weightedSum().width(),
                    config.beatsPerVector(),
                    path.arithmetic(),
                    path.depth()));
        lane.number.set(beats.payload().values().get(e));
        lane.weight.set(beats.payload().weights().get(g));
        lanesOfHead.add(lane);
      }
    }
    int cycles = lanes.get(0).get(0).latency();
    describe(
        ("Exact weighted sums of values: %d query heads, %d elements, %d a beat.\n"
                + "Latency: %d cycles from a beat to its sums; %d cycles to read a sum.")
            .formatted(
                config.groupQueries(), config.headDim(), elements, cycles + 1, READ_LATENCY));
    UInt validStages = register(UInt.of(cycles)).reset(0);
    validStages.set(ShiftRegister.next(validStages, beats.valid()));
    busy.set(validStages.orReduce());
    Bool add = validStages.bit(cycles - 1);
    Bool adds = cycles == 1 ? beats.valid() : validStages.bit(cycles - 2);
    UInt beatIndex = beats.payload().index();
    for (int stage = 1; stage < cycles; stage++) {
      UInt indexStage = register(types.beatIndex());
      indexStage.set(beatIndex);
      beatIndex = indexStage;
    }

    int elementBits = Integer.numberOfTrailingZeros(elements);
    UInt element = readElement.truncate(elementBits);
    UInt readBeat =
        config.beatsPerVector() == 1
            ? UInt.literal(0, beatIndex.width())
            : readElement.shiftRight(elementBits);
    UInt readLane = register(UInt.index((long) config.groupQueries() * elements));
    readLane.set(config.groupQueries() == 1 ? element : readQuery.concat(element));

    // Which entries hold sums of this head: clearing takes no walk through the lanes. All lanes
    // hang on the index and on whether it is fresh, so both are found a cycle before.
    UInt touched = register(UInt.of(config.beatsPerVector()));
    UInt index = register(types.beatIndex());
    Bool fresh = register(Bool.of());
    UInt nextIndex = mux(adds, beatIndex, readBeat);
    UInt kept = touched.and(clear.not().asUInt().repeat(touched.width()));
    UInt mark = adds.asUInt().shiftLeft(beatIndex, touched.width());
    touched.set(kept.or(mark));
    index.set(nextIndex);
    fresh.set(kept.bit(nextIndex).not());

    List<ExactAccumulator.Entry> entries = new ArrayList<>();
    for (List<ExactAccumulator> lanesOfHead : lanes) {
      for (ExactAccumulator lane : lanesOfHead) {
        lane.add.set(add);
        lane.index.set(index);
        lane.fresh.set(fresh);
        entries.add(lane.entry);
      }
    }
    ExactAccumulator.Entry type = ExactAccumulator.type(sum.width());
    SteppedMux<ExactAccumulator.Entry> readMux =
        instance(new SteppedMux<>(type, entries.size(), SELECT_STEPS));
    connect(readMux.values, Vec.from(entries));
    readMux.index.set(readLane);
    Bool empty = fresh;
    for (int step = 0; step < SELECT_STEPS; step++) {
      Bool emptyStage = register(Bool.of());
      emptyStage.set(empty);
      empty = emptyStage;
    }
    ReadEntry read = new ReadEntry(readMux.selected, empty);
    WeightedSum answer =
        Balanced.pipeline(read, path.stages(RESOLVE_STAGES), ValueAccumulator::resolve).output();
    sum.set(answer.sum());
    invalid.set(answer.invalid());
  }

  /** The sum of an entry; an empty one holds what was left of the head before. */
  private static WeightedSum resolve(ReadEntry read) {
    SInt sum = ExactAccumulator.resolve(read.entry());
    SInt zero = SInt.literal(0, sum.width());
    return new WeightedSum(
        mux(read.empty(), zero, sum), read.entry().invalid().andNot(read.empty()));
  }
}
