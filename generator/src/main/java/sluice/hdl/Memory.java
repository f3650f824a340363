package sluice.hdl;

import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * A memory. Contract of a synchronous one: read data one cycle after the enable and undefined
 * otherwise; no read and write of one address in a cycle; contents undefined until written. It
 * becomes a wrapper module that an SRAM macro can replace. A register file is read within the cycle
 * and stays in the module.
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

  public int depth() {
    return block.depth();
  }

  /** The type of an address. */
  public UInt addressType() {
    return UInt.index(block.depth());
  }

  /**
   * A read port of a synchronous memory.
   *
   * @param enable reads when high; the data comes in the next cycle, and is only valid then
   */
  public T read(UInt address, Bool enable) {
    require(block.synchronous(), "a register file is read without enable", "use read(address)");
    Ops ops = new Ops(module, address, enable);
    checkAddress(address);
    Node node =
        new Node.MemoryRead(
            module.netlist(), clock(), block, ops.node(address), ops.node(enable), ops.site());
    return unpack(ops, node);
  }

  /** A read port of a register file: the data of the same cycle. */
  public T read(UInt address) {
    require(!block.synchronous(), "a memory is read with enable", "use read(address, enable)");
    Ops ops = new Ops(module, address);
    checkAddress(address);
    Node node =
        new Node.MemoryRead(module.netlist(), clock(), block, ops.node(address), null, ops.site());
    return unpack(ops, node);
  }

  /** A write port: writes a word at the end of the cycles in which the enable is high. */
  public void write(Bool enable, UInt address, T data) {
    Ops ops = new Ops(module, enable, address);
    checkAddress(address);
    UInt word = Module.pack(data);
    if (word.width() != block.width()) {
      throw ops.error(
          Diagnostic.Kind.WIDTH_MISMATCH,
          "a word of " + word.width() + " bits for a memory of " + block.width() + " bits",
          "write data of the memory's type");
    }
    block
        .writes()
        .add(
            new MemoryBlock.Write(
                ops.node(enable), ops.node(address), ops.node(word), clock(), ops.site()));
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
          new Diagnostic(
              Diagnostic.Kind.MEMORY, message, Trace.here().site(), block.site(), advice));
    }
  }
}
