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
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Picks of head after head get places in a ring, which the use of their scores frees. */
@BlockTest(PickRing.class)
class PickRingTest {
  private static final int SLOTS = AcceleratorConfig.HEADS_IN_FLIGHT;

  /** The serializer: gives the picks of each head, and tells its end with the last or later. */
  private static final class Heads implements Activity {
    private final PickRing block;
    private final AcceleratorConfig config;
    private final StreamDriver picks;
    private final int[] sizes;
    private final Random random;
    private final List<List<BigInteger>> expected = new ArrayList<>();
    private int head = -1;
    private int total;
    private int wait;
    private boolean ends;

    Heads(PickRing block, AcceleratorConfig config, StreamDriver picks, int[] sizes, long seed) {
      this.block = block;
      this.config = config;
      this.picks = picks;
      this.sizes = sizes;
      random = new Random(seed);
    }

    /** Sends the picks of the next head; those before have gone. */
    void next() {
      head++;
      if (head == sizes.length) {
        return;
      }
      wait = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
      for (int i = 0; i < sizes[head]; i++) {
        long row = random.nextInt(config.rows());
        long lane = random.nextInt(config.lanes());
        picks.send(row, lane);
        expected.add(
            List.of(
                BigInteger.valueOf(row),
                BigInteger.valueOf(lane),
                BigInteger.valueOf(head % SLOTS),
                BigInteger.valueOf(total % config.pickPlaces())));
        total++;
      }
    }

    /** Attached behind the driver, so that the pick of the cycle is offered already. */
    @Override
    public void drive(Simulator simulator) {
      ends = false;
      if (!simulator.inReset() && head >= 0 && head < sizes.length) {
        boolean fires =
            simulator.isHigh(block.picks.valid()) && simulator.isHigh(block.picks.ready());
        boolean complete = picks.sent() + (fires ? 1 : 0) == total;
        ends = complete && wait-- <= 0;
      }
      simulator.poke(block.headEnd, ends);
    }

    @Override
    public void sample(Simulator simulator) {
      if (ends) {
        assertThat(simulator.peek(block.pickSlot)).isEqualTo(head % SLOTS);
        assertThat(simulator.peek(block.pickEnd)).isEqualTo(total % (2L * config.pickPlaces()));
        next();
      }
    }
  }

  /** The weights: use scores in order, after their tokens have left; hold out until told. */
  private static final class Uses implements Activity {
    private final PickRing block;
    private final AcceleratorConfig config;
    private final Random random;
    private StreamDriver picks;
    private StreamSink tokens;
    private int used;
    private int timesFull;
    private boolean wasFull;
    private boolean holdsOut = true;

    Uses(PickRing block, AcceleratorConfig config, long seed) {
      this.block = block;
      this.config = config;
      random = new Random(seed);
    }

    @Override
    public void drive(Simulator simulator) {
      boolean releases = !holdsOut && used < tokens.count() && random.nextInt(4) != 0;
      simulator.poke(block.scoresUsed, releases);
    }

    /** Attached before the driver: what it has sent is without this cycle's. */
    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      long held = picks.sent() - used;
      assertThat(held).isLessThanOrEqualTo(config.pickPlaces());
      boolean full = held == config.pickPlaces();
      assertThat(simulator.isHigh(block.picks.ready())).isEqualTo(!full);
      if (full) {
        timesFull += wasFull ? 0 : 1;
        holdsOut = false;
      } else if (held < config.pickPlaces() / 2 && random.nextInt(20) == 0) {
        holdsOut = true;
      }
      wasFull = full;
      used += simulator.isHigh(block.scoresUsed) ? 1 : 0;
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void picksHaveTheirHeadsAndThePlacesInTurn(AcceleratorConfig config, Stalls stalls) {
    int most = config.scoreEntries();
    PickRing block = new PickRing(config);
    BlockBench bench = BlockBench.of(block, stalls, 31);
    Random random = new Random(32);
    // Heads that fill the ring, heads without picks, and many small ones.
    List<Integer> sizes = new ArrayList<>(List.of(most, most, 0, 1, 0, 0, 0, 0, most));
    while (sizes.size() < 40 || sizes.stream().mapToInt(size -> size).sum() < 5 * most) {
      sizes.add(random.nextInt(1 + random.nextInt(most + 1)));
    }
    Uses uses = bench.simulator().attach(new Uses(block, config, 34));
    StreamDriver picks = bench.drive(block.picks);
    StreamSink tokens = bench.sink(block.tokens);
    uses.picks = picks;
    uses.tokens = tokens;
    int[] sizesOfHeads = sizes.stream().mapToInt(size -> size).toArray();
    Heads heads = bench.simulator().attach(new Heads(block, config, picks, sizesOfHeads, 33));
    bench.reset();
    heads.next();
    bench.until(
        () -> {
          // What is left may not fill the ring any more.
          if (heads.head == heads.sizes.length) {
            uses.holdsOut = false;
          }
          return uses.used == heads.total && heads.head == heads.sizes.length;
        });
    assertThat(tokens.receivedFields()).isEqualTo(heads.expected);
    assertThat(uses.timesFull).isGreaterThanOrEqualTo(1);
  }

  @Test
  void aTokenLeavesThreeCyclesAfterItsPickAndOneACycle() {
    PickRing block = new PickRing(Presets.get("tiny"));
    Simulator simulator = Simulator.of(block);
    StreamDriver picks = simulator.drive(block.picks);
    StreamSink tokens = simulator.sink(block.tokens);
    for (int i = 0; i < 100; i++) {
      picks.send(i, i % 4);
    }
    simulator.reset();
    simulator.runUntil(() -> tokens.count() == 100, 1000);
    for (int i = 0; i < 100; i++) {
      assertThat(picks.transferCycles().get(i)).isEqualTo(picks.transferCycles().get(0) + i);
      assertThat(tokens.transferCycles().get(i)).isEqualTo(picks.transferCycles().get(i) + 3);
    }
  }
}
