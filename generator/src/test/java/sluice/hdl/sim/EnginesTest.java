package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.fuzz.RandomDesign;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Random circuits: interpreted and compiled they have the same values, and the right ones. */
class EnginesTest {
  private static final int CYCLES = 160;

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreeOnEverySignalOfARandomCircuit(long seed) {
    Design design = RandomDesign.ofNamedValues(seed);
    Simulator interpreted = simulator(design, SimulatorOptions.INTERPRETED, seed);
    Simulator compiled = simulator(design, SimulatorOptions.COMPILED, seed);
    List<Simulator> simulators = List.of(interpreted, compiled);
    Random random = new Random(seed);
    List<String> names = new ArrayList<>(interpreted.signalNames());
    List<String> clocks =
        design.top().clocks().stream().filter(c -> c.base() == null).map(Clock::port).toList();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      if (cycle % 20 == 5) {
        boolean reset = random.nextBoolean();
        simulators.forEach(simulator -> simulator.setReset(reset));
      }
      for (Port port : design.top().ports()) {
        // Inputs that stay as they are let parts of the circuit rest.
        if (port.direction() == Port.Direction.INPUT && random.nextInt(6) == 0) {
          BigInteger bits = new BigInteger(port.node().width(), random);
          simulators.forEach(simulator -> simulator.poke(port.name(), bits));
        }
      }
      // At first few signals are looked at, then all.
      int looks = cycle < CYCLES / 2 ? 5 : names.size();
      for (int i = 0; i < looks; i++) {
        String name = looks == 5 ? names.get(random.nextInt(names.size())) : names.get(i);
        assertThat(compiled.peekBig(name))
            .as("%s in cycle %d of seed %d", name, cycle, seed)
            .isEqualTo(interpreted.peekBig(name));
      }
      checkOperations(design.top(), "", interpreted, seed);
      // One clock, or some of them together.
      int most = 1 + random.nextInt(clocks.size());
      List<String> rising = clocks.subList(random.nextInt(most), most);
      simulators.forEach(simulator -> simulator.rise(rising));
    }
    for (String memory : interpreted.memoryNames()) {
      assertThat(compiled.memory(memory).dump()).isEqualTo(interpreted.memory(memory).dump());
    }
  }

  private static Simulator simulator(Design design, String engine, long seed) {
    SimulatorOptions options = SimulatorOptions.standard().withEngine(engine).withSeed(seed);
    // Small parts, so that there are many that rest; with some seeds code that looks at none.
    Tuning small = new Tuning(4, 20, 15, seed % 4 == 1 ? 0 : 1);
    return Simulator.of(design, options, seed % 4 == 0 ? Tuning.standard() : small);
  }

  /**
   * Compares what the operations of a module and its children are with plain integers.
   *
   * @param path from the top to the module, with a dot behind it
   */
  private static void checkOperations(Netlist module, String path, Simulator simulator, long seed) {
    for (Node node : module.nodes()) {
      if (node instanceof Node.Operation || node instanceof Node.Slice) {
        List<BigInteger> operands =
            node.operands().stream()
                .map(operand -> simulator.peekBig(path + operand.name()))
                .toList();
        assertThat(simulator.peekBig(path + node.name()))
            .as("%s%s of %s, seed %d", path, node.name(), operands, seed)
            .isEqualTo(ReferenceModel.result(node, operands));
      }
    }
    for (Instance instance : module.instances()) {
      String inner = path.replace('.', '/') + instance.name() + ".";
      checkOperations(module.child(instance), inner, simulator, seed);
    }
  }
}
