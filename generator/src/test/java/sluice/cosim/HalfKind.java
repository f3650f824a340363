package sluice.cosim;

import java.util.Random;
import sluice.golden.Half;
import sluice.tensor.HalfMatrix;

/** Kinds of random FP16 operands. */
enum HalfKind {
  /** Normally distributed around 0. */
  NORMAL {
    @Override
    short next(Random random) {
      return Half.ofDouble(random.nextGaussian());
    }
  },
  /** Both signs, magnitudes over five decades. */
  DECADES {
    @Override
    short next(Random random) {
      double magnitude = Math.pow(10, 5 * random.nextDouble() - 4.5);
      return Half.ofDouble(random.nextBoolean() ? magnitude : -magnitude);
    }
  },
  /** A few values: many ties, and both zeros. */
  FEW {
    private final double[] values = {-1, -0.5, -0.0, 0, 0.5, 1};

    @Override
    short next(Random random) {
      return Half.ofDouble(values[random.nextInt(values.length)]);
    }
  },
  /** Zeros and subnormals. */
  TINY {
    @Override
    short next(Random random) {
      int fraction = random.nextInt(4) == 0 ? 0 : random.nextInt(1024);
      return (short) (random.nextInt(2) << 15 | fraction);
    }
  },
  /** The largest finite numbers. */
  HUGE {
    @Override
    short next(Random random) {
      return (short) (random.nextInt(2) << 15 | (29 + random.nextInt(2)) << 10 | bits10(random));
    }
  },
  /** Any finite bits. */
  ANY {
    @Override
    short next(Random random) {
      return (short) (random.nextInt(2) << 15 | random.nextInt(31) << 10 | bits10(random));
    }
  };

  private static final int SPECIAL = 0x7C00;

  /** A finite number. */
  abstract short next(Random random);

  private static int bits10(Random random) {
    return random.nextInt(1024);
  }

  /** One of the kinds; normal numbers are the most frequent. */
  static HalfKind any(Random random) {
    return random.nextBoolean() ? NORMAL : values()[random.nextInt(values().length)];
  }

  /** A NaN, quiet or signalling, or an infinity. */
  static short special(Random random) {
    int fraction = random.nextInt(3) == 0 ? 0 : random.nextInt(1024);
    return (short) (random.nextInt(2) << 15 | SPECIAL | fraction);
  }

  /** A vector of finite numbers. */
  short[] vector(Random random, int length) {
    short[] bits = new short[length];
    for (int i = 0; i < length; i++) {
      bits[i] = next(random);
    }
    return bits;
  }

  /**
   * A matrix.
   *
   * @param specials how many of its elements, at most, are made NaN or infinity
   */
  HalfMatrix matrix(Random random, int rows, int columns, int specials) {
    short[] bits = vector(random, rows * columns);
    for (int i = 0; i < specials; i++) {
      bits[random.nextInt(bits.length)] = special(random);
    }
    return new HalfMatrix(rows, columns, bits);
  }
}
