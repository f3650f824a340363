package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A concatenation as it is written, from its highest part on: bits of one signal that lie side by
 * side are one range, and so are zeros one literal.
 */
final class ConcatText {
  private final List<String> parts = new ArrayList<>();

  /** The signal whose bits the last part is; null for another kind of part. */
  private String signal;

  private int low;
  private int width;

  /** Whether the last part is a literal of zeros, as many as {@link #width}. */
  private boolean zeros;

  /** Adds a literal. */
  void constant(int bits, BigInteger value) {
    boolean more = zeros && value.signum() == 0;
    int total = more ? width + bits : bits;
    put(more, Expressions.literal(total, value));
    zeros = value.signum() == 0;
    width = total;
  }

  /** Adds bits of a declared signal that has more than one. */
  void bits(String identifier, int ofWidth, int from, int count) {
    boolean more = identifier.equals(signal) && low == from + count;
    int total = more ? width + count : count;
    put(more, total == ofWidth ? identifier : identifier + WrapperText.select(from, total));
    signal = identifier;
    low = from;
    width = total;
  }

  /** Adds any other value. */
  void value(String text) {
    put(false, text);
  }

  private void put(boolean more, String text) {
    if (more) {
      parts.set(parts.size() - 1, text);
    } else {
      parts.add(text);
    }
    signal = null;
    zeros = false;
  }

  /** The concatenation; without braces if it is only one part. */
  @Override
  public String toString() {
    return parts.size() == 1 ? parts.get(0) : "{" + String.join(", ", parts) + "}";
  }
}
