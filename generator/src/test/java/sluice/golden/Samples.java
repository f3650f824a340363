package sluice.golden;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Random;
import sluice.layout.DecodeParameters;
import sluice.tensor.HalfMatrix;
import sluice.tensor.NpyFile;

/** Operands for tests: random ones from a seed, and real ones. */
final class Samples {

  /** Queries, keys and values of one attention head of a real transformer. */
  record Trace(HalfMatrix q, HalfMatrix k, HalfMatrix v) {}

  private Samples() {}

  /** Normally distributed halves. */
  static HalfMatrix normal(Random random, int rows, int columns, double deviation) {
    short[] bits = new short[rows * columns];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Half.ofDouble(random.nextGaussian() * deviation);
    }
    return new HalfMatrix(rows, columns, bits);
  }

  /** Halves of both signs whose magnitudes spread over five decades. */
  static HalfMatrix decades(Random random, int rows, int columns) {
    short[] bits = new short[rows * columns];
    for (int i = 0; i < bits.length; i++) {
      double magnitude = Math.pow(10, 5 * random.nextDouble() - 4.5);
      bits[i] = Half.ofDouble(random.nextBoolean() ? magnitude : -magnitude);
    }
    return new HalfMatrix(rows, columns, bits);
  }

  /** Any finite bits, subnormals and zeros often among them. */
  static short anyFinite(Random random) {
    int exponent = random.nextInt(4) == 0 ? 0 : random.nextInt(31);
    return (short) (random.nextInt(2) << 15 | exponent << 10 | random.nextInt(1024));
  }

  static short[][] rows(HalfMatrix matrix) {
    short[][] rows = new short[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix.row(i);
    }
    return rows;
  }

  static Trace trace(String name) throws IOException {
    try {
      Path folder = Path.of(Samples.class.getResource("/traces/" + name).toURI());
      return new Trace(
          NpyFile.readHalves(folder.resolve("q.npy")),
          NpyFile.readHalves(folder.resolve("k.npy")),
          NpyFile.readHalves(folder.resolve("v.npy")));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** A job over n tokens with window 3, the usual factor, and no skipping. */
  static DecodeParameters parameters(int headDim, int n, int budget, int sink, int recent) {
    return new DecodeParameters(
        n, budget, sink, recent, 3, DecodeParameters.defaultFactor(headDim), 0);
  }
}
