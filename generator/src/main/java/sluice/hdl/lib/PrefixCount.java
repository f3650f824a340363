package sluice.hdl.lib;

import static sluice.hdl.UInt.bitsFor;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * For every bit of a word, how many bits below it are 1. A parallel prefix network (Sklansky's,
 * "Conditional-sum addition logic", 1960) of logarithmic depth with a register behind every second
 * adder. It takes a new word in every cycle and never stalls.
 */
public final class PrefixCount extends Module {
  private static final int LEVELS_PER_STAGE = 2;

  private final int latency;

  /** The word. */
  public final UInt bits;

  /** Ones below each bit, a fixed number of cycles later. */
  public final Vec<UInt> below;

  /** Ones of the whole word, at the same time. */
  public final UInt total;

  /**
   * @param count bits of the word
   */
  public PrefixCount(int count) {
    super("prefix_count_" + count);
    Parameter.of("PrefixCount", "count", count).atLeast(1);
    int levels = count == 1 ? 0 : bitsFor(count - 1L);
    latency = (levels + LEVELS_PER_STAGE - 1) / LEVELS_PER_STAGE;
    describe(
        "For each of "
            + count
            + " bits, how many bits below it are 1. Latency "
            + latency
            + " cycles, one word a cycle.");
    bits = input(UInt.of(count));
    below = output(Vec.of(count, UInt.index(count)));
    total = output(UInt.upTo(count));

    // Entry i counts the ones from the beginning of its block of 2^level bits up to bit i.
    List<UInt> counts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      counts.add(bits.bit(i).asUInt());
    }
    for (int level = 1; level <= levels; level++) {
      counts = joinBlocks(counts, level);
      if (level % LEVELS_PER_STAGE == 0 || level == levels) {
        List<UInt> registered = new ArrayList<>();
        for (UInt ones : counts) {
          registered.add(delayed(ones).named("level" + level + "_" + registered.size()));
        }
        counts = registered;
      }
    }
    below.get(0).set(0);
    for (int i = 1; i < count; i++) {
      below.get(i).set(counts.get(i - 1));
    }
    total.set(counts.get(count - 1));
  }

  /** Cycles from a word to its counts. */
  public int latency() {
    return latency;
  }

  /** Joins blocks in pairs: the upper one's counts grow by what the whole lower one holds. */
  private static List<UInt> joinBlocks(List<UInt> counts, int level) {
    int half = 1 << (level - 1);
    List<UInt> joined = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      UInt own = counts.get(i);
      if ((i & half) == 0) {
        joined.add(own);
      } else {
        UInt lower = counts.get((i & -half) - 1);
        int covered = (i & (2 * half - 1)) + 1;
        joined.add(own.plus(lower).truncate(bitsFor(covered)));
      }
    }
    return joined;
  }
}
