package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * A linear feedback shift register with a primitive polynomial: takes every value but 0, in an
 * order that looks random, and repeats after {@code 2^width - 1} steps. A step shifts to the left
 * and takes the exclusive or of the tapped bits in at the low end (Fibonacci's form).
 *
 * <p>Successive values share all bits but one. For a new word a step, advance it as often as the
 * word has bits, or take {@link #next} so often.
 */
public final class Lfsr extends Module {

  /** Least and most bits that there is a polynomial for. */
  public static final int LEAST = 2;

  /** Most bits that there is a polynomial for. */
  public static final int MOST = 32;

  /**
   * The exponents of a primitive polynomial of each degree from 2 on, without the 1. That each is
   * primitive is computed: modulo the polynomial, the order of x is 2^degree - 1.
   */
  private static final int[][] TAPS = {
    {2, 1},
    {3, 2},
    {4, 3},
    {5, 3},
    {6, 5},
    {7, 6},
    {8, 6, 5, 4},
    {9, 5},
    {10, 7},
    {11, 9},
    {12, 6, 4, 1},
    {13, 4, 3, 1},
    {14, 5, 3, 1},
    {15, 14},
    {16, 15, 13, 4},
    {17, 14},
    {18, 11},
    {19, 6, 2, 1},
    {20, 17},
    {21, 19},
    {22, 21},
    {23, 18},
    {24, 23, 22, 17},
    {25, 22},
    {26, 6, 2, 1},
    {27, 5, 2, 1},
    {28, 25},
    {29, 27},
    {30, 6, 4, 1},
    {31, 28},
    {32, 22, 2, 1},
  };

  /** Takes a step at the end of the cycle. */
  public final Bool advance = input(Bool.of());

  /** The bits of the register; never 0. */
  public final UInt value;

  /**
   * @param width 2 to 32 bits
   * @param seed the value after reset, not 0
   */
  public Lfsr(int width, long seed) {
    super("lfsr" + width);
    requireWidth(width);
    long most = (1L << width) - 1;
    Parameter.of("Lfsr", "seed", seed).within(1, most);
    describe(
        "Linear feedback shift register of %d bits with the taps %s.\nPeriod: 2^%d - 1 steps; begins at %d, and is never 0."
            .formatted(width, taps(width), width, seed));
    value = output(UInt.of(width));
    UInt shift = register(UInt.of(width)).reset(seed);
    when(advance, () -> shift.set(next(shift)));
    value.set(shift);
  }

  /**
   * The exponents of the polynomial of a degree from 2 to 32, without the 1, falling: a bit is the
   * parity of the bits that came in so many steps before.
   */
  public static List<Integer> taps(int width) {
    requireWidth(width);
    List<Integer> taps = new ArrayList<>();
    for (int tap : TAPS[width - LEAST]) {
      taps.add(tap);
    }
    return List.copyOf(taps);
  }

  private static void requireWidth(int width) {
    Parameter.of("Lfsr", "width", width).within(LEAST, MOST);
  }

  /** What follows a value of 2 to 32 bits, within the cycle. */
  public static UInt next(UInt value) {
    int width = value.width();
    List<Bool> tapped = taps(width).stream().map(tap -> value.bit(tap - 1)).toList();
    return value.truncate(width - 1).concat(BalancedTree.reduce(tapped, Bool::xor).asUInt());
  }
}
