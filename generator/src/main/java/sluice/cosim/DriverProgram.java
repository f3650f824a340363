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

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
