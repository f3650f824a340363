package sluice.cosim;

import java.util.ArrayList;
import java.util.List;
import sluice.layout.Register;
import sluice.layout.RegisterMap;

/** What the testbench's driver does, command by command, with registers by name. */
public final class DriverProgram {
  private final RegisterMap map;
  private final List<String> lines = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();

  public DriverProgram(RegisterMap map) {
    this.map = map;
  }

  /** Writes a register of 32 bits. */
  public DriverProgram write(String register, long value) {
    Register target = map.register(register);
    lines.add("write 0x%x 0x%x".formatted(target.offset(), value & 0xFFFF_FFFFL));
    return this;
  }

  /** Writes a pair of registers, NAME_LO and NAME_HI. */
  public DriverProgram writeWide(String name, long value) {
    return write(name + "_LO", value).write(name + "_HI", value >>> 32);
  }

  /** Reads a register; its value is among the result's, under the name. */
  public DriverProgram read(String register) {
    lines.add("read 0x%x".formatted(map.register(register).offset()));
    reads.add(register);
    return this;
  }

  /** Reads a register; another value than the expected one fails the run. */
  public DriverProgram expect(String register, long value) {
    lines.add("read 0x%x 0x%x".formatted(map.register(register).offset(), value & 0xFFFF_FFFFL));
    reads.add(register);
    return this;
  }

  /** Reads a pair of registers, NAME_LO and NAME_HI; another value fails the run. */
  public DriverProgram expectWide(String name, long value) {
    return expect(name + "_LO", value).expect(name + "_HI", value >>> 32);
  }

  /** Waits until all bits of a register have a value. */
  public DriverProgram awaitValue(String register, long value) {
    return awaitBits(register, 0xFFFF_FFFFL, value);
  }

  /** Waits until the bits of a register that a mask names have a value. */
  public DriverProgram awaitBits(String register, long mask, long value) {
    lines.add("wait_reg 0x%x 0x%x 0x%x".formatted(map.register(register).offset(), mask, value));
    return this;
  }

  /** Writes to an offset, which must be answered by SLVERR. */
  public DriverProgram writeRefused(int offset, long value) {
    lines.add("write_error 0x%x 0x%x".formatted(offset, value & 0xFFFF_FFFFL));
    return this;
  }

  /** Reads an offset, which must be answered by SLVERR. */
  public DriverProgram readRefused(int offset) {
    lines.add("read_error 0x%x".formatted(offset));
    return this;
  }

  /** Does nothing for some cycles. */
  public DriverProgram idle(int cycles) {
    lines.add("idle " + cycles);
    return this;
  }

  /** Resets the accelerator; the memories keep their bytes. */
  public DriverProgram reset(int cycles) {
    lines.add("reset " + cycles);
    return this;
  }

  /**
   * From now on a memory answers with an error in a range of addresses.
   *
   * @param memory {@code host} or {@code ch0}, {@code ch1}, ...
   * @param response {@code slverr} or {@code decerr}
   */
  public DriverProgram fail(String memory, long address, long bytes, String response) {
    lines.add("error %s:0x%x+%d:%s".formatted(memory, address, bytes, response));
    return this;
  }

  /** All memories are healthy again. */
  public DriverProgram heal() {
    lines.add("clear_errors");
    return this;
  }

  /** Waits for the interrupt, and clears it. */
  public DriverProgram awaitInterrupt() {
    lines.add("wait_irq");
    return write("IRQ_STATUS", 3);
  }

  /** A command in the testbench's own words. */
  public DriverProgram command(String line) {
    lines.add(line);
    return this;
  }

  /** The registers that are read, in order. */
  List<String> reads() {
    return List.copyOf(reads);
  }

  /** The program as the testbench reads it. */
  String text() {
    return String.join("\n", lines) + "\n";
  }
}
