package sluice.cosim;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.sim.SimulationEngine;
import sluice.hdl.sim.SimulatorOptions;
import sluice.hdl.sim.Undefined;

/**
 * A module's emitted Verilog, run cycle by cycle in a process that Verilator made. The ports of the
 * module can be looked at, nothing else. The process ends with {@link #close}, with the garbage
 * collection of this object, or with the JVM.
 */
final class VerilatorProcess implements SimulationEngine {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_CLOCKS = 8;

  /** A value and where it goes. */
  private record Slot(int number, int start, int bytes) {}

  private final EnginePorts ports;
  private final Process process;
  private final Cleaner.Cleanable cleanable;
  private final OutputStream commands;
  private final DataInputStream answers;
  private final Map<Node, Slot> inputs = new IdentityHashMap<>();
  private final Map<Node, Slot> outputs = new IdentityHashMap<>();
  private final BigInteger[] inputValues;
  private final byte[] outputBytes;
  private boolean settled;

  /**
   * @param program what {@link EngineBuild} made
   */
  VerilatorProcess(Path program, EnginePorts ports, SimulatorOptions options) throws IOException {
    if (ports.clocks().size() > MOST_CLOCKS) {
      throw new IllegalArgumentException("more than " + MOST_CLOCKS + " clocks");
    }
    this.ports = ports;
    String randomness = options.undefined() == Undefined.ZERO ? "0" : "1";
    process =
        new ProcessBuilder(program.toString(), Long.toUnsignedString(options.seed()), randomness)
            .start();
    Process started = process;
    cleanable = CLEANER.register(this, started::destroyForcibly);
    commands = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
    answers = new DataInputStream(process.getInputStream());
    place(ports.inputs(), inputs);
    outputBytes = new byte[place(ports.outputs(), outputs)];
    inputValues = new BigInteger[inputs.size()];
    Arrays.fill(inputValues, BigInteger.ZERO);
  }

  /** Gives each port its number and its place among the bytes of all; returns their count. */
  private static int place(List<Port> ports, Map<Node, Slot> slots) {
    int bytes = 0;
    for (Port port : ports) {
      slots.put(port.node(), new Slot(slots.size(), bytes, EnginePorts.bytes(port)));
      bytes += EnginePorts.bytes(port);
    }
    return bytes;
  }

  @Override
  public boolean observes(Node node) {
    return outputs.containsKey(node) || inputs.containsKey(node);
  }

  @Override
  public void poke(Node input, BigInteger bits) {
    Slot slot = inputs.get(input);
    if (inputValues[slot.number()].equals(bits)) {
      return;
    }
    inputValues[slot.number()] = bits;
    byte[] command = new byte[3 + slot.bytes()];
    command[0] = 'i';
    command[1] = (byte) slot.number();
    command[2] = (byte) (slot.number() >> 8);
    byte[] bigEndian = bits.toByteArray();
    for (int i = 0; i < Math.min(slot.bytes(), bigEndian.length); i++) {
      command[3 + i] = bigEndian[bigEndian.length - 1 - i];
    }
    send(command);
  }

  @Override
  public long peek(Node node) {
    Slot slot = outputs.get(node);
    if (slot == null) {
      return inputValues[inputs.get(node).number()].longValue();
    }
    settle();
    long value = 0;
    for (int i = slot.bytes() - 1; i >= 0; i--) {
      value = value << 8 | (outputBytes[slot.start() + i] & 0xFF);
    }
    return value;
  }

  @Override
  public BigInteger peekBig(Node node) {
    Slot slot = outputs.get(node);
    if (slot == null) {
      return inputValues[inputs.get(node).number()];
    }
    settle();
    byte[] magnitude = new byte[slot.bytes()];
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[magnitude.length - 1 - i] = outputBytes[slot.start() + i];
    }
    return new BigInteger(1, magnitude);
  }

  @Override
  public void rise(List<Clock> rising) {
    int mask = 0;
    for (Clock clock : rising) {
      int number = ports.clocks().indexOf(clock);
      mask |= number < 0 ? 0 : 1 << number;
    }
    send(new byte[] {'s', (byte) mask});
  }

  @Override
  public void setReset(Clock clock, boolean active) {
    int number = ports.resets().indexOf(clock);
    if (number >= 0) {
      send(new byte[] {'r', (byte) number, (byte) (active ? 0 : 1)});
    }
  }

  private void send(byte[] command) {
    try {
      commands.write(command);
      settled = false;
    } catch (IOException e) {
      throw died(e);
    }
  }

  private void settle() {
    if (settled) {
      return;
    }
    try {
      commands.write('o');
      commands.flush();
      answers.readFully(outputBytes);
      settled = true;
    } catch (IOException e) {
      throw died(e);
    }
  }

  /** Whatever the design prints is on the standard error of the process. */
  private IllegalStateException died(IOException cause) {
    String printed = "";
    try {
      printed = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new IllegalStateException("the simulation under Verilator ended:\n" + printed, cause);
  }

  @Override
  public void close() {
    cleanable.clean();
  }
}
