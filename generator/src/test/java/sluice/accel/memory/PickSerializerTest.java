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
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

@BlockTest(PickSerializer.class)
class PickSerializerTest {

  /** Notes at each end of a head how many tokens have left, those of the cycle included. */
  private static final class Ends implements Activity {
    private final PickSerializer serializer;
    private final StreamSink tokens;
    private final List<Integer> tokensBefore = new ArrayList<>();

    /** Attached behind the sink, which counts first. */
    Ends(PickSerializer serializer, StreamSink tokens) {
      this.serializer = serializer;
      this.tokens = tokens;
    }

    @Override
    public void sample(Simulator simulator) {
      if (!simulator.inReset() && simulator.isHigh(serializer.headEnd)) {
        tokensBefore.add(tokens.count());
      }
    }
  }

  private static BigInteger pack(
      PickSerializer serializer, int row, boolean[] picked, boolean last) {
    long[] fields = new long[picked.length + 2];
    fields[0] = row;
    for (int lane = 0; lane < picked.length; lane++) {
      fields[lane + 1] = picked[lane] ? 1 : 0;
    }
    fields[picked.length + 1] = last ? 1 : 0;
    return Packing.of(serializer.picks.payload()).pack(fields);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void givesThePicksOfEveryRowByRisingLaneAndTellsTheEndOfHeads(
      AcceleratorConfig config, Stalls stalls) {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      double density = seed / 4.0;
      PickSerializer serializer = new PickSerializer(config);
      BlockBench bench = BlockBench.of(serializer, stalls, seed);
      StreamDriver picks = bench.drive(serializer.picks);
      StreamSink tokens = bench.sink(serializer.tokens);
      Ends ends = bench.simulator().attach(new Ends(serializer, tokens));
      bench.reset();

      List<List<BigInteger>> expected = new ArrayList<>();
      List<Integer> expectedEnds = new ArrayList<>();
      for (int head = 0; head < 12; head++) {
        // Some heads have a single row, some have no picks here, some none in their last row.
        int rows = head % 3 == 0 ? 1 : 1 + random.nextInt(Math.min(config.rows(), 20));
        boolean nothing = head % 4 == 3;
        for (int row = 0; row < rows; row++) {
          boolean last = row == rows - 1;
          boolean[] picked = new boolean[config.lanes()];
          for (int lane = 0; lane < picked.length; lane++) {
            picked[lane] = !nothing && !(last && head % 5 == 4) && random.nextDouble() < density;
            if (picked[lane]) {
              expected.add(List.of(BigInteger.valueOf(row), BigInteger.valueOf(lane)));
            }
          }
          picks.send(pack(serializer, row, picked, last));
        }
        expectedEnds.add(expected.size());
      }
      bench.until(() -> ends.tokensBefore.size() == expectedEnds.size());
      bench.simulator().step(3);
      assertThat(picks.isDone()).isTrue();
      assertThat(tokens.receivedFields()).as("seed %d", seed).isEqualTo(expected);
      assertThat(ends.tokensBefore).as("seed %d", seed).isEqualTo(expectedEnds);
    }
  }

  @Test
  void givesATokenACycleAndPassesOverRowsWithoutPicks() {
    PickSerializer serializer = new PickSerializer(Presets.get("tiny"));
    Simulator simulator = Simulator.of(serializer);
    StreamDriver picks = simulator.drive(serializer.picks);
    for (int row = 0; row < 30; row++) {
      boolean[] picked = {row % 3 > 0, false, row % 3 == 2, row % 3 == 2};
      picks.send(pack(serializer, row, picked, row % 5 == 4));
    }
    StreamSink tokens = simulator.sink(serializer.tokens);
    Ends ends = simulator.attach(new Ends(serializer, tokens));
    simulator.reset();
    long cycles = simulator.runUntil(() -> tokens.count() == 40, 1000);
    // The first row with picks is the second, and its token comes two cycles later. Of the rows
    // without picks only the two that end a head take a cycle.
    assertThat(cycles).isEqualTo(1 + 2 + 40 + 2);
    // The last end comes with the last token.
    assertThat(ends.tokensBefore).containsExactly(5, 12, 20, 25, 32, 40);
  }

  @Test
  void theEndOfAHeadWaitsForItsLastTokenToLeave() {
    PickSerializer serializer = new PickSerializer(Presets.get("tiny"));
    Simulator simulator = Simulator.of(serializer);
    StreamDriver picks = simulator.drive(serializer.picks);
    picks.send(pack(serializer, 7, new boolean[] {false, true, false, false}, true));
    simulator.reset();
    simulator.step(5);
    assertThat(picks.isDone()).isTrue();
    assertThat(simulator.isHigh(serializer.tokens.valid())).isTrue();
    assertThat(simulator.isHigh(serializer.headEnd)).isFalse();
    simulator.poke(serializer.tokens.ready(), true);
    assertThat(simulator.isHigh(serializer.headEnd)).isTrue();
    simulator.step();
    assertThat(simulator.isHigh(serializer.headEnd)).isFalse();
  }
}
