package sluice.accel.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.scan.ScanSamples.Kind;
import sluice.config.AcceleratorConfig;
import sluice.golden.Calibration;
import sluice.golden.Half;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.layout.HeadTableLayout;

/** What arrives in words is read by elements, and by thresholds. */
@BlockTest({ElementStore.class, ThresholdStore.class})
class StoresTest {

  @ParameterizedTest
  @EnumSource
  void elementsAreThoseOfTheLastWordsThatBegan(Stalls stalls) {
    for (int[] shape : new int[][] {{30, 8}, {16, 16}, {5, 8}}) {
      elements(shape[0], shape[1], stalls);
    }
  }

  private static void elements(int count, int bits, Stalls stalls) {
    ElementStore block = new ElementStore(count, bits);
    BlockBench bench = BlockBench.of(block, stalls, 151);
    Simulator simulator = bench.simulator();
    StreamDriver words = bench.drive(block.words);
    bench.reset();
    Random random = new Random(152);
    int perWord = AcceleratorConfig.HOST_BITS / bits;
    int wordCount = (count + perWord - 1) / perWord;
    for (int round = 0; round < 6; round++) {
      // Every second time, something is begun and not finished.
      if (round % 2 == 1 && wordCount > 1) {
        bench.pulse(block.start);
        words.send(new BigInteger(64, random));
        bench.until(words::isDone);
      }
      List<BigInteger> sent = new ArrayList<>();
      for (int i = 0; i < wordCount; i++) {
        sent.add(new BigInteger(64, random));
      }
      bench.pulse(block.start);
      assertThat(simulator.isHigh(block.full)).isFalse();
      words.sendAll(sent);
      bench.until(() -> simulator.isHigh(block.full));
      assertThat(words.isDone()).isTrue();
      for (int i = 0; i < 2 * count; i++) {
        int index = i < count ? i : random.nextInt(count);
        simulator.poke(block.index, index);
        bench.pulse(block.read);
        BigInteger expected =
            sent.get(index / perWord)
                .shiftRight(index % perWord * bits)
                .mod(BigInteger.ONE.shiftLeft(bits));
        assertThat(simulator.peekBig(block.element)).as("element %d", index).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void thresholdsAreReadAsRanks(ScanCase given) {
    AcceleratorConfig config = given.config();
    ScanSamples samples = new ScanSamples(config, given.random());
    ThresholdStore block = new ThresholdStore(config);
    BlockBench bench = BlockBench.of(block, given.stalls(), given.seed());
    Simulator simulator = bench.simulator();
    StreamDriver words = bench.drive(block.words);
    bench.reset();
    int first = new HeadTableLayout(config).thresholdsOffset() / Long.BYTES;
    for (int head = 0; head < 3; head++) {
      Calibration calibration = samples.calibration(Kind.NORMAL, samples.kind());
      List<BigInteger> all = samples.tableWords(calibration);
      bench.pulse(block.start);
      words.sendAll(all.subList(first, all.size()));
      bench.until(() -> simulator.isHigh(block.full));
      assertThat(words.isDone()).isTrue();
      for (int i = config.heavyChannels() - 1; i >= 0; i--) {
        simulator.poke(block.index, i);
        bench.pulse(block.read);
        for (int j = 0; j < config.thresholds(); j++) {
          assertThat(simulator.peekSigned(block.ranks.get(j)))
              .as("threshold %d of channel %d", j, i)
              .isEqualTo(Half.rank(calibration.thresholds()[i][j]));
        }
      }
    }
  }
}
