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
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.SteppedMux;
import sluice.hdl.lib.numeric.ExactAccumulator;
import sluice.hdl.lib.numeric.FloatFormat;

/**
 * The weighted sums of values o[G][d] of a slice (docs/numerics.md, section 8): {@code o[g][j] +=
 * weight[g] * value[j]}, exact; two banks of them, each for one head. Takes a beat or reads a sum
 * every cycle; reading goes first.
 *
 * <p>{@code clear} starts new sums of a bank at once: beats taken in its cycle or later count, what
 * was stored is forgotten. Clear and read a bank only while none of its beats are on their way.
 */
public final class ValueAccumulator extends Module {

  /** Heads for which there are sums. */
  public static final int BANKS = 2;

  /** Beats that wait while a sum is read. */
  private static final int BEATS_WAITING = 4;

  private static final int SELECT_STEPS = 3;

  /** Stages in which the carries of a sum that is read are added. */
  private static final int RESOLVE_STAGES = 2;

  /** Makes all sums of a bank 0; a pulse. */
  public final Bool clear = input(Bool.of());

  public final UInt clearBank;

  public final Stream<ValueBeat> beats;

  /** The last beat of a value is in the sums from the next cycle on; a pulse for each value. */
  public final Bool added = output(Bool.of());

  public final UInt addedBank;

  /** Reads a sum: that of element j for query head g in a bank. */
  public final Bool read = input(Bool.of());

  public final UInt readBank;

  /** The query head to read, g. */
  public final UInt readQuery;

  /** The element to read, j. */
  public final UInt readElement;

  /** What was asked for {@link #readLatency} cycles ago, in units of 2^-40. */
  public final SInt sum;

  /** Whether a value that counts in the sum was NaN or infinity. */
  public final Bool invalid;

  private record ReadEntry(ExactAccumulator.Entry entry, Bool empty) implements Bundle {}

  /** What enters the lanes in a cycle, and leaves them as many cycles later. */
  private record Step(Bool adds, Bool last, UInt bank, UInt beat) implements Bundle {}

  /** Each adds for one query head and element position: [G][E]. */
  private final List<List<ExactAccumulator>> lanes = new ArrayList<>();

  private final AcceleratorConfig config;
  private final DataPath path;
  private final int cycles;

  /** The sums of one slice. */
  public ValueAccumulator(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    this.config = config;
    path = DataPath.of(config);
    int elements = config.elementsPerBeat();
    clearBank = input(UInt.index(BANKS));
    beats = input(Stream.of(ValueBeat.type(config)));
    addedBank = output(UInt.index(BANKS));
    readBank = input(UInt.index(BANKS));
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());
    invalid = output(Bool.of());

    Queue<ValueBeat> waiting = instance(new Queue<>(ValueBeat.type(config), BEATS_WAITING));
    beats.to(waiting.in);
    waiting.out.ready().set(read.not());
    ValueBeat beat = waiting.out.payload();
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
                    BANKS * config.beatsPerVector(),
                    path.arithmetic(),
                    path.depth()));
        lane.number.set(beat.values().get(e));
        lane.weight.set(beat.weights().get(g));
        lanesOfHead.add(lane);
      }
    }
    cycles = lanes.get(0).get(0).latency();
    describe(
        ("Exact weighted sums of values: %d query heads, %d elements, %d a beat, of %d KV heads.\n"
                + "Latency: %d cycles from a beat to its sums; %d cycles to read a sum.")
            .formatted(
                config.groupQueries(),
                config.headDim(),
                elements,
                BANKS,
                cycles + 2,
                readLatency()));

    // A read takes the way of a beat, so that the two never meet at the entries.
    int elementBits = Integer.numberOfTrailingZeros(elements);
    UInt readBeat =
        config.beatsPerVector() == 1
            ? UInt.literal(0, types.beatIndex().width())
            : readElement.shiftRight(elementBits);
    Bool enters = waiting.out.fires();
    Step step =
        new Step(
            enters,
            enters.and(beat.last()),
            mux(read, readBank, beat.bank()),
            mux(read, readBeat, beat.index()));
    UInt element = readElement.truncate(elementBits);
    UInt readLane = config.groupQueries() == 1 ? element : readQuery.concat(element);
    Step before = step;
    for (int stage = 0; stage < cycles; stage++) {
      before = step;
      Step next = register(step);
      next.adds().reset(false);
      next.last().reset(false);
      connect(next, step);
      step = next;
      readLane = delayed(readLane).named("read_lane_" + stage);
    }
    added.set(step.last());
    addedBank.set(step.bank());

    // Which entries hold sums of their head: clearing takes no walk through the lanes. All lanes
    // hang on the index and on whether it is fresh, so both come from registers.
    int entriesOfBank = config.beatsPerVector();
    UInt touched = register(UInt.of(BANKS * entriesOfBank));
    UInt index = index(step);
    UInt nextIndex = index(before);
    UInt none = UInt.literal(0, touched.width());
    UInt bankMask = UInt.literal((1L << entriesOfBank) - 1, entriesOfBank);
    UInt empty = UInt.literal(0, entriesOfBank);
    UInt cleared = mux(clearBank.asBool(), bankMask.concat(empty), empty.concat(bankMask));
    UInt kept = touched.and(mux(clear, cleared, none).not());
    UInt mark = before.adds().asUInt().shiftLeft(nextIndex, touched.width());
    Bool fresh = register(Bool.of());
    touched.set(kept.or(mark));
    fresh.set(kept.bit(nextIndex).not());

    List<ExactAccumulator.Entry> entries = new ArrayList<>();
    for (List<ExactAccumulator> lanesOfHead : lanes) {
      for (ExactAccumulator lane : lanesOfHead) {
        lane.add.set(step.adds());
        lane.index.set(index);
        lane.fresh.set(fresh);
        entries.add(lane.entry);
      }
    }
    select(entries, readLane, fresh);
  }

  /** The entry of what enters. */
  private UInt index(Step step) {
    return config.beatsPerVector() == 1 ? step.bank() : step.bank().concat(step.beat());
  }

  /** Cycles from {@code read} to the sum; a read a cycle. */
  public int readLatency() {
    return cycles + SELECT_STEPS + RESOLVE_STAGES;
  }

  /** Chooses the lane that is read, and adds the carries of its sum. */
  private void select(List<ExactAccumulator.Entry> entries, UInt readLane, Bool fresh) {
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
    ReadEntry entry = new ReadEntry(readMux.selected, empty);
    WeightedSum answer =
        Balanced.pipeline(entry, path.stages(RESOLVE_STAGES), ValueAccumulator::resolve).output();
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
