package sluice.cosim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sluice.config.AcceleratorConfig;
import sluice.golden.Calibration;
import sluice.golden.Calibrator;
import sluice.golden.Half;
import sluice.golden.HostImage;
import sluice.layout.KvLayout;
import sluice.tensor.HalfMatrix;

/** A sequence in the KV cache: its pages, its calibration, and how far it is filled. */
final class RandomSequence {
  private static final int SAMPLES = 20;

  /** Tokens that the pages hold. */
  final int capacity;

  /** Tokens that are there. */
  int tokens;

  final long headTable;

  private final JobMemory memory;
  private final Random random;
  private final long[] pages;
  private final HalfKind keyKind;
  private final HalfKind valueKind;
  private final List<Calibration> calibrations = new ArrayList<>();

  RandomSequence(JobMemory memory, Random random, long[] pages) {
    this.memory = memory;
    this.random = random;
    this.pages = pages;
    AcceleratorConfig config = memory.config;
    capacity = Math.min(config.context(), pages.length * config.pageTokens());
    keyKind = HalfKind.any(random);
    valueKind = HalfKind.any(random);
    for (int head = 0; head < config.kvHeads(); head++) {
      calibrations.add(random.nextInt(4) == 0 ? anyCalibration(config) : calibration(config));
    }
    headTable = memory.host.headTable(calibrations);
  }

  private Calibration calibration(AcceleratorConfig config) {
    HalfMatrix keys = keyKind.matrix(random, SAMPLES, config.headDim(), 0);
    return new Calibrator(config)
        .calibrate(keys, HalfKind.NORMAL.matrix(random, 2, config.headDim(), 0));
  }

  /** Any channels in any order, any weights and thresholds. */
  private Calibration anyCalibration(AcceleratorConfig config) {
    int h = config.heavyChannels();
    int[] heavy = random.ints(0, config.headDim()).distinct().limit(h).toArray();
    HalfKind kind = HalfKind.any(random);
    short[] weights = kind.vector(random, h);
    for (int i = 0; i < h; i++) {
      weights[i] &= 0x7FFF;
    }
    short[][] thresholds = new short[h][];
    for (int i = 0; i < h; i++) {
      Short[] sorted = new Short[config.thresholds()];
      Arrays.setAll(sorted, j -> keyKind.next(random));
      Arrays.sort(sorted, (a, b) -> Integer.compare(Half.rank(a), Half.rank(b)));
      thresholds[i] = new short[sorted.length];
      for (int j = 0; j < sorted.length; j++) {
        thresholds[i][j] = sorted[j];
      }
    }
    return new Calibration(heavy, weights, thresholds);
  }

  /** Puts tokens of all heads into the cache. */
  void preload(int count) {
    for (int head = 0; head < memory.config.kvHeads(); head++) {
      preload(head, keys(count), values(count));
    }
  }

  /** Puts the tokens of one head into the cache. */
  void preload(int head, HalfMatrix keys, HalfMatrix values) {
    memory.cache.write(pages, head, keys, values, calibrations.get(head));
    tokens = keys.rows();
  }

  /** Keys of new tokens, a NaN or infinity among them now and then. */
  HalfMatrix keys(int count) {
    return keyKind.matrix(random, count, memory.config.headDim(), random.nextInt(8) == 0 ? 2 : 0);
  }

  /** Values of new tokens, NaN and infinity among them now and then. */
  HalfMatrix values(int count) {
    return valueKind.matrix(random, count, memory.config.headDim(), random.nextInt(4) == 0 ? 4 : 0);
  }

  /**
   * A block table of its own for a job: right for some tokens, junk behind them, which the
   * accelerator must not look at.
   */
  long blockTable(int forTokens) {
    int used = new KvLayout(memory.config).blocks(forTokens);
    long[] table = new long[used + random.nextInt(3)];
    for (int i = 0; i < table.length; i++) {
      table[i] = i < used ? pages[i] : random.nextInt() & 0xFFFF_FFFFL;
    }
    HostImage host = memory.host;
    long address = host.blockTable(table);
    if (table.length % 2 == 1) {
      // The other half of the last word that the accelerator reads.
      host.memory().writeNumber(address + 4L * table.length, 4, 0xFFFF_FFFFL);
    }
    return address;
  }
}
