package sluice.accel.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Prediction;
import sluice.hdl.SInt;
import sluice.hdl.Vec;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StallPattern;

/** Arithmetic of the scan by itself: divisions, dot products, bounds. */
@BlockTest({CodeDivider.class, CodeDot.class, PredictorLane.class, ScoreBounds.class})
class ScanPartsTest {
  private static final int COUNT = 120;

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void codesAreRoundedQuotientsInOrder(ScanCase given) {
    AcceleratorConfig config = given.config();
    Random random = given.random();
    CodeDivider block = new CodeDivider(config);
    BlockBench bench = BlockBench.of(block, given.stalls(), given.seed());
    Simulator simulator = bench.simulator();
    bench.reset();
    StallPattern gaps = given.stalls().source(161);
    long most = (1L << (config.queryBits() - 1)) - 1;
    for (int head = 0; head < 4; head++) {
      long largest = head == 0 ? 0 : 1 + random.nextLong(1L << 22 - 5 * head);
      largest = Math.min(largest, (1 << 22) - 1);
      simulator.poke(block.largest, largest);
      List<Long> expected = new ArrayList<>();
      List<Long> codes = new ArrayList<>();
      for (int i = 0; expected.size() < COUNT || simulator.isHigh(block.busy); i++) {
        boolean offered = expected.size() < COUNT && !gaps.next();
        long magnitude = largest == 0 ? 0 : random.nextLong(largest + 1);
        boolean negative = random.nextBoolean();
        simulator.poke(block.valid, offered);
        simulator.poke(block.magnitude, magnitude);
        simulator.poke(block.negative, negative);
        if (offered) {
          long code = largest == 0 ? 0 : (2 * most * magnitude + largest) / (2 * largest);
          expected.add(negative ? -code : code);
        }
        if (simulator.isHigh(block.codeValid)) {
          codes.add(simulator.peekSigned(block.code));
        }
        simulator.step();
      }
      assertThat(codes).isEqualTo(expected);
    }
  }

  private static int[][] codes(AcceleratorConfig config, Random random) {
    int most = (1 << (config.queryBits() - 1)) - 1;
    int[][] codes = new int[config.groupQueries()][];
    Arrays.setAll(codes, g -> random.ints(config.heavyChannels(), -most, most + 1).toArray());
    return codes;
  }

  private static void poke(Simulator simulator, Vec<SInt> ports, int[] codes) {
    for (int i = 0; i < codes.length; i++) {
      simulator.poke(ports.get(i), codes[i]);
    }
  }

  private static byte[] keyCodes(AcceleratorConfig config, BigInteger record) {
    byte[] codes = new byte[config.heavyChannels()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          record
              .shiftRight(i * config.keyBits())
              .and(BigInteger.valueOf(config.thresholds()))
              .byteValue();
    }
    return codes;
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void aDotFollowsItsRecordByAdvances(ScanCase given) {
    AcceleratorConfig config = given.config();
    Random random = given.random();
    CodeDot block = new CodeDot(config);
    BlockBench bench = BlockBench.of(block, given.stalls(), given.seed());
    Simulator simulator = bench.simulator();
    bench.reset();
    int[] codes = codes(config, random)[0];
    poke(simulator, block.codes, codes);
    Prediction prediction = new Prediction(new int[][] {codes}, config.thresholds());
    bench.follows(
        block.advance,
        given.stalls().source(162),
        CodeDot.latency(config),
        COUNT,
        () -> {
          BigInteger record = new BigInteger(config.recordBits(), random);
          simulator.poke(block.record, record);
          return prediction.score(keyCodes(config, record));
        },
        () -> simulator.peekSigned(block.dot));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void aScoreFollowsItsRecordByAdvances(ScanCase given) {
    AcceleratorConfig config = given.config();
    Random random = given.random();
    PredictorLane block = new PredictorLane(config);
    BlockBench bench = BlockBench.of(block, given.stalls(), given.seed());
    Simulator simulator = bench.simulator();
    bench.reset();
    int[][] codes = codes(config, random);
    for (int g = 0; g < codes.length; g++) {
      poke(simulator, block.codes.get(g), codes[g]);
    }
    Prediction prediction = new Prediction(codes, config.thresholds());
    bench.follows(
        block.advance,
        given.stalls().source(163),
        PredictorLane.latency(config),
        COUNT,
        () -> {
          BigInteger record = new BigInteger(config.recordBits(), random);
          simulator.poke(block.record, record);
          return prediction.score(keyCodes(config, record));
        },
        () -> simulator.peekSigned(block.score));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void boundsAreThoseOfAllCodesOfTheGroup(ScanCase given) {
    AcceleratorConfig config = given.config();
    Random random = given.random();
    ScoreBounds block = new ScoreBounds(config);
    BlockBench bench = BlockBench.of(block, given.stalls(), given.seed());
    Simulator simulator = bench.simulator();
    bench.reset();
    StallPattern gaps = given.stalls().source(164);
    for (int head = 0; head < 5; head++) {
      int[][] codes = codes(config, random);
      if (head == 3) {
        Arrays.stream(codes).forEach(ofHead -> Arrays.fill(ofHead, 0));
      }
      bench.pulse(block.start);
      for (int[] ofHead : codes) {
        for (int i = 0; i < ofHead.length; ) {
          boolean valid = !gaps.next();
          simulator.poke(block.codeValid, valid);
          simulator.poke(block.code, ofHead[i]);
          simulator.step();
          i += valid ? 1 : 0;
        }
        simulator.poke(block.codeValid, false);
        bench.pulse(block.headEnds);
      }
      Prediction prediction = new Prediction(codes, config.thresholds());
      int span = BigInteger.valueOf(prediction.hi() - prediction.lo()).bitLength();
      int bucketBits = Integer.numberOfTrailingZeros(config.buckets());
      assertThat(simulator.peekSigned(block.lowest)).isEqualTo(prediction.lo());
      assertThat(simulator.peek(block.shift)).isEqualTo(Math.max(0, span - bucketBits));
    }
  }
}
