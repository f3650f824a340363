package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Chooses one of many values in steps with registers between them. The step {@code i} looks at the
 * values one cycle after step {@code i - 1} did; a new choice can be made in every cycle.
 *
 * @param <T> the type of a value
 */
public final class SteppedMux<T extends Data> extends Module {
  /** The values to choose from; the choice of a step looks at them as they are then. */
  public final Vec<T> values;

  /** Which value; at most {@code count - 1}. */
  public final UInt index;

  /** The value that was selected {@code steps} cycles ago, as it was then. */
  public final T selected;

  /**
   * @param count number of values
   * @param steps cycles of latency, which the bits of {@code index} are spread over
   */
  public SteppedMux(T type, int count, int steps) {
    super("stepped_mux" + count + "x" + widthOf(type));
    Parameter.of("SteppedMux", "count", count).atLeast(1);
    Parameter.of("SteppedMux", "steps", steps).atLeast(1);
    describe(
        "Chooses one of %d values of %d bits.\nLatency: %d cycles."
            .formatted(count, widthOf(type), steps));
    values = input(Vec.of(count, type));
    index = input(UInt.index(count));
    selected = output(type);

    int bitsOfStep = (index.width() + steps - 1) / steps;
    List<UInt> candidates = values.elements().stream().map(Module::pack).toList();
    UInt choice = index;
    int bitsLeft = index.width();
    for (int step = 1; step <= steps; step++) {
      int bits = Math.min(bitsOfStep, bitsLeft);
      List<UInt> chosen = new ArrayList<>();
      for (int from = 0; from < candidates.size(); from += 1 << bits) {
        int to = Math.min(from + (1 << bits), candidates.size());
        List<UInt> group = candidates.subList(from, to);
        UInt winner = register(UInt.of(widthOf(type))).named("step" + step + "_" + chosen.size());
        winner.set(bits == 0 ? group.get(0) : Vec.from(group).get(choice.truncate(bits)));
        chosen.add(winner);
      }
      candidates = chosen;
      bitsLeft -= bits;
      if (bitsLeft > 0) {
        UInt laterChoice = register(UInt.of(bitsLeft));
        laterChoice.set(choice.shiftRight(bits));
        choice = laterChoice;
      }
    }
    connect(selected, unpack(type, candidates.get(0)));
  }
}
