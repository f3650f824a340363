package sluice.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.tensor.HalfMatrix;

/**
 * Makes a calibration from samples of keys and queries, the simplest way that is right.
 *
 * <p>Heavy channels are those with the largest product of key spread (standard deviation) and mean
 * query magnitude. Thresholds are uniform around the channel's mean, and the weight is their
 * spacing. NaN and infinity in the samples are passed over.
 *
 * @param config the accelerator
 */
public record Calibrator(AcceleratorConfig config) {

  /** Threshold spacing in standard deviations, for key codes of 2 bits. */
  public static final double SPACING_2_BITS = 1.0;

  /** Threshold spacing in standard deviations, for key codes of 4 bits. */
  public static final double SPACING_4_BITS = 0.35;

  private record Channel(int index, double mean, double spread, double importance) {}

  /**
   * The calibration of one KV head.
   *
   * @param keys samples [tokens][d]
   * @param queries samples [queries][d], of all query heads that share the KV head
   * @return h channels in ascending order
   * @throws IllegalArgumentException if a matrix is not d wide
   */
  public Calibration calibrate(HalfMatrix keys, HalfMatrix queries) {
    checkWidth("keys", keys);
    checkWidth("queries", queries);
    List<Channel> channels = new ArrayList<>();
    for (int j = 0; j < config.headDim(); j++) {
      channels.add(channel(j, keys, queries));
    }
    Comparator<Channel> falling = Comparator.comparingDouble(Channel::importance).reversed();
    List<Channel> chosen =
        channels.stream()
            .sorted(falling.thenComparingInt(Channel::index))
            .limit(config.heavyChannels())
            .sorted(Comparator.comparingInt(Channel::index))
            .toList();
    int h = chosen.size();
    int[] heavy = new int[h];
    short[] weights = new short[h];
    short[][] thresholds = new short[h][];
    for (int i = 0; i < h; i++) {
      Channel channel = chosen.get(i);
      double spacing = channel.spread * (config.keyBits() == 2 ? SPACING_2_BITS : SPACING_4_BITS);
      heavy[i] = channel.index;
      weights[i] = nearestFinite(spacing);
      thresholds[i] = uniform(channel.mean, spacing);
    }
    return new Calibration(heavy, weights, thresholds);
  }

  private void checkWidth(String name, HalfMatrix matrix) {
    if (matrix.columns() != config.headDim()) {
      throw Calibration.problem(
          name, matrix.columns() + " columns", config.headDim() + " (headDim)");
    }
  }

  private static Channel channel(int index, HalfMatrix keys, HalfMatrix queries) {
    double[] key = column(keys, index);
    double mean = mean(key);
    double[] squares = new double[key.length];
    for (int t = 0; t < key.length; t++) {
      squares[t] = (key[t] - mean) * (key[t] - mean);
    }
    double spread = Math.sqrt(mean(squares));
    double[] magnitudes = column(queries, index);
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(magnitudes[i]);
    }
    return new Channel(index, mean, spread, spread * mean(magnitudes));
  }

  /** The finite elements of a column. */
  private static double[] column(HalfMatrix matrix, int column) {
    double[] elements = new double[matrix.rows()];
    int size = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      short bits = matrix.get(row, column);
      if (Half.finite(bits)) {
        elements[size++] = Half.toDouble(bits);
      }
    }
    return Arrays.copyOf(elements, size);
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return numbers.length == 0 ? 0 : sum / numbers.length;
  }

  /** N thresholds around a mean. */
  private short[] uniform(double mean, double spacing) {
    short[] thresholds = new short[config.thresholds()];
    int middle = thresholds.length / 2;
    for (int j = 0; j < thresholds.length; j++) {
      thresholds[j] = nearestFinite(mean + (j - middle) * spacing);
    }
    return thresholds;
  }

  private static short nearestFinite(double value) {
    double limit = Half.toDouble(Half.MAX);
    return Half.ofDouble(Math.max(-limit, Math.min(limit, value)));
  }
}
