package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sluice.config.AcceleratorConfig;
import sluice.golden.GoldenMachine;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.DecodeJob;
import sluice.layout.DescriptorLayout;
import sluice.layout.Register;
import sluice.layout.RegisterMap;

/**
 * What a driver may do: interrupts, the ring, the doorbell, enabling, reset, and what it may not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriverIT {
  private static final MemoryTiming TIMING = MemoryTiming.random(10, 3);
  private static final int BUSY = 1;
  private static final int EMPTY = 2;

  private VerilatedAccelerator accelerator;
  private AcceleratorConfig config;

  @TempDir Path folder;

  @BeforeAll
  void build() throws IOException {
    accelerator = Simulators.build(Simulators.TINY);
    config = accelerator.config();
  }

  /** A job that is done, and one that is refused. */
  private JobScene goodAndBad() {
    JobScene scene = new JobScene(config, 4);
    scene.memory.add(scene.decode());
    scene.memory.add(
        JobScene.with(DescriptorLayout.encode(scene.decode()), DescriptorLayout.WINDOW, 2));
    return scene;
  }

  /** Runs a program over all jobs of a scene, and compares with what the model makes of them. */
  private void runAndCompare(JobScene scene) throws IOException {
    JobMemory memory = scene.memory;
    AcceleratorRun run = memory.run(accelerator, scene.program(), TIMING);
    Comparison comparison = new Comparison(memory.host.memory().copy(), memory.cache.copy());
    memory
        .golden(comparison.host(), comparison.cache())
        .run(memory.ring, memory.ringLog2, 0, memory.descriptors().size());
    comparison.takeCycles(run.host(), memory.descriptors(), memory.window());
    comparison.check(run.host(), run.cache());
  }

  @Test
  void interruptsComeForWhatIsEnabled() throws IOException {
    JobScene scene = goodAndBad();
    scene
        .program()
        .write("IRQ_ENABLE", 1)
        .write("RING_TAIL", 1)
        .awaitPin(20000)
        .expect("IRQ_STATUS", 1)
        .write("IRQ_STATUS", 2)
        .expect("IRQ_STATUS", 1)
        .write("IRQ_STATUS", 1)
        .expect("IRQ_STATUS", 0)
        .write("IRQ_ENABLE", 2)
        .write("RING_TAIL", 2)
        .awaitPin(20000)
        .expect("IRQ_STATUS", 3)
        .write("IRQ_STATUS", 1)
        .expect("IRQ_STATUS", 2)
        .awaitPin(10)
        .write("IRQ_STATUS", 2)
        .expect("IRQ_STATUS", 0);
    runAndCompare(scene);
  }

  @Test
  void interruptsDoNotComeForWhatIsNotEnabled() {
    for (int[] run : new int[][] {{0, 1, 1}, {2, 1, 1}, {0, 2, 3}}) {
      JobScene scene = goodAndBad();
      scene
          .program()
          .write("IRQ_ENABLE", run[0])
          .write("RING_TAIL", run[1])
          .awaitValue("RING_HEAD", run[1])
          .expect("IRQ_STATUS", run[2])
          .awaitPin(200);
      assertThatThrownBy(() -> scene.memory.run(accelerator, scene.program(), TIMING))
          .isInstanceOf(SimulationException.class)
          .hasMessageContaining("no interrupt within 200 cycles");
    }
  }

  @Test
  void anInterruptThatIsClearedGoesAway() {
    JobScene scene = goodAndBad();
    scene.program().write("RING_TAIL", 1).awaitInterrupt().awaitPin(200);
    assertThatThrownBy(() -> scene.memory.run(accelerator, scene.program(), TIMING))
        .hasMessageContaining("no interrupt within 200 cycles");
  }

  @Test
  void jobsWaitWhileTheAcceleratorIsDisabled() throws IOException {
    JobScene scene = goodAndBad();
    scene
        .program()
        .write("CONTROL", 0)
        .write("RING_TAIL", 2)
        .idle(500)
        .expect("RING_HEAD", 0)
        .expect("STATUS", 0)
        .write("CONTROL", 1)
        .awaitBits("STATUS", BUSY, BUSY)
        .write("CONTROL", 0)
        .awaitBits("STATUS", BUSY, 0)
        .idle(500)
        .expect("RING_HEAD", 1)
        .expect("STATUS", 0)
        .write("CONTROL", 1)
        .awaitValue("RING_HEAD", 2)
        .awaitValue("STATUS", EMPTY);
    runAndCompare(scene);
  }

  @Test
  void theDoorbellMayRingWhileAJobRuns() throws IOException {
    JobScene scene = new JobScene(config, 6);
    for (int job = 0; job < 6; job++) {
      scene.memory.add(scene.decode());
    }
    scene.program().expect("STATUS", EMPTY).write("RING_TAIL", 1);
    for (int tail = 2; tail <= 6; tail++) {
      scene
          .program()
          .awaitBits("STATUS", BUSY, BUSY)
          .expect("RING_HEAD", tail - 2L)
          .write("RING_TAIL", tail)
          .expect("STATUS", BUSY)
          .awaitValue("RING_HEAD", tail - 1L);
    }
    scene.program().awaitValue("RING_HEAD", 6).awaitValue("STATUS", EMPTY);
    runAndCompare(scene);
  }

  @Test
  void theRingIsUsedAgainFromItsBeginning() throws IOException {
    for (int log2 = 0; log2 <= 2; log2++) {
      JobScene scene = new JobScene(config, 7 + log2);
      JobMemory memory = scene.memory;
      int size = 1 << log2;
      DriverProgram program = scene.program().write("RING_LOG2", log2);
      List<byte[]> jobs = new ArrayList<>();
      MemoryImage host = memory.host.memory().copy();
      KvImages cache = memory.cache.copy();
      GoldenMachine golden = memory.golden(host, cache);
      for (int job = 0; job < 5 * size + 1; job++) {
        byte[] descriptor = DescriptorLayout.encode(scene.decode());
        jobs.add(descriptor);
        long entry = memory.descriptorAddress(job % size);
        Path file = folder.resolve("job" + log2 + "_" + job);
        Files.write(file, descriptor);
        program.load(entry, file);
        boolean full = job % size == size - 1;
        if (full || job == 5 * size) {
          program.write("RING_TAIL", job + 1L).awaitValue("RING_HEAD", job + 1L);
        }
        host.write(entry, descriptor);
        golden.run(entry);
      }
      AcceleratorRun run = memory.run(accelerator, program, TIMING);
      Comparison comparison = new Comparison(host, cache);
      comparison.takeCycles(run.host(), jobs, memory.window());
      comparison.check(run.host(), run.cache());
    }
  }

  @Test
  void theFreeRunningIndicesWrap() throws IOException {
    // Empty descriptors are refused at once. There are more of them than an index can count.
    JobMemory memory =
        new JobMemory(config, new Random(1), 1 << 22, 0, 1, 0, RegisterMap.MAX_RING_LOG2);
    DriverProgram program = memory.setUp().write("IRQ_ENABLE", 0);
    int half = 1 << RegisterMap.MAX_RING_LOG2;
    for (int tail : new int[] {half, 2 * half - 5, 7, 9}) {
      int index = tail % (2 * half);
      program
          .write("RING_TAIL", index)
          .awaitValue("RING_HEAD", index)
          .awaitValue("STATUS", EMPTY)
          .expect("LAST_STATUS", 8);
    }
    memory.run(accelerator, program, MemoryTiming.ideal(1));
  }

  @Test
  void aResetEndsWhatIsInWork() throws IOException {
    Random random = new Random(8);
    for (int i = 0; i < 8; i++) {
      JobScene scene = new JobScene(config, 9);
      boolean append = i % 2 == 1;
      scene.memory.add(DescriptorLayout.encode(append ? scene.append() : scene.decode()));
      scene.memory.add(scene.decode());
      DriverProgram program = scene.program();
      program
          .write("RING_TAIL", 2)
          .awaitBits("STATUS", BUSY, BUSY)
          .idle(random.nextInt(2500))
          .reset(4)
          .expect("RING_HEAD", 0)
          .expect("RING_TAIL", 0)
          .expect("CONTROL", 0)
          .expect("STATUS", EMPTY)
          .expect("IRQ_STATUS", 0);
      scene.memory.setUp(program);
      program.write("RING_TAIL", 2).awaitValue("RING_HEAD", 2).expect("LAST_STATUS", 0);
      runAndCompare(scene);
    }
  }

  @Test
  void accessesThatAreNotAllowedChangeNothing() throws IOException {
    JobScene scene = goodAndBad();
    DriverProgram program = scene.program();
    RegisterMap map = RegisterMap.of(config);
    Set<Integer> offsets =
        map.registers().stream().map(Register::offset).collect(Collectors.toSet());
    for (int offset = 0; offset < 1 << RegisterMap.ADDRESS_BITS; offset += 4) {
      if (!offsets.contains(offset)) {
        program.writeRefused(offset, -1).readRefused(offset);
      }
    }
    for (Register register : map.registers()) {
      if (!register.access().writable()) {
        program.writeRefused(register.offset(), -1);
      }
      if (register.constant()) {
        program.expect(register.name(), register.reset());
      }
    }
    program.expectWide("RING_BASE", scene.memory.ring).expect("CONTROL", 1);
    program.write("RING_TAIL", 2).awaitValue("RING_HEAD", 2).expect("LAST_STATUS", 6);
    runAndCompare(scene);
  }

  @Test
  void aJobOfTheSameDescriptorGivesTheSameAgain() throws IOException {
    JobScene scene = new JobScene(config, 10);
    DecodeJob job = scene.decode();
    scene.memory.add(job);
    scene.memory.add(scene.append());
    scene.memory.add(job);
    scene.program().write("RING_TAIL", 3).awaitValue("RING_HEAD", 3);
    assertThat(scene.memory.descriptors()).hasSize(3);
    runAndCompare(scene);
  }
}
