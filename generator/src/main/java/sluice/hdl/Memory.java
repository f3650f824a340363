package sluice.hdl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * A memory. Contract of a synchronous one: read data one cycle after the enable (or as many as
 * {@link #latency} says) and undefined otherwise; no read and write of one address in a cycle;
 * contents undefined until written, unless {@link #contents} gives them. It becomes a wrapper
 * module that an SRAM macro can replace. A register file is read within the cycle and stays in the
 * module.
 *
 * <p>Latency, contents and mask belong to the declaration, before the first port:
 *
 * <pre>{@code
 * Memory<UInt> table = memory(UInt.of(32), 1024).latency(2).maskedBy(8);
 * }</pre>
 *
 * @param <T> the type of a word
 */
public final class Memory<T extends Data> {
  private final Module module;
  private final T type;
  private final MemoryBlock block;

  /** The domain of ports that are made through this object; null for the current one. */
  private final ClockDomain domain;

  Memory(Module module, T type, MemoryBlock block) {
    this(module, type, block, null);
  }

  private Memory(Module module, T type, MemoryBlock block, ClockDomain domain) {
    this.module = module;
    this.type = type;
    this.block = block;
    this.domain = domain;
  }

  /**
   * The same memory, for ports of a clock domain. A memory may be written in one domain and read in
   * another; then whoever makes the addresses sees to it that a word is read only when its write is
   * over, and written only when its read is, as {@code hdl.lib.crossing.AsyncQueue} does. Nothing
   * checks that.
   */
  public Memory<T> in(ClockDomain portDomain) {
    return module.domains().in(portDomain, () -> new Memory<>(module, type, block, portDomain));
  }

  private Clock clock() {
    return domain == null ? module.domains().clock() : domain.clock();
  }

  /** The number of words. */
  public int depth() {
    return block.depth();
  }

  /** The type of an address. */
  public UInt addressType() {
    return UInt.index(block.depth());
  }

  /**
   * The type of a mask: a bit for each lane, bit 0 for the lowest bits of a word.
   *
   * @throws ElaborationException if the memory has no mask
   */
  public UInt maskType() {
    requireMask();
    return UInt.of(block.lanes());
  }

  /**
   * Sets the read latency of a synchronous memory: what follows the first cycle are registers of
   * the memory, one a cycle.
   *
   * @param cycles from the enable to the data, at least 1
   */
  public Memory<T> latency(int cycles) {
    configure();
    require(
        block.synchronous(),
        "a register file with a latency of " + cycles,
        "a register file is read within the cycle; use memory(...)");
    require(cycles >= 1, "a latency of " + cycles + " cycles", "a latency is at least 1 cycle");
    block.setLatency(cycles);
    return this;
  }

  /**
   * Gives the contents at the start, before any reset: address 0 first, and 0 beyond the last one
   * given. A memory with contents that is never written is a ROM. A reset does not bring them back.
   *
   * @param words packed as by {@link Module#pack}; for a memory of {@link SInt} numbers with sign
   */
  public Memory<T> contents(List<BigInteger> words) {
    configure();
    require(
        words.size() <= block.depth(),
        words.size() + " words of contents for a depth of " + block.depth(),
        "give at most as many words as the memory has");
    List<BigInteger> all = new ArrayList<>(block.depth());
    for (BigInteger word : words) {
      all.add(Build.encode(word, block.width(), type instanceof SInt));
    }
    all.addAll(Collections.nCopies(block.depth() - words.size(), BigInteger.ZERO));
    block.setContents(all);
    return this;
  }

  /** Gives the contents at the start, as {@link #contents(List)} does. */
  public Memory<T> contents(long... words) {
    return contents(LongStream.of(words).mapToObj(BigInteger::valueOf).toList());
  }

  /**
   * Divides words into lanes of equal size that a write chooses from by its mask.
   *
   * @param bits of a lane, a divisor of the width of a word
   */
  public Memory<T> maskedBy(int bits) {
    configure();
    require(
        bits >= 1 && block.width() % bits == 0,
        "lanes of " + bits + " bits in a word of " + block.width(),
        "the bits of a lane divide those of a word");
    block.setMaskGranularity(bits);
    return this;
  }

  /**
   * A read port of a synchronous memory.
   *
   * @param enable reads when high; the data comes after the latency, and is only valid then
   */
  public T read(UInt address, Bool enable) {
    require(block.synchronous(), "a register file is read without enable", "use read(address)");
    Ops ops = new Ops(module, address, enable);
    return unpack(ops, readNode(ops, address, enable));
  }

  /** A read port of a register file: the data of the same cycle. */
  public T read(UInt address) {
    require(!block.synchronous(), "a memory is read with enable", "use read(address, enable)");
    Ops ops = new Ops(module, address);
    return unpack(ops, readNode(ops, address, null));
  }

  private Node.MemoryRead readNode(Ops ops, UInt address, Bool enable) {
    checkAddress(address);
    return new Node.MemoryRead(
        module.netlist(),
        clock(),
        block,
        ops.node(address),
        enable == null ? null : ops.node(enable),
        ops.site());
  }

  /**
   * A write port: writes a word at the end of the cycles in which the enable is high; all lanes of
   * a memory with a mask.
   */
  public void write(Bool enable, UInt address, T data) {
    addWrite(new Ops(module, enable, address), enable, address, data, null);
  }

  /**
   * A write port of a memory with a mask: writes some lanes of a word.
   *
   * @param mask of {@link #maskType}; the lanes whose bit is low keep their value
   */
  public void write(Bool enable, UInt address, T data, UInt mask) {
    requireMask();
    addWrite(new Ops(module, enable, address), enable, address, data, mask);
  }

  private void addWrite(Ops ops, Bool enable, UInt address, T data, UInt mask) {
    checkAddress(address);
    Node word = word(ops, data);
    block
        .writes()
        .add(
            new MemoryBlock.Write(
                ops.node(enable), ops.node(address), word, mask(ops, mask), clock(), ops.site()));
  }

  /**
   * A port of a synchronous memory that reads or writes: for memories with one port.
   *
   * @param enable reads or writes when high
   * @param write high to write
   * @return the read data, valid the latency after a cycle with enable and without write
   */
  public T readWrite(UInt address, Bool enable, Bool write, T data) {
    return addReadWrite(
        new Ops(module, address, enable, write), address, enable, write, data, null);
  }

  /**
   * A port of a synchronous memory with a mask that reads or writes.
   *
   * @param mask of {@link #maskType}, for writes
   * @return as {@link #readWrite(UInt, Bool, Bool, Data)}
   */
  public T readWrite(UInt address, Bool enable, Bool write, T data, UInt mask) {
    requireMask();
    return addReadWrite(
        new Ops(module, address, enable, write), address, enable, write, data, mask);
  }

  private T addReadWrite(Ops ops, UInt address, Bool enable, Bool write, T data, UInt mask) {
    require(
        block.synchronous(),
        "a register file has no port that reads or writes",
        "use read(address) and write(enable, address, data)");
    Node word = word(ops, data);
    Node lanes = mask(ops, mask);
    Node.MemoryRead read = readNode(ops, address, enable);
    block.share(read, ops.node(write), word, lanes, ops.site());
    return unpack(ops, read);
  }

  /** Names the memory in the Verilog. */
  public Memory<T> named(String name) {
    block.rename(Identifier.snakeCase(name));
    return this;
  }

  MemoryBlock block() {
    return block;
  }

  private T unpack(Ops ops, Node node) {
    return Module.unpack(type, new UInt(block.width(), ops.result(node)));
  }

  /** The declaration goes on: no port is there yet, and a variable that takes the result names. */
  private void configure() {
    require(
        !block.isRead() && !block.isWritten(),
        "a memory is changed after its first port",
        "give latency, contents and mask where the memory is declared");
    module.names().give(block, Trace.here());
  }

  private Node word(Ops ops, T data) {
    UInt word = Module.pack(data);
    if (word.width() != block.width()) {
      throw ops.error(
          Diagnostic.Kind.WIDTH_MISMATCH,
          "a word of " + word.width() + " bits for a memory of " + block.width() + " bits",
          "write data of the memory's type");
    }
    return ops.node(word);
  }

  /** The node of a mask; of none, all lanes of a memory that has a mask. */
  private Node mask(Ops ops, UInt mask) {
    int lanes = block.lanes();
    if (lanes == 0) {
      return null;
    }
    if (mask == null) {
      BigInteger all = BigInteger.ONE.shiftLeft(lanes).subtract(BigInteger.ONE);
      return Build.constant(module.netlist(), all, lanes, ops.site());
    }
    require(
        mask.width() == lanes,
        "a mask of " + mask.width() + " bits for " + lanes + " lanes",
        "the mask has a bit for each lane of " + block.maskGranularity() + " bits");
    return ops.node(mask);
  }

  private void requireMask() {
    require(
        block.lanes() > 0,
        "a mask for a memory without lanes",
        "declare the memory with maskedBy(bits), or leave the mask out");
  }

  private void checkAddress(UInt address) {
    int width = addressType().width();
    require(
        address.width() == width,
        "an address of " + address.width() + " bits for a depth of " + block.depth(),
        "the address has " + width + " bits");
  }

  private void require(boolean condition, String message, String advice) {
    if (!condition) {
      throw new ElaborationException(
          new Diagnostic(Diagnostic.Kind.MEMORY, message, Trace.fault(), block.site(), advice));
    }
  }
}
