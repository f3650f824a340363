package sluice.golden;

import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;
import sluice.layout.Job;
import sluice.tensor.HalfMatrix;

/** Builds the image of host memory: places a job's arrays one after the other and fills them. */
public final class HostImage {

  private final AcceleratorConfig config;
  private final MemoryImage memory = new MemoryImage();
  private final long base;
  private long next;

  /**
   * An empty image.
   *
   * @param base where the first array goes, a multiple of 8
   */
  public HostImage(AcceleratorConfig config, long base) {
    this.config = config;
    this.base = base;
    this.next = base;
  }

  /** The image. */
  public MemoryImage memory() {
    return memory;
  }

  /** The lowest address in use: HOST_BASE. */
  public long base() {
    return base;
  }

  /** The address after the last array so far: HOST_LIMIT. */
  public long limit() {
    return next;
  }

  /** Reserves bytes, aligned as every pointer must be; returns their address. */
  public long reserve(long bytes) {
    return reserve(bytes, HostLayout.ALIGNMENT);
  }

  /**
   * Reserves bytes at a stricter alignment; returns their address.
   *
   * @param alignment a power of two, 8 or more
   */
  public long reserve(long bytes, long alignment) {
    long address = (next + alignment - 1) & -alignment;
    next = (address + bytes + HostLayout.ALIGNMENT - 1) & -HostLayout.ALIGNMENT;
    return address;
  }

  /** Places a block table; returns its address. */
  public long blockTable(long[] pages) {
    long address = reserve((long) pages.length * HostLayout.BLOCK_ENTRY_BYTES);
    for (int i = 0; i < pages.length; i++) {
      memory.writeNumber(
          address + (long) i * HostLayout.BLOCK_ENTRY_BYTES,
          HostLayout.BLOCK_ENTRY_BYTES,
          pages[i]);
    }
    return address;
  }

  /** Places a head table with entries for KV heads 0, 1, ...; returns its address. */
  public long headTable(List<Calibration> calibrations) {
    int entryBytes = new HeadTableLayout(config).entryBytes();
    long address = reserve((long) calibrations.size() * entryBytes);
    new HeadTable(config).write(memory, address, calibrations);
    return address;
  }

  /**
   * Places a matrix of halves, row by row; returns its address. The query of a decode job is [heads
   * * G][d]; keys and values of an append are [tokens * heads][d].
   */
  public long halves(HalfMatrix matrix) {
    long address = reserve(2L * matrix.bits().length);
    memory.writeHalves(address, matrix.bits());
    return address;
  }

  /** Writes a job's descriptor into an entry of the ring. */
  public void descriptor(long ringBase, int entry, Job job) {
    memory.write(ringBase + (long) entry * DescriptorLayout.BYTES, DescriptorLayout.encode(job));
  }
}
