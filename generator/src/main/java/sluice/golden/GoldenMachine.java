package sluice.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.config.AcceleratorConfig;
import sluice.layout.AppendJob;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DescriptorLayout;
import sluice.layout.HostLayout;
import sluice.layout.Job;
import sluice.layout.KvLayout;
import sluice.layout.Status;

/**
 * Executes descriptors as the hardware does: memory images in, memory images out. Only the cycle
 * count of a completion record is not the hardware's; it is written as 0.
 *
 * <p>A completion record whose own pointer is not allowed is not written. On a bus error what the
 * job had written before it stays, as in the hardware, though how far either came may differ.
 */
public final class GoldenMachine {

  private final AcceleratorConfig config;
  private final HostWindow window;
  private final long kvPages;
  private final MemoryImage host;
  private final KvImages cache;

  /** A reason not to go on with a job. */
  private static final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    final transient Status status;
    final long address;

    Refusal(Status status, long address) {
      super(status.name());
      this.status = status;
      this.address = address;
    }
  }

  private record Counts(long selected, long skipped, Status status) {}

  /**
   * A machine.
   *
   * @param config the accelerator
   * @param window HOST_BASE and HOST_LIMIT
   * @param kvPages KV_PAGES
   * @param host host memory, changed by jobs
   * @param cache KV_BASE and channel memories, changed by jobs
   */
  public GoldenMachine(
      AcceleratorConfig config, HostWindow window, long kvPages, MemoryImage host, KvImages cache) {
    this.config = config;
    this.window = window.within(config.addressBits());
    this.kvPages = kvPages;
    this.host = host;
    this.cache = cache;
  }

  /**
   * Executes descriptors of a ring, in order.
   *
   * @param ringBase RING_BASE
   * @param ringLog2 RING_LOG2
   * @param head index of the first, free running
   * @param count number of descriptors
   */
  public List<JobResult> run(long ringBase, int ringLog2, int head, int count) {
    List<JobResult> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = (head + i) & ((1 << ringLog2) - 1);
      results.add(run(ringBase + (long) entry * DescriptorLayout.BYTES));
    }
    return results;
  }

  /**
   * Executes one descriptor. If it cannot be read, or its completion record cannot be written, the
   * job ends with BUS and is not reported.
   *
   * @param address of the descriptor in host memory
   */
  public JobResult run(long address) {
    byte[] descriptor;
    try {
      descriptor = host.read(address, DescriptorLayout.BYTES);
    } catch (MemoryImage.BusException e) {
      return new JobResult(Status.BUS, 0, 0, 0, e.address(), false);
    }
    JobResult result = run(descriptor);
    if (!result.reported()) {
      return result;
    }
    try {
      host.write(DescriptorLayout.COMPLETION.get(descriptor), record(result));
    } catch (MemoryImage.BusException e) {
      return new JobResult(Status.BUS, result.tag(), 0, 0, e.address(), false);
    }
    return result;
  }

  /** Does what a descriptor says, all but the completion record. */
  private JobResult run(byte[] descriptor) {
    Counts counts;
    long errorAddress = 0;
    try {
      counts = execute(DescriptorLayout.decode(descriptor));
    } catch (Refusal refusal) {
      counts = new Counts(0, 0, refusal.status);
      errorAddress = refusal.address;
    } catch (MemoryImage.BusException e) {
      counts = new Counts(0, 0, Status.BUS);
      errorAddress = e.address();
    }
    long completion = DescriptorLayout.COMPLETION.get(descriptor);
    return new JobResult(
        counts.status,
        DescriptorLayout.TAG.get(descriptor),
        counts.selected,
        counts.skipped,
        errorAddress,
        window.allows(completion, CompletionLayout.BYTES));
  }

  private static byte[] record(JobResult result) {
    byte[] record = new byte[CompletionLayout.BYTES];
    CompletionLayout.STATUS.put(record, result.status().code());
    CompletionLayout.TAG.put(record, result.tag());
    CompletionLayout.SELECTED.put(record, result.selected());
    CompletionLayout.SKIPPED.put(record, result.skipped());
    CompletionLayout.ERROR_ADDRESS.put(record, result.errorAddress());
    return record;
  }

  private Counts execute(Optional<Job> parsed) throws Refusal {
    if (parsed.isEmpty()) {
      throw new Refusal(Status.OPCODE, 0);
    }
    Job job = parsed.get();
    JobCheck check = new JobCheck(config);
    Status status = check.parameters(job);
    if (status != Status.OK) {
      throw new Refusal(status, 0);
    }
    OptionalLong forbidden = check.forbiddenPointer(job, window);
    if (forbidden.isPresent()) {
      throw new Refusal(Status.POINTER, forbidden.getAsLong());
    }
    long[] pages = pages(job);
    if (job instanceof AppendJob append) {
      append(append, pages);
      return new Counts(0, 0, Status.OK);
    }
    return decode((DecodeJob) job, pages);
  }

  /** The block table; every entry that belongs to the sequence must be below KV_PAGES. */
  private long[] pages(Job job) throws Refusal {
    long[] pages = new long[new KvLayout(config).blocks((int) job.tokens())];
    for (int i = 0; i < pages.length; i++) {
      long entry = job.blockTable() + (long) i * HostLayout.BLOCK_ENTRY_BYTES;
      pages[i] = host.readNumber(entry, HostLayout.BLOCK_ENTRY_BYTES);
      if (pages[i] >= kvPages) {
        throw new Refusal(Status.POINTER, entry);
      }
    }
    return pages;
  }

  private void append(AppendJob job, long[] pages) {
    HostLayout layout = new HostLayout(config);
    int heads = job.heads().count();
    int first = (int) (job.tokens() - job.appended());
    for (int head = 0; head < heads; head++) {
      int kvHead = job.heads().first() + head;
      Calibration calibration = new HeadTable(config).read(host, job.headTable(), kvHead);
      for (int i = 0; i < job.appended(); i++) {
        long offset = layout.appendOffset(i, head, heads);
        short[] key = host.readHalves(job.keys() + offset, config.headDim());
        short[] value = host.readHalves(job.values() + offset, config.headDim());
        cache.write(pages, kvHead, first + i, key, value, calibration);
      }
    }
  }

  private Counts decode(DecodeJob job, long[] pages) {
    HostLayout layout = new HostLayout(config);
    long selected = 0;
    long skipped = 0;
    Status status = Status.OK;
    for (int head = 0; head < job.heads().count(); head++) {
      int kvHead = job.heads().first() + head;
      Calibration calibration = new HeadTable(config).read(host, job.headTable(), kvHead);
      short[][] query = new short[config.groupQueries()][];
      for (int g = 0; g < query.length; g++) {
        query[g] = host.readHalves(job.query() + layout.queryOffset(head, g), config.headDim());
      }
      HeadCache sequence = cache.head(pages, kvHead, (int) job.tokens());
      DecodeResult result =
          new DecodeStep(config).run(query, sequence, calibration, job.parameters());
      for (int g = 0; g < query.length; g++) {
        host.writeHalves(job.output() + layout.queryOffset(head, g), result.outputs()[g]);
      }
      if (job.bitmap() != 0) {
        long bitmap = job.bitmap() + (long) head * layout.bitmapStride();
        host.write(bitmap, bitmap(result.selected(), layout.bitmapBytes((int) job.tokens())));
      }
      selected += result.selected().length;
      skipped += result.skipped();
      status = result.status() == Status.OK ? status : result.status();
    }
    return new Counts(selected, skipped, status);
  }

  private static byte[] bitmap(int[] tokens, int bytes) {
    byte[] bitmap = new byte[bytes];
    for (int token : tokens) {
      bitmap[token / 8] |= (byte) (1 << (token % 8));
    }
    return bitmap;
  }
}
