package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import sluice.config.AcceleratorConfig;
import sluice.golden.GoldenMachine;
import sluice.golden.JobResult;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.AppendJob;
import sluice.layout.BitField;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;
import sluice.layout.Opcode;
import sluice.layout.Status;
import sluice.tensor.HalfMatrix;

/**
 * A sequence in the KV cache, and jobs on it that are run one by one, each with the status that it
 * must end with. Results go to places of their own, so that every job's can be told apart.
 */
final class JobScene {
  static final int TOKENS = 150;
  static final int APPENDED = 70;
  static final int SINK = 4;

  private static final int BUDGET = 30;

  private static final int RING_LOG2 = 7;
  private static final int KV_PAGES = 20;
  private static final int SPARE_TABLES = 6;
  private static final long KV_BASE = 0x3000;
  private static final String[] READ = {
    "IRQ_STATUS", "LAST_STATUS", "ERROR_ADDRESS_LO", "ERROR_ADDRESS_HI"
  };

  /** What a job must end with. */
  private record Step(
      byte[] descriptor, long ringAddress, Status status, long address, Fault fault) {}

  /**
   * A range of addresses in which a memory answers with errors during a job.
   *
   * @param memory {@code host} or {@code ch0}, {@code ch1}, ...
   * @param late whether some of the job's outputs may be written before
   */
  record Fault(String memory, long address, long bytes, BusError error, boolean late) {
    boolean covers(long errorAddress) {
      return errorAddress >= (address & -4096L) && errorAddress < address + bytes;
    }
  }

  final JobMemory memory;
  final long[] pages;
  final long blockTable;
  final HeadRange heads;

  private final DriverProgram program;
  private final HostLayout layout;
  private final RandomSequence sequence;
  private final List<Step> steps = new ArrayList<>();
  private final List<long[]> results = new ArrayList<>();
  private final List<Long> tables = new ArrayList<>();
  private final long nanQuery;
  private final long query;
  private final long keys;
  private final long values;
  private int used;
  private long tag = 0xABC0_0000L;

  JobScene(AcceleratorConfig config, long seed) {
    Random random = new Random(seed);
    long ring = 0x1000;
    long hostBase = ring + ((long) DescriptorLayout.BYTES << RING_LOG2);
    memory = new JobMemory(config, random, hostBase, KV_BASE, KV_PAGES, ring, RING_LOG2);
    layout = new HostLayout(config);
    heads = HeadRange.first(config.kvHeads());
    int blocks = (TOKENS + config.pageTokens() - 1) / config.pageTokens();
    pages = LongStream.range(0, blocks).map(i -> 3 + 2 * (blocks - i)).toArray();
    sequence = new RandomSequence(memory, random, pages);
    int d = config.headDim();
    for (int head = 0; head < config.kvHeads(); head++) {
      sequence.preload(
          head,
          HalfKind.NORMAL.matrix(random, TOKENS, d, 0),
          HalfKind.NORMAL.matrix(random, TOKENS, d, 0));
    }
    blockTable = memory.host.blockTable(Arrays.copyOf(pages, (blocks + 1) / 2 * 2));
    query =
        memory.host.halves(
            HalfKind.NORMAL.matrix(random, heads.count() * config.groupQueries(), d, 0));
    keys = memory.host.halves(HalfKind.NORMAL.matrix(random, APPENDED * heads.count(), d, 0));
    values = memory.host.halves(HalfKind.NORMAL.matrix(random, APPENDED * heads.count(), d, 0));
    for (int job = 0; job < 1 << RING_LOG2; job++) {
      results.add(
          new long[] {
            memory.results(layout.queryBytes(heads.count())),
            memory.results(layout.bitmapsBytes(heads.count())),
            memory.results(CompletionLayout.BYTES)
          });
    }
    for (int table = 0; table < SPARE_TABLES; table++) {
      tables.add(memory.host.blockTable(pages));
    }
    HalfMatrix invalid =
        HalfKind.NORMAL.matrix(random, heads.count() * config.groupQueries(), d, 1);
    nanQuery = memory.host.halves(invalid);
    program = memory.setUp();
  }

  /** Places another block table of the sequence; returns its address. */
  long place(long[] table) {
    long address = tables.remove(0);
    for (int i = 0; i < table.length; i++) {
      memory.host.memory().writeNumber(address + 4L * i, 4, table[i]);
    }
    return address;
  }

  /** A query with a NaN or an infinity. */
  long nanQuery() {
    return nanQuery;
  }

  DriverProgram program() {
    return program;
  }

  /** Decodes all heads of the whole sequence. */
  DecodeJob decode() {
    long[] places = results.get(used++);
    DecodeParameters parameters =
        new DecodeParameters(
            TOKENS, BUDGET, SINK, 2, 3, DecodeParameters.defaultFactor(memory.config.headDim()), 0);
    return new DecodeJob(
        heads,
        parameters,
        blockTable,
        query,
        places[0],
        sequence.headTable,
        places[1],
        places[2],
        tag++);
  }

  /** Appends the last tokens of the sequence. */
  AppendJob append() {
    return new AppendJob(
        heads,
        TOKENS,
        APPENDED,
        blockTable,
        keys,
        values,
        sequence.headTable,
        results.get(used++)[2],
        tag++);
  }

  /** A descriptor with another value in a field. */
  static byte[] with(byte[] descriptor, BitField field, long value) {
    byte[] changed = descriptor.clone();
    field.put(changed, value);
    return changed;
  }

