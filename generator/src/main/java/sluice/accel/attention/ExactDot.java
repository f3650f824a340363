package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.DataPath;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.ShiftRegister;
import sluice.hdl.lib.numeric.DotProduct;
import sluice.hdl.lib.numeric.FloatFields;
import sluice.hdl.lib.numeric.FloatFormat;

/**
 * The exact dot products of keys with the G query heads, from beats of E elements
 * (docs/numerics.md, section 6). Takes a beat a cycle; a key's result is offered {@link #latency}
 * cycles after its last beat is taken. The multipliers never stall: the last beat of a key waits
 * until there is room for its result.
 *
 * <p>NaN and infinity count as 0 in the sums; in a key they raise {@code invalid}.
 */
public final class ExactDot extends Module {
  public final Stream<DotBeat> beats;
  public final Stream<DotResult> dots;

  private final List<DotProduct> products = new ArrayList<>();
  private final int latency;

  /** The dot products of one slice. */
  public ExactDot(AcceleratorConfig config) {
    DataPath path = DataPath.of(config);
    int beatsPerKey = config.beatsPerVector();
    beats = input(Stream.of(DotBeat.type(config)));
    dots = output(Stream.of(DotResult.type(config)));

    // Beats come from memories; the multipliers have a cycle of their own.
    Bool taken = beats.fires();
    Bool entered = register(Bool.of()).reset(false);
    DotBeat beat = register(DotBeat.type(config));
    entered.set(taken);
    when(taken, () -> connect(beat, beats.payload()));
    Bool first = register(Bool.of()).reset(true);
    when(entered, () -> first.set(beat.last()));
    List<SInt> sums = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      DotProduct product =
          instance(
              new DotProduct(
                  FloatFormat.FP16,
                  config.elementsPerBeat(),
                  beatsPerKey,
                  path.arithmetic(),
                  path.depth()));
      products.add(product);
      product.valid.set(entered);
      product.first.set(first);
      connect(product.left, beat.key());
      connect(product.right, beat.query().get(g));
      sums.add(product.sum);
    }
    int cycles = products.get(0).latency();
    latency = 1 + cycles + 1;
    describe(
        ("Exact dot products of keys with %d query heads, %d elements a beat, in units of 2^-48.\n"
                + "Latency: %d cycles from the last beat of a key; a beat a cycle.")
            .formatted(config.groupQueries(), config.elementsPerBeat(), latency));

    Bool specialBefore = register(Bool.of());
    Bool special = anySpecial(beat.key()).or(specialBefore.andNot(first));
    when(entered, () -> specialBefore.set(special));
    UInt doneStages = register(UInt.of(cycles)).reset(0);
    doneStages.set(ShiftRegister.next(doneStages, entered.and(beat.last())));
    UInt specialStages = register(UInt.of(cycles));
    specialStages.set(ShiftRegister.next(specialStages, special));

    // A result's place is kept from its last beat on until it is taken, and one must be free.
    int keys = latency / beatsPerKey + 2;
    int places = Math.max(2, Integer.highestOneBit(2 * keys - 1));
    Queue<DotResult> results = instance(new Queue<>(DotResult.type(config), places));
    results.in.valid().set(doneStages.bit(cycles - 1));
    connect(results.in.payload(), new DotResult(Vec.from(sums), specialStages.bit(cycles - 1)));
    results.out.to(dots);
    UInt free = register(UInt.upTo(places)).reset(places);
    Bool keeps = taken.and(beats.payload().last());
    Bool gives = results.out.fires();
    when(keeps.andNot(gives), () -> free.set(free.minusWrap(1)))
        .elseWhen(gives.andNot(keeps), () -> free.set(free.plusWrap(1)));
    beats.ready().set(free.ne(0));
  }

  /** Cycles from the last beat of a key to its result. */
  public int latency() {
    return latency;
  }

  private static Bool anySpecial(Vec<UInt> halves) {
    Vec<Bool> special =
        Vec.generate(halves.size(), e -> FloatFields.isSpecial(FloatFormat.FP16, halves.get(e)));
    return pack(special).orReduce();
  }
}
