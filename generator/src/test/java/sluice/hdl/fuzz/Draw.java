package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Random choices as circuits like them: widths and values at the borders are frequent. */
final class Draw {
  /** Bits of the widest value that is asked for. */
  static final int WIDEST = 200;

  private static final int[] BORDERS = {
    1, 1, 1, 1, 2, 8, 31, 32, 33, 63, 64, 65, 127, 128, 129, WIDEST
  };

  private final Random random;

  Draw(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 on. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in a number of times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  int of(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Bits of a value, 1 to {@link #WIDEST}. */
  int width() {
    return switch (random.nextInt(4)) {
      case 0, 1 -> of(BORDERS);
      case 2 -> 1 + random.nextInt(20);
      default -> 1 + random.nextInt(WIDEST);
    };
  }

  /** Bits of a value, at most so many. */
  int width(int most) {
    return Math.min(width(), most);
  }

  /** A value of a width. */
  BigInteger bits(int width) {
    BigInteger ones = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    return switch (random.nextInt(8)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> ones;
      case 2 -> BigInteger.ONE.shiftLeft(random.nextInt(width));
      case 3 -> BigInteger.ONE.shiftLeft(width - 1).subtract(BigInteger.ONE).max(BigInteger.ONE);
      case 4 -> ones.shiftRight(random.nextInt(width));
      case 5 -> BigInteger.valueOf(random.nextInt(20)).and(ones);
      default -> new BigInteger(width, random);
    };
  }
}
