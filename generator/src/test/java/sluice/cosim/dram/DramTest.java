package sluice.cosim.dram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.cosim.dram.DramConfig.Parameter;

class DramTest {
  private static final long CYCLES = 100_000;
  private static final long BYTES = 1L << 28;
  private static final int SEED = 1;

  private static DramReport run(String memory, int bytes, int inFlight, LongSupplier addresses) {
    DramConfig config = DramConfig.named(memory);
    int clock = config.get(Parameter.ACCELERATOR_MHZ);
    return new DramTraffic(config, clock, bytes, inFlight, addresses).run(CYCLES);
  }

  private static LongSupplier scattered(int bytes) {
    Random random = new Random(SEED);
    return () -> (random.nextLong() & BYTES - 1) / bytes * bytes;
  }

  private static LongSupplier stream(int bytes) {
    long[] next = {0};
    return () -> next[0] += bytes;
  }

  /** The share of the peak that is reached, of what refresh leaves. */
  private static double reached(DramReport report) {
    return report.efficiency() / (1 - report.refreshShare());
  }

  @ParameterizedTest
  @CsvSource({"1, 0.14", "8, 0.91", "16, 0.99", "64, 0.99"})
  void scatteredVectorsNeedSixteenReadsInFlight(int inFlight, double expected) {
    DramReport report = run("hbm2", 256, inFlight, scattered(256));
    assertThat(reached(report)).isEqualTo(expected, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 16, 32, 64})
  void scatteredBurstsOfTheMemoryReachNoHalfWhateverIsInFlight(int inFlight) {
    DramReport report = run("hbm2", 32, inFlight, scattered(32));
    assertThat(report.efficiency()).isLessThan(0.48);
    assertThat(report.rowHitShare()).isLessThan(0.02);
  }

  @Test
  void activationsBoundScatteredBurstsOfTheMemory() {
    // Four activations in 16 cycles, each for two cycles of data.
    assertThat(reached(run("hbm2", 32, 64, scattered(32)))).isEqualTo(0.5, within(0.01));
    // Four in 26 cycles, each for four.
    assertThat(reached(run("ddr4", 64, 64, scattered(64)))).isEqualTo(16 / 26.0, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"hbm2, 0.09", "ddr4, 0.045"})
  void streamsReachThePeakButForRefresh(String memory, double refresh) {
    DramReport report = run(memory, 512, 8, stream(512));
    assertThat(reached(report)).isGreaterThan(0.99);
    assertThat(report.refreshShare()).isEqualTo(refresh, within(0.01));
    assertThat(report.rowHitShare()).isGreaterThan(0.95);
  }

  @Test
  void writesAndReadsShareTheBus() {
    DramConfig config = DramConfig.named("hbm2");
    Dram dram = new Dram(config, config.get(Parameter.ACCELERATOR_MHZ));
    Random random = new Random(SEED);
    List<DramAccess> all = new ArrayList<>();
    long cycle = 0;
    for (; cycle < CYCLES; cycle++) {
      dram.advance(cycle);
      boolean write = random.nextBoolean();
      if (dram.hasRoom(write)) {
        DramAccess access = new DramAccess(random.nextInt(1 << 20) / 256 * 256, 256, write);
        dram.accept(access);
        all.add(access);
      }
    }
    dram.advance(cycle + 10_000);
    long end = cycle + 10_000;
    assertThat(all).allMatch(access -> access.answer() < end);
    assertThat(dram.report().columns()).isEqualTo(all.size() * 8L);
    assertThat(reached(dram.report())).isBetween(0.6, 1.0);
  }

  @Test
  void aWriteIsDoneThoughReadsKeepComing() {
    DramConfig config = DramConfig.named("ddr4");
    Dram dram = new Dram(config, config.get(Parameter.ACCELERATOR_MHZ));
    DramAccess write = new DramAccess(4096, 64, true);
    dram.accept(write);
    long cycle = 0;
    for (; write.answer() > cycle && cycle < CYCLES; cycle++) {
      while (dram.hasRoom(false)) {
        dram.accept(new DramAccess(cycle * 64, 64, false));
      }
      dram.advance(cycle);
    }
    assertThat(cycle).isBetween(250L, 700L);
  }

  @Test
  void anOpenRowDoesNotStarveOthers() {
    DramConfig config = DramConfig.named("hbm2");
    Dram dram = new Dram(config, config.get(Parameter.ACCELERATOR_MHZ));
    DramAccess first = new DramAccess(0, 32, false);
    dram.accept(first);
    dram.advance(20);
    // Another row of the same bank.
    long row = 1L << 14;
    long other = row;
    while (config.addresses().bank(other) != config.addresses().bank(0)) {
      other += row;
    }
    DramAccess starved = new DramAccess(other, 32, false);
    dram.accept(starved);
    long cycle = 20;
    for (; starved.answer() > cycle && cycle < CYCLES; cycle++) {
      while (dram.hasRoom(false)) {
        dram.accept(new DramAccess(0, 32, false));
      }
      dram.advance(cycle);
    }
    assertThat(cycle).isLessThan(200);
  }

  @Test
  void whatWaitsIsForgottenInReset() {
    Dram dram = new Dram(DramConfig.named("hbm2"), 500);
    DramAccess access = new DramAccess(0, 32, true);
    dram.accept(access);
    dram.reset();
    dram.advance(1000);
    assertThat(access.answer()).isEqualTo(DramAccess.NEVER);
    assertThat(dram.report().columns()).isZero();
  }

  @Test
  void anIdleMemoryIsRefreshed() {
    Dram dram = new Dram(DramConfig.named("hbm2"), 500);
    dram.advance(3900 * 10 / 2 + 1);
    assertThat(dram.report().refreshCycles()).isEqualTo(3500);
  }

  @Test
  void aSlowerPortTakesFewerOfItsCycles() {
    DramConfig config = DramConfig.named("hbm2");
    for (int clock : new int[] {250, 333, 450, 1000}) {
      Dram dram = new Dram(config, clock);
      DramAccess access = new DramAccess(0, 32, false);
      dram.accept(access);
      dram.advance(1000);
      // 14 to activate, 14 to read, 2 of data, 40 of the controller; the first command at once.
      assertThat(access.answer()).isEqualTo((70 * clock + 999) / 1000);
    }
  }
}
