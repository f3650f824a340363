package sluice.hdl.netlist;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A memory with read ports, write ports and ports for either.
 *
 * <p>A synchronous memory has a read latency of one cycle or more: data is valid that many cycles
 * after the enable, and undefined in every other cycle and when the same address was written in the
 * cycle of the enable. It becomes a wrapper module that an SRAM macro can replace. A register file
 * (not synchronous) is read within the cycle and gives the value before that cycle's write. Without
 * {@linkplain #contents() contents} of its own, a memory is undefined until written. Writes replace
 * whole words, or the lanes of a word that a mask chooses.
 */
public final class MemoryBlock {

  /**
   * A write port.
   *
   * @param enable one bit
   * @param address an address below {@link #depth()}
   * @param data a word
   * @param mask a bit for each lane, or null where the memory has no mask; bit i is for the bits
   *     from i times {@link #maskGranularity()} on
   * @param clock the clock at whose edges it writes
   */
  public record Write(Node enable, Node address, Node data, Node mask, Clock clock, Site site) {

    /** Everything that a write depends on. */
    public List<Node> operands() {
      return mask == null ? List.of(enable, address, data) : List.of(enable, address, data, mask);
    }
  }

  /**
   * A port that reads or writes in a cycle.
   *
   * @param read the read data; its clock, enable and address are the port's
   * @param mode one bit, high to write
   * @param data a word to write
   * @param mask as of a {@link Write}
   */
  public record ReadWrite(Node.MemoryRead read, Node mode, Node data, Node mask, Site site) {

    /** Everything that the port depends on. */
    public List<Node> operands() {
      return mask == null
          ? List.of(read.enable(), read.address(), mode, data)
          : List.of(read.enable(), read.address(), mode, data, mask);
    }
  }

  private final int depth;
  private final int width;
  private final boolean synchronous;
  private final Site site;
  private String name;
  private int latency;
  private int maskGranularity;
  private List<BigInteger> contents;
  private final List<Node.MemoryRead> reads = new ArrayList<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<ReadWrite> readWrites = new ArrayList<>();

  /**
   * A memory without ports, mask and contents.
   *
   * @param depth words, at least 1
   * @param width bits of a word
   * @param synchronous whether it is read at an edge of the clock; its latency is then 1
   * @param site the line that declared it
   */
  public MemoryBlock(int depth, int width, boolean synchronous, Site site) {
    this.depth = depth;
    this.width = width;
    this.synchronous = synchronous;
    this.site = site;
    this.latency = synchronous ? 1 : 0;
  }

  /** The number of words. */
  public int depth() {
    return depth;
  }

  /** Bits of a word. */
  public int width() {
    return width;
  }

  /** Whether it is read at an edge of the clock; if not, it is a register file. */
  public boolean synchronous() {
    return synchronous;
  }

  /** The line that declared it. */
  public Site site() {
    return site;
  }

  /** The name the user gave, or null. */
  public String name() {
    return name;
  }

  /** Gives it a name. */
  public void rename(String newName) {
    this.name = newName;
  }

  /** Cycles from the enable of a read to its data; 0 for a register file. */
  public int latency() {
    return latency;
  }

  /**
   * Sets the latency of a synchronous memory.
   *
   * @param cycles at least 1
   */
  public void setLatency(int cycles) {
    this.latency = cycles;
  }

  /** Bits of a lane, a divisor of {@link #width()}; 0 for a memory without mask. */
  public int maskGranularity() {
    return maskGranularity;
  }

  /**
   * Divides words into lanes.
   *
   * @param bits of a lane, a divisor of the width
   */
  public void setMaskGranularity(int bits) {
    this.maskGranularity = bits;
  }

  /** Bits of a mask; 0 for a memory without. */
  public int lanes() {
    return maskGranularity == 0 ? 0 : width / maskGranularity;
  }

  /** All words at the start, or null where they are undefined. */
  public List<BigInteger> contents() {
    return contents;
  }

  /**
   * Sets the words at the start.
   *
   * @param words one for each address
   */
  public void setContents(List<BigInteger> words) {
    this.contents = List.copyOf(words);
  }

  /** Ports that only read. */
  public List<Node.MemoryRead> reads() {
    return reads;
  }

  /** Ports that only write. */
  public List<Write> writes() {
    return writes;
  }

  /** Ports that read or write. */
  public List<ReadWrite> readWrites() {
    return readWrites;
  }

  /** The reads of all ports: of those that only read first, then of those for either. */
  public List<Node.MemoryRead> allReads() {
    List<Node.MemoryRead> all = new ArrayList<>(reads);
    readWrites.forEach(port -> all.add(port.read()));
    return all;
  }

  /** Whether there is a port that can read. */
  public boolean isRead() {
    return !reads.isEmpty() || !readWrites.isEmpty();
  }

  /** Whether there is a port that can write: a memory that is not is a ROM. */
  public boolean isWritten() {
    return !writes.isEmpty() || !readWrites.isEmpty();
  }

  /** Everything that writes depend on: what decides the contents. */
  public List<Node> writeOperands() {
    List<Node> nodes = new ArrayList<>();
    writes.forEach(write -> nodes.addAll(write.operands()));
    readWrites.forEach(port -> nodes.addAll(port.operands()));
    return nodes;
  }

  /** Lets a read port write too; from then on it counts as a port for either only. */
  public void share(Node.MemoryRead read, Node mode, Node data, Node mask, Site where) {
    reads.remove(read);
    readWrites.add(new ReadWrite(read, mode, data, mask, where));
  }

  void redirect(UnaryOperator<Node> map) {
    writes.replaceAll(
        write ->
            new Write(
                map.apply(write.enable()),
                map.apply(write.address()),
                map.apply(write.data()),
                write.mask() == null ? null : map.apply(write.mask()),
                write.clock(),
                write.site()));
    readWrites.replaceAll(
        port ->
            new ReadWrite(
                port.read(),
                map.apply(port.mode()),
                map.apply(port.data()),
                port.mask() == null ? null : map.apply(port.mask()),
                port.site()));
  }

  void addRead(Node.MemoryRead read) {
    reads.add(read);
  }
}
