package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.golden.JobResult;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;

/** The testbench of the JVM simulator: jobs against the golden model, and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedAcceleratorTest {
  private Testbench tiny;
  private Testbench channels;
  private Testbench gates;

  @BeforeAll
  void build() {
    tiny = Simulators.inJvm(Simulators.TINY);
    channels = Simulators.inJvm(Simulators.CHANNELS);
    gates = Simulators.inJvm(Simulators.GATES);
  }

  private static void assertBytesOfTheModel(Testbench testbench, long seed, MemoryTiming timing)
      throws IOException {
    JobMemory memory = RandomJobs.of(testbench.config(), seed);
    int jobs = memory.descriptors().size();
    MemoryImage host = memory.host.memory().copy();
    KvImages cache = memory.cache.copy();
    List<JobResult> results = memory.golden(host, cache).run(memory.ring, memory.ringLog2, 0, jobs);
    assertThat(results).noneMatch(result -> result.status().failed());
    DriverProgram program = memory.setUp().write("RING_TAIL", jobs).awaitValue("RING_HEAD", jobs);
    AcceleratorRun run = memory.run(testbench, program, timing);
    Comparison comparison = new Comparison(host, cache);
    comparison.takeCycles(run.host(), memory.descriptors(), memory.window());
    comparison.check(run.host(), run.cache());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 100", "3, 20", "4, 3", "5, 60", "6, 1", "7, 40", "8, 10"})
  void stallsOnEveryChannelChangeNoByte(long seed, int mostLatency) throws IOException {
    assertBytesOfTheModel(tiny, seed, MemoryTiming.random(mostLatency, seed));
  }

  @ParameterizedTest
  @CsvSource({"21, 1", "22, 30"})
  void norDoTheyWithSeveralMemories(long seed, int mostLatency) throws IOException {
    assertBytesOfTheModel(channels, seed, MemoryTiming.random(mostLatency, seed));
  }

  @ParameterizedTest
  @CsvSource({"31, 1", "32, 30", "33, 7"})
  void norDoesArithmeticWrittenAsGates(long seed, int mostLatency) throws IOException {
    assertBytesOfTheModel(gates, seed, MemoryTiming.random(mostLatency, seed));
  }

  @ParameterizedTest
  @CsvSource({"11, 0", "12, 45"})
  void norDoesAFixedLatency(long seed, int latency) throws IOException {
    assertBytesOfTheModel(tiny, seed, MemoryTiming.ideal(latency));
  }

  private AcceleratorRun run(DriverProgram program) throws IOException {
    return RandomJobs.of(tiny.config(), 1).run(tiny, program, MemoryTiming.random(10, 1));
  }

  private DriverProgram program() {
    return RandomJobs.of(tiny.config(), 1).setUp();
  }

  @Test
  void aRegisterWithAnotherValueFailsWithTheCommand() {
    assertThatThrownBy(() -> run(program().expect("RING_LOG2", 0x1234)))
        .isInstanceOf(SimulationException.class)
        .hasMessageContaining("expected 0x00001234 under mask 0xffffffff (command")
        .hasMessageContaining(": read 0x");
  }

  @Test
  void anAnswerThatIsNoErrorFails() {
    assertThatThrownBy(() -> run(program().readRefused(0)))
        .hasMessageContaining("response 0, expected 2");
  }

  @Test
  void anInterruptThatDoesNotComeFails() {
    assertThatThrownBy(() -> run(program().awaitPin(50)))
        .hasMessageContaining("no interrupt within 50 cycles");
  }

  @Test
  void aProgramThatWaitsForEverIsStopped() {
    assertThatThrownBy(() -> run(program().awaitValue("RING_HEAD", 1)))
        .hasMessageContaining("no progress for 100000 cycles");
  }

  @Test
  void anAccessOutsideOfAMemoryFails() {
    JobMemory memory = RandomJobs.of(tiny.config(), 1);
    DriverProgram program = memory.setUp().write("RING_TAIL", 1).awaitValue("RING_HEAD", 1);
    assertThatThrownBy(
            () ->
                tiny.run(
                    program,
                    memory.host.memory(),
                    memory.cache,
                    4096,
                    4096,
                    Testbench.Options.of(MemoryTiming.ideal(1))))
        .hasMessageContaining("host: AR: burst of ")
        .hasMessageContaining("is outside the memory of 0x1000 bytes");
  }

  @Test
  void waveformsAreWritten(@TempDir Path folder) throws IOException {
    JobMemory memory = RandomJobs.of(tiny.config(), 1);
    Path file = folder.resolve("run.vcd");
    tiny.run(
        memory.setUp(),
        memory.host.memory(),
        memory.cache,
        4096,
        4096,
        new Testbench.Options(MemoryTiming.ideal(1), file));
    assertThat(Files.readString(file)).contains("$enddefinitions", "s_axil_awaddr");
  }
}
