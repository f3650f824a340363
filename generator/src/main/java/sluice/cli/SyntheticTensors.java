package sluice.cli;

import java.util.Random;
import sluice.golden.Half;
import sluice.tensor.HalfMatrix;

/**
 * Tensors for measurements, like a transformer's in what matters: key channels differ in mean and
 * spread, so that some are heavier than others, and few tokens stand out of a softmax.
 *
 * <p>With N(m, s) a normal distribution, all draws independent: for each channel a mean from N(0,
 * 1) and a spread of exp(N(0, 0.5)); key elements N(mean, spread); query and value elements N(0,
 * 1). Everything is rounded to FP16.
 *
 * @param queries [queries][d]
 * @param keys [tokens][d]
 * @param values [tokens][d]
 */
record SyntheticTensors(HalfMatrix queries, HalfMatrix keys, HalfMatrix values) {
  private static final double SPREAD_DEVIATION = 0.5;

  /** Tensors of a seed; the same in every JVM. */
  static SyntheticTensors of(int queries, int tokens, int headDim, long seed) {
    Random random = new Random(seed);
    double[] means = new double[headDim];
    double[] spreads = new double[headDim];
    for (int j = 0; j < headDim; j++) {
      means[j] = random.nextGaussian();
      // StrictMath: the same bits on every machine.
      spreads[j] = StrictMath.exp(SPREAD_DEVIATION * random.nextGaussian());
    }
    HalfMatrix normalQueries = normal(random, queries, headDim);
    short[] keys = new short[tokens * headDim];
    for (int i = 0; i < keys.length; i++) {
      int j = i % headDim;
      keys[i] = Half.ofDouble(means[j] + spreads[j] * random.nextGaussian());
    }
    HalfMatrix values = normal(random, tokens, headDim);
    return new SyntheticTensors(normalQueries, new HalfMatrix(tokens, headDim, keys), values);
  }

  private static HalfMatrix normal(Random random, int rows, int columns) {
    short[] bits = new short[rows * columns];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Half.ofDouble(random.nextGaussian());
    }
    return new HalfMatrix(rows, columns, bits);
  }
}
