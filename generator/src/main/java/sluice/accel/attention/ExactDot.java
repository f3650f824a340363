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
import sluice.hdl.lib.Pipeline;
import sluice.hdl.lib.numeric.HalfDot;
import sluice.hdl.lib.numeric.HalfFields;

/**
 * The exact dot products of keys with the G query heads, from beats of E elements
 * (docs/numerics.md, section 6). Takes a beat a cycle; a key's result is offered {@code
 * HalfDot.latency(E) + 1} cycles after its last beat is taken. Stalls as a whole.
 *
 * <p>NaN and infinity count as 0 in the sums; in a key they raise {@code invalid}.
 */
public final class ExactDot extends Module {
  public final Stream<DotBeat> beats;
  public final Stream<DotResult> dots;

  private final List<HalfDot> beatDots = new ArrayList<>();

  /** The dot products of one slice. */
  public ExactDot(AcceleratorConfig config) {
    int elements = config.elementsPerBeat();
    int multiplyCycles = HalfDot.latency(elements);
    SInt dot = new SignalTypes(config).dot();
    describe(
        ("Exact dot products of keys with %d query heads, %d elements a beat, in units of 2^-48.\n"
                + "Latency: %d cycles from the last beat of a key; a beat a cycle.")
            .formatted(config.groupQueries(), elements, multiplyCycles + 1));
    beats = input(Stream.of(DotBeat.type(config)));
    dots = output(Stream.of(DotResult.type(config)));

    Bool dotsValid = register(Bool.of()).reset(false);
    Bool accumulate = dotsValid.not().or(dots.ready());
    Pipeline pipeline = new Pipeline(beats.valid(), accumulate, multiplyCycles);
    beats.ready().set(pipeline.advance());
    Bool last = pipeline.carry(beats.payload().last(), "last_stages");
    Bool keySpecial = anySpecial(beats.payload().key());
    Bool special = pipeline.carry(keySpecial, "special_stages");

    Bool first = register(Bool.of()).reset(true);
    Bool invalid = register(Bool.of());
    Bool adds = pipeline.valid().and(accumulate);
    when(accumulate, () -> dotsValid.set(pipeline.valid().and(last)));
    when(
        adds,
        () -> {
          first.set(last);
          invalid.set(special.or(invalid.andNot(first)));
        });

    List<SInt> sums = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      HalfDot beatDot = instance(new HalfDot(elements));
      beatDots.add(beatDot);
      beatDot.enable.set(pipeline.advance());
      connect(beatDot.left, beats.payload().key());
      connect(beatDot.right, beats.payload().query().get(g));
      SInt sum = register(dot);
      SInt previous = mux(first, SInt.literal(0, dot.width()), sum);
      when(adds, () -> sum.set(previous.plusWrap(beatDot.sum)));
      sums.add(sum);
    }

    dots.valid().set(dotsValid);
    connect(dots.payload(), new DotResult(Vec.from(sums), invalid));
  }

  private static Bool anySpecial(Vec<UInt> halves) {
    return pack(Vec.generate(halves.size(), e -> HalfFields.isSpecial(halves.get(e)))).orReduce();
  }
}
