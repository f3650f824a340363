package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The exact sum of unsigned numbers, as a tree with a register behind every second adder. It takes
 * new numbers in every cycle and never stalls.
 */
public final class AdderTree extends Module {
  private static final int LEVELS_PER_STAGE = 2;

  private final int latency;

  /** Whether {@code values} are to be summed. */
  public final Bool valid;

  /** The numbers to be summed. */
  public final Vec<UInt> values;

  /** Whether {@code sum} is that of values which were valid {@link #latency} cycles ago. */
  public final Bool sumValid;

  /** Their exact sum, {@link #latency} cycles later; as many bits wider as the tree has levels. */
  public final UInt sum;

  /** Whether any sum is on its way, from the cycle after its values until it comes out. */
  public final Bool busy;

  /**
   * @param count how many numbers
   * @param type of one number
   */
  public AdderTree(int count, UInt type) {
    super("adder_tree_" + count + "x" + type.width());
    Parameter.of("AdderTree", "count", count).atLeast(1);
    int levels = UInt.index(count).width();
    levels = count == 1 ? 0 : levels;
    latency = (levels + LEVELS_PER_STAGE - 1) / LEVELS_PER_STAGE;
    describe(
        "Sum of "
            + count
            + " numbers of "
            + type.width()
            + " bits. Latency "
            + latency
            + " cycles, one sum a cycle.");
    valid = input(Bool.of());
    values = input(Vec.of(count, type));
    sumValid = output(Bool.of());
    sum = output(UInt.of(type.width() + levels));
    busy = output(Bool.of());

    List<UInt> terms = values.elements();
    Bool termsValid = valid;
    Bool anyValid = Bool.literal(false);
    for (int level = 1; level <= levels; level++) {
      terms = pairSums(terms);
      if (level % LEVELS_PER_STAGE == 0 || level == levels) {
        List<UInt> registered = new ArrayList<>();
        for (UInt term : terms) {
          registered.add(delayed(term).named("level" + level + "_" + registered.size()));
        }
        terms = registered;
        termsValid = delayed(termsValid).named("level" + level + "_valid").reset(false);
        anyValid = termsValid.or(anyValid);
      }
    }
    sumValid.set(termsValid);
    sum.set(terms.get(0));
    busy.set(anyValid);
  }

  /** Cycles from values to their sum. */
  public int latency() {
    return latency;
  }

  private static List<UInt> pairSums(List<UInt> terms) {
    List<UInt> sums = new ArrayList<>();
    for (int i = 0; i < terms.size(); i += 2) {
      UInt term = terms.get(i);
      sums.add(i + 1 < terms.size() ? term.plus(terms.get(i + 1)) : term.extend(term.width() + 1));
    }
    return sums;
  }
}
