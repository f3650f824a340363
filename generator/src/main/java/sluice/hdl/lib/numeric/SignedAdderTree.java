package sluice.hdl.lib.numeric;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The exact sum of signed numbers, by a balanced tree of adders with registers after every second
 * level and at its end. Takes new terms in every cycle with {@code enable}; the sum follows {@link
 * #latency} such cycles later.
 */
public final class SignedAdderTree extends Module {
  private static final int LEVELS_OF_A_STAGE = 2;

  /** All registers move on when high. */
  public final Bool enable;

  /** The numbers to be summed. */
  public final Vec<SInt> terms;

  /** As wide as a term and the levels of the tree. */
  public final SInt sum;

  /**
   * @param count number of terms, at least 2
   * @param bits bits of a term
   */
  public SignedAdderTree(int count, int bits) {
    super("signed_adder_tree" + count + "x" + bits);
    Parameter.of("SignedAdderTree", "count", count).atLeast(2);
    Parameter.of("SignedAdderTree", "bits", bits).atLeast(1);
    describe(
        "Exact sum of %d signed numbers of %d bits.\nLatency: %d cycles."
            .formatted(count, bits, latency(count)));
    enable = input(Bool.of());
    terms = input(Vec.of(count, SInt.of(bits)));
    sum = output(SInt.of(bits + levels(count)));

    List<SInt> level = terms.elements();
    for (int depth = 1; depth <= levels(count); depth++) {
      boolean registered = depth % LEVELS_OF_A_STAGE == 0 || depth == levels(count);
      level = nextLevel(level, depth, registered);
    }
    sum.set(level.get(0));
  }

  /** Cycles from terms to their sum. */
  public static int latency(int count) {
    return (levels(count) + LEVELS_OF_A_STAGE - 1) / LEVELS_OF_A_STAGE;
  }

  private static int levels(int count) {
    return UInt.bitsFor(count - 1L);
  }

  private List<SInt> nextLevel(List<SInt> level, int depth, boolean registered) {
    List<SInt> next = new ArrayList<>();
    for (int i = 0; i < level.size(); i += 2) {
      boolean paired = i + 1 < level.size();
      SInt value = paired ? level.get(i).plus(level.get(i + 1)) : level.get(i);
      String name = "level" + depth + "_" + i / 2;
      if (registered) {
        SInt stage = register(SInt.of(value.width())).named(name);
        when(enable, () -> stage.set(value));
        next.add(stage);
      } else {
        next.add(paired ? value.named(name) : value);
      }
    }
    return next;
  }
}
