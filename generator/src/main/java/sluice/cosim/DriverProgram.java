package sluice.cosim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.golden.HostImage;
import sluice.layout.Register;
import sluice.layout.RegisterMap;

/** What a testbench's driver does, command by command, with registers by name. */
public final class DriverProgram {
  private static final long WORD = 0xFFFF_FFFFL;

  private final RegisterMap map;
  private final List<DriverCommand> commands = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();

  public DriverProgram(RegisterMap map) {
    this.map = map;
  }

  private DriverProgram with(DriverCommand command) {
    commands.add(command);
    return this;
  }

  private int offset(String register) {
    return map.register(register).offset();
  }

  /** Writes a register of 32 bits. */
  public DriverProgram write(String register, long value) {
    return with(new DriverCommand.Write(offset(register), value & WORD));
  }

  /** Writes a pair of registers, NAME_LO and NAME_HI. */
  public DriverProgram writeWide(String name, long value) {
    return write(name + "_LO", value).write(name + "_HI", value >>> 32);
  }

  /**
   * Sets all registers that jobs need, and enables the accelerator and its interrupt.
   *
   * @param host memory with the ring; what is reserved in it is the window
   * @param kvBase KV_BASE
   * @param kvPages KV_PAGES
   */
  public DriverProgram enable(HostImage host, long ring, int ringLog2, long kvBase, int kvPages) {
    return writeWide("RING_BASE", ring)
        .write("RING_LOG2", ringLog2)
        .writeWide("HOST_BASE", host.base())
        .writeWide("HOST_LIMIT", host.limit())
        .writeWide("KV_BASE", kvBase)
        .write("KV_PAGES", kvPages)
        .write("IRQ_ENABLE", 1)
        .write("CONTROL", 1);
  }

  /** Names of the performance counters, in order. */
  public static List<String> counters(AcceleratorConfig config) {
    return RegisterMap.of(config).registers().stream()
        .filter(register -> register.offset() >= RegisterMap.COUNTERS_OFFSET)
        .map(Register::name)
        .toList();
  }

  /** Reads a register; its value is among the result's, under the name. */
  public DriverProgram read(String register) {
    reads.add(register);
    return with(new DriverCommand.Read(offset(register), 0, 0));
  }

  /** Reads a register; another value than the expected one fails the run. */
  public DriverProgram expect(String register, long value) {
    reads.add(register);
    return with(new DriverCommand.Read(offset(register), value & WORD, WORD));
  }

  /** Reads a pair of registers, NAME_LO and NAME_HI; another value fails the run. */
  public DriverProgram expectWide(String name, long value) {
    return expect(name + "_LO", value).expect(name + "_HI", value >>> 32);
  }

  /** Waits until all bits of a register have a value. */
  public DriverProgram awaitValue(String register, long value) {
    return awaitBits(register, WORD, value);
  }

  /** Waits until the bits of a register that a mask names have a value. */
  public DriverProgram awaitBits(String register, long mask, long value) {
    return with(new DriverCommand.AwaitBits(offset(register), mask, value));
  }

  /** Writes to an offset, which must be answered by SLVERR. */
  public DriverProgram writeRefused(int offset, long value) {
    return with(new DriverCommand.WriteRefused(offset, value & WORD));
  }

  /** Reads an offset, which must be answered by SLVERR. */
  public DriverProgram readRefused(int offset) {
    return with(new DriverCommand.ReadRefused(offset));
  }

  /** Does nothing for some cycles. */
  public DriverProgram idle(int cycles) {
    return with(new DriverCommand.Idle(cycles));
  }

  /** Resets the accelerator; the memories keep their bytes. */
  public DriverProgram reset(int cycles) {
    return with(new DriverCommand.Reset(cycles));
  }

  /** Puts a file into host memory, at once. */
  public DriverProgram load(long address, Path file) {
    return with(new DriverCommand.Load(address, file));
  }

  /**
   * From now on a memory answers with an error in a range of addresses.
   *
   * @param memory {@code host} or {@code ch0}, {@code ch1}, ...
   */
  public DriverProgram fail(String memory, long address, long bytes, BusError error) {
    return with(new DriverCommand.Fail(memory, address, bytes, error));
  }

  /** All memories are healthy again. */
  public DriverProgram heal() {
    return with(new DriverCommand.Heal());
  }

  /** Waits for the interrupt, and clears it. */
  public DriverProgram awaitInterrupt() {
    return awaitPin(0).write("IRQ_STATUS", 3);
  }

  /**
   * Waits until the interrupt pin is high.
   *
   * @param timeout most cycles, or 0 for any number; more fail the run
   */
  public DriverProgram awaitPin(long timeout) {
    return with(new DriverCommand.AwaitPin(timeout));
  }

  /** The commands, in order. */
  public List<DriverCommand> commands() {
    return List.copyOf(commands);
  }

  /** The registers that are read, in order. */
  public List<String> reads() {
    return List.copyOf(reads);
  }

  /** The program as the testbench under Verilator reads it, a command a line. */
  String text() {
    StringBuilder text = new StringBuilder();
    commands.forEach(command -> text.append(command.text()).append('\n'));
    return text.toString();
  }
}
