package sluice.golden;

import java.util.Arrays;
import sluice.config.AcceleratorConfig;

/**
 * The calibration of one KV head. Any bits can be held, as a head table in memory can hold them;
 * {@link #check} tells whether they are what the accelerator expects.
 *
 * @param heavy the h heavy channels
 * @param weights a weight for each heavy channel, FP16, finite and not negative
 * @param thresholds N thresholds for each heavy channel, FP16, ascending
 */
public record Calibration(int[] heavy, short[] weights, short[][] thresholds) {

  /** Checks that there are as many weights and threshold lists as heavy channels. */
  public Calibration {
    if (weights.length != heavy.length) {
      throw problem("weights", weights.length + " numbers", heavy.length + ", one a heavy channel");
    }
    if (thresholds.length != heavy.length) {
      throw problem(
          "thresholds", thresholds.length + " lists", heavy.length + ", one a heavy channel");
    }
  }

  /**
   * Checks that the calibration fits an accelerator.
   *
   * @throws IllegalArgumentException naming field, value and what is allowed
   */
  public void check(AcceleratorConfig config) {
    checkHeavy(config);
    for (int i = 0; i < weights.length; i++) {
      if (!Half.finite(weights[i]) || Half.rank(weights[i]) < 0) {
        throw problem(
            "weights[" + i + "]",
            Half.toDouble(weights[i]),
            "finite numbers that are not negative");
      }
    }
    for (int i = 0; i < thresholds.length; i++) {
      checkThresholds("thresholds[" + i + "]", thresholds[i], config);
    }
  }

  private void checkHeavy(AcceleratorConfig config) {
    if (heavy.length != config.heavyChannels()) {
      throw problem(
          "heavy", heavy.length + " channels", config.heavyChannels() + " (heavyChannels)");
    }
    boolean[] used = new boolean[config.headDim()];
    for (int i = 0; i < heavy.length; i++) {
      int channel = heavy[i];
      if (channel < 0 || channel >= config.headDim()) {
        throw problem(
            "heavy[" + i + "]", channel, "channels 0 to " + (config.headDim() - 1) + " (headDim)");
      }
      if (used[channel]) {
        throw problem("heavy[" + i + "]", channel + " again", "every channel at most once");
      }
      used[channel] = true;
    }
  }

  private static void checkThresholds(String field, short[] list, AcceleratorConfig config) {
    if (list.length != config.thresholds()) {
      throw problem(
          field,
          list.length + " numbers",
          config.thresholds() + " (keyBits is " + config.keyBits() + ")");
    }
    for (int j = 0; j < list.length; j++) {
      if (!Half.finite(list[j])) {
        throw problem(field + "[" + j + "]", Half.toDouble(list[j]), "finite numbers");
      }
      if (j > 0 && Half.rank(list[j]) < Half.rank(list[j - 1])) {
        throw problem(
            field + "[" + j + "]",
            Half.toDouble(list[j]) + " after " + Half.toDouble(list[j - 1]),
            "ascending numbers");
      }
    }
  }

  /** An error that names a field, its value, and what is allowed instead. */
  static IllegalArgumentException problem(String field, Object value, String allowed) {
    return new IllegalArgumentException(field + ": " + value + "; allowed: " + allowed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration calibration
        && Arrays.equals(heavy, calibration.heavy)
        && Arrays.equals(weights, calibration.weights)
        && Arrays.deepEquals(thresholds, calibration.thresholds);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(heavy) + Arrays.hashCode(weights))
        + Arrays.deepHashCode(thresholds);
  }

  @Override
  public String toString() {
    return "Calibration[heavy=" + Arrays.toString(heavy) + "]";
  }
}