  /** Runs a job that must be refused, and a normal one behind it. */
  void refuse(byte[] descriptor, Status status, long address) {
    step(descriptor, status, address, null);
    accept();
  }

  /** Runs a job that must end with BUS, and behind it, without the fault, a normal one. */
  void breakOff(byte[] descriptor, Fault fault) {
    program.fail(fault.memory, fault.address, fault.bytes, fault.error);
    step(descriptor, Status.BUS, 0, fault);
    program.heal();
    if (DescriptorLayout.OPCODE.get(descriptor) == Opcode.APPEND.code()) {
      accept(DescriptorLayout.encode(append()));
    }
    accept();
  }

  /** Runs a normal job. */
  void accept() {
    accept(DescriptorLayout.encode(decode()));
  }

  /** Runs a job that must be done. */
  void accept(byte[] descriptor) {
    step(descriptor, Status.OK, 0, null);
  }

  /** Runs a job, and looks at the registers when it has ended. */
  void step(byte[] descriptor, Status status, long address, Fault fault) {
    int entry = steps.size();
    memory.add(descriptor);
    steps.add(
        new Step(descriptor.clone(), memory.descriptorAddress(entry), status, address, fault));
    program.write("RING_TAIL", entry + 1L).awaitPin(0);
    for (String register : READ) {
      program.read(register);
    }
    program.write("IRQ_STATUS", 3).expect("RING_HEAD", entry + 1L);
  }

  /** The entry of the ring that the next job gets. */
  long nextDescriptor() {
    return memory.descriptorAddress(steps.size());
  }

  long headTable() {
    return sequence.headTable;
  }

  /** Runs all jobs on both sides, and compares everything. */
  void run(Testbench testbench, MemoryTiming timing) throws IOException {
    assertThat(steps.size()).isLessThanOrEqualTo(1 << RING_LOG2);
    AcceleratorRun run = memory.run(testbench, program, timing);
    MemoryImage host = memory.host.memory().copy();
    KvImages cache = memory.cache.copy();
    GoldenMachine golden = memory.golden(host, cache);
    Comparison comparison = new Comparison(host, cache);
    List<byte[]> reported = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String name = "job %d, %s, %s".formatted(i, step.status, step.fault);
      long[] read = new long[READ.length];
      for (int r = 0; r < read.length; r++) {
        read[r] = run.registers().get(i * (READ.length + 1) + r).value();
      }
      long errorAddress = read[3] << 32 | read[2];
      assertThat(Status.of(read[1])).as(name).isEqualTo(step.status);
      assertThat(read[0]).as("interrupts of " + name).isEqualTo(step.status.failed() ? 3 : 1);
      boolean recorded;
      if (step.fault == null) {
        JobResult result = golden.run(step.ringAddress);
        assertThat(result.status()).as("model's " + name).isEqualTo(step.status);
        assertThat(errorAddress).as("address of " + name).isEqualTo(step.address);
        assertThat(result.errorAddress()).as("model's address of " + name).isEqualTo(step.address);
        recorded = result.reported();
      } else {
        assertThat(step.fault.covers(errorAddress)).as("%s: 0x%x", name, errorAddress).isTrue();
        recorded = breaksOff(step, errorAddress, golden, host, run.host());
      }
      if (recorded) {
        reported.add(step.descriptor);
      }
    }
    comparison.takeCycles(run.host(), reported, memory.window());
    comparison.check(run.host(), run.cache());
  }

  /** What is left of a job that met a fault; true if its record is written. */
  private boolean breaksOff(
      Step step, long errorAddress, GoldenMachine golden, MemoryImage host, MemoryImage actual) {
    byte[] descriptor = step.descriptor;
    long completion = DescriptorLayout.COMPLETION.get(descriptor);
    boolean inHost = step.fault.memory.equals("host");
    boolean unread = inHost && step.fault.covers(step.ringAddress);
    boolean lost =
        inHost
            && step.fault.address >= completion
            && step.fault.address < completion + CompletionLayout.BYTES;
    if (lost) {
      // Everything is done; of the record the words at fault are not written.
      byte[] before = host.read(step.fault.address, Math.toIntExact(step.fault.bytes));
      golden.run(step.ringAddress);
      take(host, actual, completion + Long.BYTES * CompletionLayout.CYCLES.word(), Long.BYTES);
      host.write(step.fault.address, before);
    }
    boolean decode = DescriptorLayout.OPCODE.get(descriptor) == Opcode.DECODE.code();
    if (decode && step.fault.late) {
      long output = DescriptorLayout.OUTPUT.get(descriptor);
      take(host, actual, output, layout.queryBytes(heads.count()));
    }
    if (decode && !unread && !lost) {
      long bitmap = DescriptorLayout.BITMAP.get(descriptor);
      take(host, actual, bitmap, layout.bitmapsBytes(heads.count()));
    }
    if (unread || lost) {
      return false;
    }
    byte[] record = new byte[CompletionLayout.BYTES];
    CompletionLayout.STATUS.put(record, Status.BUS.code());
    CompletionLayout.TAG.put(record, DescriptorLayout.TAG.get(descriptor));
    CompletionLayout.ERROR_ADDRESS.put(record, errorAddress);
    host.write(completion, record);
    return true;
  }

  private static void take(MemoryImage to, MemoryImage from, long address, long bytes) {
    to.write(address, from.read(address, Math.toIntExact(bytes)));
  }
}
