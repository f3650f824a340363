package sluice.cosim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sluice.config.AcceleratorConfig;
import sluice.golden.GoldenMachine;
import sluice.golden.HostImage;
import sluice.golden.HostWindow;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.DescriptorLayout;
import sluice.layout.Job;
import sluice.layout.KvLayout;
import sluice.layout.RegisterMap;

/**
 * Host memory with a ring of jobs, and the channel memories: what an accelerator starts from. All
 * that no job needs is junk, so that nothing goes unseen that is written beside the results.
 */
final class JobMemory {
  private static final int PAGE = 4096;

  final AcceleratorConfig config;
  final HostImage host;
  final KvImages cache;
  final int kvPages;
  final long ring;
  final int ringLog2;

  private final Random random;
  private final List<byte[]> descriptors = new ArrayList<>();

  /**
   * Memories without jobs.
   *
   * @param hostBase HOST_BASE
   * @param kvBase KV_BASE
   * @param ring where the ring is; it needs not lie in the host window
   */
  JobMemory(
      AcceleratorConfig config,
      Random random,
      long hostBase,
      long kvBase,
      int kvPages,
      long ring,
      int ringLog2) {
    this.config = config;
    this.random = random;
    this.kvPages = kvPages;
    this.ring = ring;
    this.ringLog2 = ringLog2;
    host = new HostImage(config, hostBase);
    cache = KvImages.empty(config, kvBase);
    int halves = Math.toIntExact(new KvLayout(config).cacheBytes(kvPages) / 2);
    for (MemoryImage channel : cache.channels()) {
      channel.writeHalves(kvBase, HalfKind.NORMAL.vector(random, halves));
    }
  }

  /** Reserves room for results, full of junk. */
  long results(long bytes) {
    long address = host.reserve(bytes);
    byte[] junk = new byte[Math.toIntExact(bytes)];
    random.nextBytes(junk);
    host.memory().write(address, junk);
    return address;
  }

  /** Adds a job to the ring. */
  void add(Job job) {
    add(DescriptorLayout.encode(job));
  }

  /** Adds a descriptor to the ring. */
  void add(byte[] descriptor) {
    int entry = descriptors.size() & ((1 << ringLog2) - 1);
    descriptors.add(descriptor.clone());
    host.memory().write(descriptorAddress(entry), descriptor);
  }

  /** Where an entry of the ring is. */
  long descriptorAddress(int entry) {
    return ring + (long) entry * DescriptorLayout.BYTES;
  }

  /** The descriptors, in order. */
  List<byte[]> descriptors() {
    return descriptors;
  }

  /** HOST_BASE and HOST_LIMIT; the limit is the end of what is reserved so far. */
  HostWindow window() {
    return new HostWindow(host.base(), host.limit());
  }

  /** A machine that works on copies of the memories. */
  GoldenMachine golden(MemoryImage hostCopy, KvImages cacheCopy) {
    return new GoldenMachine(config, window(), kvPages, hostCopy, cacheCopy);
  }

  /** A program that has set all registers, and enabled the accelerator and its interrupt. */
  DriverProgram setUp() {
    DriverProgram program = new DriverProgram(RegisterMap.of(config));
    setUp(program);
    return program;
  }

  /** Sets all registers, and enables the accelerator and its interrupt. */
  void setUp(DriverProgram program) {
    program
        .writeWide("RING_BASE", ring)
        .write("RING_LOG2", ringLog2)
        .writeWide("HOST_BASE", window().base())
        .writeWide("HOST_LIMIT", window().limit())
        .writeWide("KV_BASE", cache.base())
        .write("KV_PAGES", kvPages)
        .write("IRQ_ENABLE", 1)
        .write("CONTROL", 1);
  }

  /** Runs a program on these memories, which stay as they are. */
  AcceleratorRun run(Testbench testbench, DriverProgram program, MemoryTiming timing)
      throws java.io.IOException {
    long hostEnd = Math.max(host.limit(), descriptorAddress(1 << ringLog2));
    long cacheEnd = cache.base() + new KvLayout(config).cacheBytes(kvPages);
    return testbench.run(
        program,
        host.memory(),
        cache,
        roundUp(hostEnd),
        roundUp(cacheEnd),
        Testbench.Options.of(timing));
  }

  private static long roundUp(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }
}
