package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Lists of signals of which at most one is high, and priorities: encoders and decoders. All within
 * the cycle.
 */
public final class OneHot {
  private OneHot() {}

  /** The first signal that is high, alone. */
  public static List<Bool> first(List<Bool> signals) {
    Parameter.of("OneHot", "the number of signals", signals.size()).atLeast(1);
    List<Bool> result = new ArrayList<>();
    for (int i = 0; i < signals.size(); i++) {
      Bool signal = signals.get(i);
      result.add(
          i == 0 ? signal : signal.andNot(BalancedTree.reduce(signals.subList(0, i), Bool::or)));
    }
    return result;
  }

  /**
   * The index of the first signal that is high: a priority encoder, of logarithmic depth. If none
   * is high, the last index; {@code BalancedTree.reduce(signals, Bool::or)} tells whether one is.
   */
  public static UInt firstIndex(List<Bool> signals) {
    Parameter.of("OneHot", "the number of signals", signals.size()).atLeast(1);
    List<Encoded> encoded = new ArrayList<>();
    int width = UInt.index(signals.size()).width();
    for (int i = 0; i < signals.size(); i++) {
      encoded.add(new Encoded(signals.get(i), UInt.literal(i, width)));
    }
    return BalancedTree.reduce(encoded, Encoded::before).index();
  }

  /** Whether exactly one signal is high. */
  public static Bool isOneHot(List<Bool> signals) {
    Ones ones = Ones.of(signals);
    return ones.several == null ? ones.any : ones.any.andNot(ones.several);
  }

  /** Whether no signal is high, or exactly one. */
  public static Bool isAtMostOne(List<Bool> signals) {
    Ones ones = Ones.of(signals);
    return ones.several == null ? Bool.literal(true) : ones.several.not();
  }

  /** Signals that follow each other: whether any is high, and which is the first. */
  private record Encoded(Bool any, UInt index) {
    Encoded before(Encoded later) {
      return new Encoded(any.or(later.any), Module.mux(any, index, later.index));
    }
  }

  /**
   * A group of signals: whether any is high, and whether more than one is; null if there is one.
   */
  private record Ones(Bool any, Bool several) {
    static Ones of(List<Bool> signals) {
      Parameter.of("OneHot", "the number of signals", signals.size()).atLeast(1);
      return BalancedTree.reduce(signals.stream().map(s -> new Ones(s, null)).toList(), Ones::and);
    }

    Ones and(Ones other) {
      Bool more = any.and(other.any);
      more = several == null ? more : more.or(several);
      more = other.several == null ? more : more.or(other.several);
      return new Ones(any.or(other.any), more);
    }
  }

  /** The index of the one signal that is high; 0 if none is. */
  public static UInt index(List<Bool> oneHot) {
    Parameter.of("OneHot", "the number of signals", oneHot.size()).atLeast(1);
    int width = UInt.index(oneHot.size()).width();
    List<Bool> highFirst = new ArrayList<>();
    for (int bit = width - 1; bit >= 0; bit--) {
      List<Bool> ofBit = new ArrayList<>();
      for (int i = 0; i < oneHot.size(); i++) {
        if ((i >> bit & 1) == 1) {
          ofBit.add(oneHot.get(i));
        }
      }
      highFirst.add(ofBit.isEmpty() ? Bool.literal(false) : BalancedTree.reduce(ofBit, Bool::or));
    }
    return Module.pack(Vec.from(highFirst));
  }

  /** A signal for each index below {@code count}: high at the given one. */
  public static List<Bool> of(UInt index, int count) {
    Parameter.of("OneHot", "count", count).atLeast(1);
    List<Bool> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(index.eq(i));
    }
    return result;
  }

  /** The value beside the one signal that is high; the last if none is. */
  public static <T extends Data> T choose(List<Bool> oneHot, List<T> values) {
    Parameter.of("OneHot", "the number of signals", oneHot.size()).atLeast(1);
    int signals = oneHot.size();
    Parameter.of("OneHot", "the number of values", values.size())
        .require(
            values.size() == signals, signals + ", a value for each signal", "give " + signals);
    T result = values.get(values.size() - 1);
    for (int i = values.size() - 2; i >= 0; i--) {
      result = Module.mux(oneHot.get(i), values.get(i), result);
    }
    return result;
  }
}
