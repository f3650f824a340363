package sluice.cosim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;

/**
 * The inputs of a circuit in every cycle of a run: for each cycle a word that is {@code aresetn},
 * then every input port in order, in words of 64 bits, the least significant first.
 *
 * @param wordsPerCycle words of a cycle
 * @param words cycle after cycle
 */
public record Stimulus(int wordsPerCycle, long[] words) {
  private static final int WORD = 64;

  /** Cycles of the run. */
  public int cycles() {
    return words.length / wordsPerCycle;
  }

  /** The inputs of a module, in the order of its ports. */
  static List<Port> inputs(Netlist module) {
    return ports(module, Port.Direction.INPUT);
  }

  /** The outputs of a module, in the order of its ports. */
  static List<Port> outputs(Netlist module) {
    return ports(module, Port.Direction.OUTPUT);
  }

  private static List<Port> ports(Netlist module, Port.Direction direction) {
    return module.ports().stream().filter(port -> port.direction() == direction).toList();
  }

  /** Words of 64 bits of a port. */
  static int words(Port port) {
    return (port.node().width() + WORD - 1) / WORD;
  }

  private static int wordsPerCycle(Netlist module) {
    return 1 + inputs(module).stream().mapToInt(Stimulus::words).sum();
  }

  /** Random bits at all inputs in every cycle, after some cycles of reset with zeros. */
  public static Stimulus random(Netlist module, int resetCycles, int cycles, long seed) {
    int width = wordsPerCycle(module);
    long[] words = new long[width * cycles];
    Random random = new Random(seed);
    for (int cycle = resetCycles; cycle < cycles; cycle++) {
      int at = width * cycle;
      words[at++] = 1;
      for (Port port : inputs(module)) {
        for (int left = port.node().width(); left > 0; left -= WORD) {
          words[at++] = random.nextLong() >>> (left < WORD ? WORD - left : 0);
        }
      }
    }
    return new Stimulus(width, words);
  }

  /** Writes down the inputs of a simulated circuit; to be attached behind what drives them. */
  public static final class Recorder implements Activity {
    private final SignalWords inputs;
    private final int width;
    private long[] words = new long[1 << 16];
    private int length;

    /**
     * @param module the top module that is simulated
     */
    public Recorder(Simulator simulator, Netlist module) {
      inputs = simulator.words(inputs(module).stream().map(Port::name).toArray(String[]::new));
      width = wordsPerCycle(module);
    }

    @Override
    public void sample(Simulator simulator) {
      if (length + width > words.length) {
        words = Arrays.copyOf(words, 2 * words.length);
      }
      words[length] = simulator.inReset() ? 0 : 1;
      inputs.read(words, length + 1);
      length += width;
    }

    /** What has been written down. */
    public Stimulus stimulus() {
      return new Stimulus(width, Arrays.copyOf(words, length));
    }
  }

  /** Writes the file that the testbench {@code speed} reads. */
  void save(Path file) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * (2 + words.length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(cycles()).putLong(wordsPerCycle);
    bytes.asLongBuffer().put(words);
    Files.write(file, bytes.array());
  }
}
