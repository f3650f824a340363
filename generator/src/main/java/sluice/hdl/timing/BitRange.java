package sluice.hdl.timing;

import sluice.hdl.netlist.Node;

/**
 * Bits {@code low} to {@code low + width - 1} of a value.
 *
 * @param value what has the bits: itself neither a slice nor a wire, unless it is given
 */
public record BitRange(Node value, int low, int width) {

  /** All bits of a value. */
  public static BitRange of(Node value) {
    return new BitRange(value, 0, value.width());
  }

  /** Whether these are all bits of the value. */
  public boolean isWhole() {
    return width == value.width();
  }

  /** Whether other bits of the same value are all among these. */
  public boolean contains(BitRange other) {
    return low <= other.low && other.end() <= end();
  }

  /** Whether other bits of the same value have one in common with these. */
  public boolean overlaps(BitRange other) {
    return low < other.end() && other.low < end();
  }

  /** The position above the highest bit. */
  public int end() {
    return low + width;
  }
}
