package sluice.hdl.sim;

import java.util.Random;

/**
 * When one side of a stream holds it back. Asked once for every cycle in which the side decides: a
 * sink in every cycle, a driver whenever it has a value that it does not offer yet.
 */
@FunctionalInterface
public interface StallPattern {

  /** Whether to hold back in the next cycle. */
  boolean next();

  /** Never. */
  static StallPattern none() {
    return () -> false;
  }

  /** Always. */
  static StallPattern always() {
    return () -> true;
  }

  /** In each cycle with a probability, by a seed. */
  static StallPattern random(double probability, long seed) {
    Random random = new Random(seed);
    return () -> random.nextDouble() < probability;
  }

  /**
   * Runs of cycles without and with stalls in turn, of random lengths by a seed: what a queue fills
   * up and runs dry with.
   *
   * @param longestRun most cycles without stalls in a row, at least 1
   * @param longestStall most stalled cycles in a row, at least 1
   */
  static StallPattern bursts(int longestRun, int longestStall, long seed) {
    Random random = new Random(seed);
    return new StallPattern() {
      private boolean stalling = true;
      private int left;

      @Override
      public boolean next() {
        if (left == 0) {
          stalling = !stalling;
          left = 1 + random.nextInt(stalling ? longestStall : longestRun);
        }
        left--;
        return stalling;
      }
    };
  }

  /**
   * The same cycles over and over.
   *
   * @param cycles a letter a cycle: {@code -} goes on, {@code _} holds back, as in the waveform of
   *     valid or ready
   */
  static StallPattern repeating(String cycles) {
    if (!cycles.matches("[-_]+")) {
      throw new IllegalArgumentException("a pattern is made of - and _, not: " + cycles);
    }
    return new StallPattern() {
      private int at;

      @Override
      public boolean next() {
        return cycles.charAt(at++ % cycles.length()) == '_';
      }
    };
  }
}
