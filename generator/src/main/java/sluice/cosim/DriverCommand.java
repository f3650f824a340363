package sluice.cosim;

import java.nio.file.Path;

/** One step of a {@link DriverProgram}. Offsets are those of registers, in bytes. */
public sealed interface DriverCommand {

  /** The line that the testbench under Verilator reads. */
  String text();

  /** Writes a register; the answer must be OKAY. */
  record Write(int offset, long value) implements DriverCommand {
    @Override
    public String text() {
      return "write 0x%x 0x%x".formatted(offset, value);
    }
  }

  /**
   * Reads a register; the answer must be OKAY.
   *
   * @param mask bits that must have the expected value
   */
  record Read(int offset, long expected, long mask) implements DriverCommand {
    @Override
    public String text() {
      return mask == 0
          ? "read 0x%x".formatted(offset)
          : "read 0x%x 0x%x 0x%x".formatted(offset, expected, mask);
    }
  }

  /** Writes to an offset; the answer must be SLVERR. */
  record WriteRefused(int offset, long value) implements DriverCommand {
    @Override
    public String text() {
      return "write_error 0x%x 0x%x".formatted(offset, value);
    }
  }

  /** Reads an offset; the answer must be SLVERR. */
  record ReadRefused(int offset) implements DriverCommand {
    @Override
    public String text() {
      return "read_error 0x%x".formatted(offset);
    }
  }

  /**
   * Waits until the interrupt pin is high.
   *
   * @param timeout most cycles, or 0 for any number
   */
  record AwaitPin(long timeout) implements DriverCommand {
    @Override
    public String text() {
      return "wait_irq " + timeout;
    }
  }

  /** Reads a register again and again, until the bits under a mask have a value. */
  record AwaitBits(int offset, long mask, long value) implements DriverCommand {
    @Override
    public String text() {
      return "wait_reg 0x%x 0x%x 0x%x".formatted(offset, mask, value);
    }
  }

  /** Does nothing for some cycles. */
  record Idle(long cycles) implements DriverCommand {
    @Override
    public String text() {
      return "idle " + cycles;
    }
  }

  /** Resets the accelerator; the memories forget what is under way and keep their bytes. */
  record Reset(long cycles) implements DriverCommand {
    @Override
    public String text() {
      return "reset " + cycles;
    }
  }

  /** Puts a file into host memory, at once. */
  record Load(long address, Path file) implements DriverCommand {
    @Override
    public String text() {
      return "load_host 0x%x %s".formatted(address, file);
    }
  }

  /**
   * From now on accesses to a range of addresses are answered by an error, and not written.
   *
   * @param memory {@code host} or {@code ch0}, {@code ch1}, ...
   */
  record Fail(String memory, long address, long bytes, BusError error) implements DriverCommand {
    @Override
    public String text() {
      return "error %s:0x%x+%d:%s".formatted(memory, address, bytes, error.text());
    }
  }

  /** All memories are healthy again. */
  record Heal() implements DriverCommand {
    @Override
    public String text() {
      return "clear_errors";
    }
  }
}
