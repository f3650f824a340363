package sluice.accel.scan;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import sluice.config.AcceleratorConfig;
import sluice.golden.Calibration;
import sluice.golden.Half;
import sluice.layout.HeadTableLayout;

/**
 * Random operands of the scan, and how they come as host words.
 *
 * @param config the accelerator
 */
record ScanSamples(AcceleratorConfig config, Random random) {

  /** A way to draw halves. */
  enum Kind {
    /** Near one, normally distributed. */
    NORMAL,
    /** Over the whole range of exponents, finite. */
    WIDE,
    /** Any bits, NaN and infinity among them. */
    ANY,
    /** Subnormal, or zero of either sign. */
    TINY,
    /** The largest magnitudes. */
    HUGE,
    /** Zeros of either sign. */
    ZERO
  }

  short half(Kind kind) {
    short sign = (short) (random.nextBoolean() ? 0x8000 : 0);
    return switch (kind) {
      case NORMAL -> Half.ofDouble(random.nextGaussian());
      case WIDE -> (short) (sign | random.nextInt(Half.INFINITY));
      case ANY -> (short) random.nextInt();
      case TINY -> (short) (sign | (random.nextInt(4) == 0 ? 0 : random.nextInt(1024)));
      case HUGE -> (short) (sign | (Half.MAX - random.nextInt(3)));
      case ZERO -> sign;
    };
  }

  /** A vector of d halves. */
  short[] vector(Kind kind) {
    short[] vector = new short[config.headDim()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = half(kind);
    }
    return vector;
  }

  Kind kind() {
    return Kind.values()[random.nextInt(Kind.values().length)];
  }

  /** Heavy channels in any order, weights not negative, thresholds ascending. */
  Calibration calibration(Kind weightKind, Kind thresholdKind) {
    int h = config.heavyChannels();
    List<Integer> channels = new ArrayList<>(IntStream.range(0, config.headDim()).boxed().toList());
    java.util.Collections.shuffle(channels, random);
    short[] weights = new short[h];
    short[][] thresholds = new short[h][];
    for (int i = 0; i < h; i++) {
      weights[i] = (short) (half(weightKind) & 0x7FFF);
      thresholds[i] = ascending(thresholdKind);
    }
    int[] heavy = channels.subList(0, h).stream().mapToInt(c -> c).toArray();
    return new Calibration(heavy, weights, thresholds);
  }

  private short[] ascending(Kind kind) {
    Short[] drawn = new Short[config.thresholds()];
    Arrays.setAll(drawn, j -> half(kind));
    Arrays.sort(drawn, Comparator.comparingInt(Half::rank));
    short[] thresholds = new short[drawn.length];
    for (int j = 0; j < drawn.length; j++) {
      thresholds[j] = drawn[j];
    }
    return thresholds;
  }

  /** The words of a head table's entry. */
  List<BigInteger> tableWords(Calibration calibration) {
    HeadTableLayout layout = new HeadTableLayout(config);
    ByteBuffer bytes = ByteBuffer.allocate(layout.entryBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < config.heavyChannels(); i++) {
      bytes.put(layout.heavyOffset(i), (byte) calibration.heavy()[i]);
      bytes.putShort(layout.weightOffset(i), calibration.weights()[i]);
      for (int j = 0; j < config.thresholds(); j++) {
        bytes.putShort(layout.thresholdOffset(i, j), calibration.thresholds()[i][j]);
      }
    }
    return words(bytes);
  }

  /** The words of a head table's entry before its thresholds. */
  List<BigInteger> weightTableWords(Calibration calibration) {
    int words = new HeadTableLayout(config).thresholdsOffset() / Long.BYTES;
    return tableWords(calibration).subList(0, words);
  }

  /** The words of a vector. */
  static List<BigInteger> words(short[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < vector.length; i++) {
      bytes.putShort(2 * i, vector[i]);
    }
    return words(bytes);
  }

  private static List<BigInteger> words(ByteBuffer bytes) {
    List<BigInteger> words = new ArrayList<>();
    for (int i = 0; i < bytes.capacity(); i += Long.BYTES) {
      words.add(new BigInteger(Long.toUnsignedString(bytes.getLong(i))));
    }
    return words;
  }
}
