package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

@BlockTest(PickSerializer.class)
class PickSerializerTest {

  private static BigInteger pack(PickSerializer serializer, int row, boolean[] picked) {
    long[] fields = new long[picked.length + 1];
    fields[0] = row;
    for (int lane = 0; lane < picked.length; lane++) {
      fields[lane + 1] = picked[lane] ? 1 : 0;
    }
    return Packing.of(serializer.picks.payload()).pack(fields);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void givesThePicksOfEveryRowByRisingLane(AcceleratorConfig config, Stalls stalls) {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      double density = seed / 4.0;
      PickSerializer serializer = new PickSerializer(config);
      BlockBench bench = BlockBench.of(serializer, stalls, seed);
      StreamDriver picks = bench.drive(serializer.picks);
      StreamSink tokens = bench.sink(serializer.tokens);
      bench.reset();

      List<List<BigInteger>> expected = new ArrayList<>();
      for (int row = 0; row < Math.min(config.rows(), 100); row++) {
        boolean[] picked = new boolean[config.lanes()];
        for (int lane = 0; lane < picked.length; lane++) {
          picked[lane] = random.nextDouble() < density;
          if (picked[lane]) {
            expected.add(List.of(BigInteger.valueOf(row), BigInteger.valueOf(lane)));
          }
        }
        picks.send(pack(serializer, row, picked));
      }
      bench.until(() -> picks.isDone() && tokens.count() == expected.size());
      bench.simulator().step(3);
      assertThat(tokens.receivedFields()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void givesATokenACycleAndSkipsARowWithoutPicksInOne() {
    PickSerializer serializer = new PickSerializer(Presets.get("tiny"));
    Simulator simulator = Simulator.of(serializer);
    StreamDriver picks = simulator.drive(serializer.picks);
    for (int row = 0; row < 30; row++) {
      boolean[] picked = {row % 3 > 0, false, row % 3 == 2, row % 3 == 2};
      picks.send(pack(serializer, row, picked));
    }
    StreamSink tokens = simulator.sink(serializer.tokens);
    simulator.reset();
    long cycles = simulator.runUntil(() -> tokens.count() == 40, 1000);
    assertThat(cycles).isEqualTo(40 + 10 + 1);
  }
}
