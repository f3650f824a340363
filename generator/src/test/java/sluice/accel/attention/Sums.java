package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import sluice.config.AcceleratorConfig;
import sluice.golden.Half;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StallPattern;

/** The weighted sums of a head as they should be, [G][d]. */
final class Sums {
  private static final int NOTHING = -1;

  private final AcceleratorConfig config;
  private final BigInteger[][] sums;
  private final boolean[][] invalid;

  Sums(AcceleratorConfig config) {
    this.config = config;
    sums = new BigInteger[config.groupQueries()][config.headDim()];
    invalid = new boolean[config.groupQueries()][config.headDim()];
    for (BigInteger[] ofHead : sums) {
      Arrays.fill(ofHead, BigInteger.ZERO);
    }
  }

  void add(int g, int j, long weight, short value) {
    sums[g][j] = sums[g][j].add(BigInteger.valueOf(weight * Half.fix(value)));
    invalid[g][j] |= weight > 0 && !Half.finite(value);
  }

  /** The ports through which sums are read, as {@link ValueAccumulator} has them. */
  record Ports(Bool read, UInt query, UInt element, SInt sum, Bool invalid, int latency) {}

  /**
   * Reads all sums.
   *
   * @param pauses cycles in which none is read
   */
  void check(Simulator simulator, Ports ports, StallPattern pauses) {
    int count = config.groupQueries() * config.headDim();
    Deque<Integer> asked = new ArrayDeque<>();
    int next = 0;
    int answered = 0;
    while (answered < count) {
      boolean reads = next < count && !pauses.next();
      simulator.poke(ports.read(), reads);
      // What is not read has no meaning.
      int selected = reads ? next : count - 1 - next / 2;
      simulator.poke(ports.query(), selected / config.headDim());
      simulator.poke(ports.element(), selected % config.headDim());
      asked.add(reads ? next++ : NOTHING);
      if (asked.size() > ports.latency()) {
        int index = asked.remove();
        if (index != NOTHING) {
          check(simulator, ports, index);
          answered++;
        }
      }
      simulator.step();
    }
    simulator.poke(ports.read(), false);
  }

  private void check(Simulator simulator, Ports ports, int index) {
    int g = index / config.headDim();
    int j = index % config.headDim();
    assertThat(simulator.peekBigSigned(ports.sum()))
        .as("sum %d of head %d", j, g)
        .isEqualTo(sums[g][j]);
    assertThat(simulator.isHigh(ports.invalid()))
        .as("invalid %d of head %d", j, g)
        .isEqualTo(invalid[g][j]);
  }
}
