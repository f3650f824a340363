package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/** Combines many signals into one within a cycle, as a tree of least depth. */
public final class BalancedTree {
  private BalancedTree() {}

  /**
   * The values combined pair by pair.
   *
   * @param values at least one
   * @param combine associative
   */
  public static <T> T reduce(List<T> values, BinaryOperator<T> combine) {
    Parameter.of("BalancedTree", "the number of values", values.size()).atLeast(1);
    List<T> level = values;
    while (level.size() > 2) {
      List<T> part = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        part.add(combine.apply(level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        part.add(level.get(level.size() - 1));
      }
      level = part;
    }
    if (level.size() == 1) {
      return level.get(0);
    }
    // Returned at once, so that the caller's variable names it.
    return combine.apply(level.get(0), level.get(1));
  }

  /** The number of signals that are high. */
  public static UInt count(List<Bool> signals) {
    return reduce(signals.stream().map(Bool::asUInt).toList(), UInt::plus);
  }
}
