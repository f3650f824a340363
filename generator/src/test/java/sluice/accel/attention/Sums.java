package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import sluice.config.AcceleratorConfig;
import sluice.golden.Half;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** The weighted sums of a head as they should be, [G][d]. */
final class Sums {
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

  /** Reads all sums, one a cycle, through ports as {@link ValueAccumulator} has them. */
  void check(Simulator simulator, UInt readQuery, UInt readElement, SInt sum, Bool sumInvalid) {
    int count = config.groupQueries() * config.headDim();
    for (int cycle = 0; cycle < count + ValueAccumulator.READ_LATENCY; cycle++) {
      int asked = Math.min(cycle, count - 1);
      simulator.poke(readQuery, asked / config.headDim());
      simulator.poke(readElement, asked % config.headDim());
      int answered = cycle - ValueAccumulator.READ_LATENCY;
      if (answered >= 0) {
        int g = answered / config.headDim();
        int j = answered % config.headDim();
        assertThat(simulator.peekBigSigned(sum))
            .as("sum %d of head %d", j, g)
            .isEqualTo(sums[g][j]);
        assertThat(simulator.isHigh(sumInvalid))
            .as("invalid %d of head %d", j, g)
            .isEqualTo(invalid[g][j]);
      }
      simulator.step();
    }
  }
}
