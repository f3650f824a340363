package sluice.cosim.dram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The DRAM of the testbench under Verilator answers in the same cycles as that of the JVM. */
class DramsIT {
  private static final int SEEDS = 20;
  private static final int ACCESSES = 2000;

  @TempDir static Path folder;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    Path testbench = Path.of(System.getProperty("sluice.root")).resolve("verilator-tb");
    run(
        folder.resolve("nothing"),
        "g++",
        "-std=c++17",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-O1",
        "-I" + testbench.resolve("common"),
        "-I" + testbench.resolve("top"),
        testbench.resolve("selftest/dram/main.cc").toString(),
        testbench.resolve("top/dram.cc").toString(),
        testbench.resolve("top/dram_config.cc").toString(),
        testbench.resolve("common/arguments.cc").toString(),
        "-o",
        folder.resolve("dram").toString());
  }

  @ParameterizedTest
  @CsvSource({"hbm2, 500", "hbm2, 450", "hbm2, 1200", "ddr4, 300", "ddr4, 277"})
  void answersComeInTheSameCycles(String name, int clock) throws Exception {
    DramConfig config = DramConfig.named(name);
    Path file = Files.writeString(folder.resolve(name + ".memory"), config.text());
    for (int seed = 1; seed <= SEEDS; seed++) {
      StringBuilder requests = new StringBuilder();
      List<String> expected = play(config, clock, seed, requests);
      Path input = Files.writeString(folder.resolve("requests"), requests);
      String output =
          run(input, folder.resolve("dram").toString(), file.toString(), Integer.toString(clock));
      assertThat(output.lines()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  /** Accesses near one another and far apart, now and then crowded, some of them writes. */
  private static List<String> play(DramConfig config, int clock, int seed, StringBuilder requests) {
    Random random = new Random(seed);
    Dram dram = new Dram(config, clock);
    List<DramAccess> accesses = new ArrayList<>();
    long cycle = 0;
    long address = 0;
    int writes = random.nextInt(101);
    int gap = 1 + random.nextInt(10);
    while (accesses.size() < ACCESSES) {
      boolean write = random.nextInt(100) < writes;
      dram.advance(cycle);
      if (dram.hasRoom(write)) {
        int bytes = 8 << random.nextInt(8);
        address =
            random.nextInt(4) == 0
                ? (random.nextLong() & (1L << 33) - 1) / bytes * bytes
                : (address + random.nextInt(8) * 1024L) / bytes * bytes;
        DramAccess access = new DramAccess(address, bytes, write);
        dram.accept(access);
        accesses.add(access);
        requests.append("%d %d %d %s%n".formatted(cycle, address, bytes, write ? "w" : "r"));
      }
      cycle += random.nextInt(100) == 0 ? 20_000 : random.nextInt(gap);
    }
    dram.advance(cycle(requests) + 100_000);
    List<String> lines = new ArrayList<>();
    accesses.forEach(access -> lines.add(Long.toString(access.answer())));
    DramReport report = dram.report();
    lines.add(
        "%d %d %d %d %d"
            .formatted(
                report.cycles(),
                report.columns(),
                report.activations(),
                report.refreshCycles(),
                report.dataCycles()));
    return lines;
  }

  /** The cycle of the last access. */
  private static long cycle(StringBuilder requests) {
    String[] lines = requests.toString().split("\n");
    return Long.parseLong(lines[lines.length - 1].split(" ")[0]);
  }

  private static String run(Path input, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (Files.exists(input)) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
