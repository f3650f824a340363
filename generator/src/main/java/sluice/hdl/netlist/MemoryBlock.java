package sluice.hdl.netlist;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A memory with read and write ports.
 *
 * <p>A synchronous memory has one cycle of read latency: data is valid in the cycle after the
 * enable, and undefined in every other cycle and when the same address was written in the cycle of
 * the enable. It becomes a wrapper module that an SRAM macro can replace. A register file (not
 * synchronous) is read within the cycle and gives the value before that cycle's write. Contents are
 * undefined until written; writes replace whole words.
 */
public final class MemoryBlock {

  /**
   * A write port.
   *
   * @param enable one bit
   * @param address an address below {@link #depth()}
   * @param data a word
   * @param clock the clock at whose edges it writes
   */
  public record Write(Node enable, Node address, Node data, Clock clock, Site site) {}

  private final int depth;
  private final int width;
  private final boolean synchronous;
  private final Site site;
  private String name;
  private final List<Node.MemoryRead> reads = new ArrayList<>();
  private final List<Write> writes = new ArrayList<>();

  public MemoryBlock(int depth, int width, boolean synchronous, Site site) {
    this.depth = depth;
    this.width = width;
    this.synchronous = synchronous;
    this.site = site;
  }

  public int depth() {
    return depth;
  }

  public int width() {
    return width;
  }

  public boolean synchronous() {
    return synchronous;
  }

  public Site site() {
    return site;
  }

  /** The name the user gave, or null. */
  public String name() {
    return name;
  }

  public void rename(String newName) {
    this.name = newName;
  }

  public List<Node.MemoryRead> reads() {
    return reads;
  }

  public List<Write> writes() {
    return writes;
  }

  void redirect(UnaryOperator<Node> map) {
    writes.replaceAll(
        write ->
            new Write(
                map.apply(write.enable()),
                map.apply(write.address()),
                map.apply(write.data()),
                write.clock(),
                write.site()));
  }

  void addRead(Node.MemoryRead read) {
    reads.add(read);
  }
}
