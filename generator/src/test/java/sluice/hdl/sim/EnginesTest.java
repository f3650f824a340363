package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Random circuits: interpreted and compiled they have the same values, and the right ones. */
class EnginesTest {
  private static final int CYCLES = 160;

  /** The clocks that rise together. */
  private static final List<List<String>> RISING =
      List.of(List.of("clock"), List.of("other_clock"), List.of("clock", "other_clock"));

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreeOnEverySignalOfARandomCircuit(long seed) {
    Design design = RandomNetlist.of(seed);
    Simulator interpreted = simulator(design, SimulatorOptions.INTERPRETED, seed);
    Simulator compiled = simulator(design, SimulatorOptions.COMPILED, seed);
    List<Simulator> simulators = List.of(interpreted, compiled);
    Random random = new Random(seed);
    List<String> names = new ArrayList<>(interpreted.signalNames());
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
      checkOperations(design, interpreted, seed);
      List<String> rising = RISING.get(random.nextInt(RISING.size()));
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

  private static void checkOperations(Design design, Simulator simulator, long seed) {
    for (Netlist module : design.modules()) {
      String path = module == design.top() ? "" : "child.";
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
    }
  }
}
