package sluice.accel.attention;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import sluice.config.AcceleratorConfig;
import sluice.config.ArithmeticStyle;
import sluice.config.ConfigValidation;
import sluice.config.Presets;
import sluice.config.TestConfigs;
import sluice.golden.Half;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Stalls;

/** Configurations and numbers that the tests of the attention blocks share. */
final class Operands {

  private static final short[] EXTREMES = {
    0,
    (short) 0x8000,
    1,
    (short) 0x8001,
    0x03FF,
    0x0400,
    (short) 0x8400,
    Half.MAX,
    (short) 0xFBFF,
    0x3C00,
    (short) 0xBC00
  };

  private static final short[] SPECIAL = {
    Half.INFINITY, (short) 0xFC00, Half.NAN, (short) 0xFE01, 0x7C01
  };

  private Operands() {}

  /** Configurations of different shapes: G = 1 to 4, 1 to 8 beats a vector. */
  static Stream<Named<AcceleratorConfig>> configurations() {
    return EngineShapes.of(allConfigurations());
  }

  /** Each of them under each pattern of stalls. */
  static Stream<Arguments> stalled() {
    return Stalls.of(configurations());
  }

  private static Stream<Named<AcceleratorConfig>> allConfigurations() {
    return Stream.of(
        Named.of("tiny", Presets.get("tiny")),
        Named.of(
            "trace, G = 2, kb = 4, as gates",
            TestConfigs.trace(2, 4).withArithmetic(ArithmeticStyle.GATES)),
        Named.of("trace", Presets.get("trace")),
        Named.of("trace, G = 3", TestConfigs.trace(3, 2)),
        Named.of("coarse", TestConfigs.coarse()),
        Named.of("wide, G = 4", TestConfigs.wide()),
        Named.of("a vector is one beat", oneBeat()));
  }

  /** d = 16 at 256 bits a channel; three dividers. */
  private static AcceleratorConfig oneBeat() {
    return ConfigValidation.check(
        TestConfigs.operators(2, 256, 16, 2, 16, 2, 4, 64, 1024, 100, 64, 1, 4, 3, 40));
  }

  /** A finite half: any bits, or an extreme. */
  static short finite(Random random) {
    if (random.nextInt(4) == 0) {
      return EXTREMES[random.nextInt(EXTREMES.length)];
    }
    short bits;
    do {
      bits = (short) random.nextInt();
    } while (!Half.finite(bits));
    return bits;
  }

  /** A half, rarely NaN or infinity. */
  static short half(Random random, double specialProbability) {
    return random.nextDouble() < specialProbability
        ? SPECIAL[random.nextInt(SPECIAL.length)]
        : finite(random);
  }

  /** A vector of halves, each rarely NaN or infinity. */
  static short[] vector(Random random, int length, double specialProbability) {
    short[] vector = new short[length];
    for (int i = 0; i < length; i++) {
      vector[i] = half(random, specialProbability);
    }
    return vector;
  }

  static BigInteger unsigned(short half) {
    return BigInteger.valueOf(half & 0xFFFF);
  }

  /** Bits read as a two's complement number. */
  static BigInteger signed(BigInteger bits, int width) {
    return bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits;
  }

  /** One beat of a vector: element 0 of the beat is lowest. */
  static BigInteger beat(short[] vector, int beat, int elements) {
    BigInteger bits = BigInteger.ZERO;
    for (int e = elements - 1; e >= 0; e--) {
      bits = bits.shiftLeft(16).or(unsigned(vector[beat * elements + e]));
    }
    return bits;
  }
}
