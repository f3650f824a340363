package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Combines every beginning of a list within a cycle: a parallel prefix network (Sklansky's,
 * "Conditional-sum addition logic", 1960) of least depth, {@code ceil(log2(n))} operators, with at
 * most {@code n/2} operators of each depth. {@link PrefixCount} is one with registers between.
 */
public final class PrefixScan {
  private PrefixScan() {}

  /**
   * For every value, all up to it and itself combined.
   *
   * @param combine associative, of earlier values and later ones; it need not be commutative
   * @return as many as there are values; the first is the first value itself
   */
  public static <T> List<T> inclusive(List<T> values, BinaryOperator<T> combine) {
    List<T> result = new ArrayList<>(values);
    // Before each level, entry i combines from the beginning of its block of 2 * half values on.
    for (int half = 1; half < values.size(); half *= 2) {
      for (int i = half; i < result.size(); i++) {
        if ((i & half) != 0) {
          T lower = result.get((i & -half) - 1);
          result.set(i, combine.apply(lower, result.get(i)));
        }
      }
    }
    return List.copyOf(result);
  }

  /**
   * For every value, all before it combined.
   *
   * @param none what stands before the first value
   */
  public static <T> List<T> exclusive(List<T> values, T none, BinaryOperator<T> combine) {
    List<T> result = new ArrayList<>();
    result.add(none);
    if (values.isEmpty()) {
      return List.of();
    }
    result.addAll(inclusive(values.subList(0, values.size() - 1), combine));
    return List.copyOf(result);
  }
}
