package sluice.hdl.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.RandomDesign;
import sluice.hdl.sim.Simulator;

/** Random designs do the same with passes as without. */
class PassesKeepBehaviourTest {
  private static final int DESIGNS = 300;
  private static final int CYCLES = 24;

  /** Cycles after which known contents have come through all memories behind each other. */
  private static final int SETTLING = 10;

  /** Another number gives other designs. */
  private static final long SEED = Long.getLong("sluice.seed", 1);

  static Stream<Named<List<Pass>>> passes() {
    return Stream.of(
        Named.of("alias removal", List.of(new AliasRemoval())),
        Named.of("constant folding", List.of(new ConstantFolding())),
        Named.of("common subexpressions", List.of(new CommonSubexpressions())),
        Named.of("dead logic", List.of(new DeadLogic())),
        Named.of("all", Pass.standard()),
        Named.of("all, twice", twice(Pass.standard())));
  }

  private static List<Pass> twice(List<Pass> passes) {
    List<Pass> all = new ArrayList<>(passes);
    all.addAll(passes);
    return all;
  }

  @ParameterizedTest
  @MethodSource("passes")
  void theOutputsAndTheCoveredCyclesAreTheSame(List<Pass> passes) {
    System.out.println("seeds " + SEED * DESIGNS + " to " + (SEED * DESIGNS + DESIGNS - 1));
    for (int i = 0; i < DESIGNS; i++) {
      long seed = SEED * DESIGNS + i;
      Design changed = RandomDesign.of(seed, true);
      for (Pass pass : passes) {
        changed = pass.apply(changed);
      }
      assertThat(outputs(changed, seed))
          .as("seed %d", seed)
          .isEqualTo(outputs(RandomDesign.of(seed, true), seed));
    }
  }

  /** All outputs in all cycles, and in how many of them each covered condition held. */
  private static List<BigInteger> outputs(Design design, long seed) {
    Simulator simulator = Simulator.of(design, seed);
    // Known values in the registers, then in the memories, then in their read ports.
    simulator.setReset(true);
    for (int i = 0; i < SETTLING; i++) {
      simulator.step();
      fillMemories(simulator);
    }
    simulator.setReset(false);
    Random random = new Random(seed);
    List<BigInteger> outputs = new ArrayList<>();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      for (Port port : design.top().ports()) {
        if (port.direction() == Port.Direction.INPUT) {
          int width = port.node().width();
          BigInteger ones = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
          simulator.poke(
              port.name(),
              random.nextBoolean()
                  ? new BigInteger(width, random)
                  : ones.shiftRight(random.nextInt(width + 1)));
        }
      }
      for (Port port : design.top().ports()) {
        outputs.add(simulator.peekBig(port.name()));
      }
      simulator.step();
    }
    simulator.covers().forEach(cover -> outputs.add(BigInteger.valueOf(cover.cycles())));
    return outputs;
  }

  private static void fillMemories(Simulator simulator) {
    for (String name : simulator.memoryNames()) {
      Random contents = new Random(name.hashCode());
      for (int i = 0; i < simulator.memory(name).depth(); i++) {
        simulator.memory(name).set(i, new BigInteger(simulator.memory(name).width(), contents));
      }
    }
  }
}
