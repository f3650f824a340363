package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.Presets;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Ranges of host memory become bursts whose words are there. */
@BlockTest(RangeWriter.class)
class RangeWriterTest {
  private static final int BURST = HostWriter.BURST_WORDS;

  /** A writer between a source of words and the host port. */
  private static final class Bench implements Activity {
    final RangeWriter block = new RangeWriter(Presets.get("tiny"));
    final BlockBench bench;
    final Simulator simulator;
    final Random random;
    final StreamDriver ranges;
    final StreamDriver words;
    final StreamSink commands;
    final StreamSink data;
    final List<List<BigInteger>> expectedCommands = new ArrayList<>();
    final List<BigInteger> expectedWords = new ArrayList<>();
    final List<Integer> expectedRangeEnds = new ArrayList<>();
    final List<Integer> wordsAtRangeEnds = new ArrayList<>();

    Bench(Stalls stalls, long seed) {
      bench = BlockBench.of(block, stalls, seed);
      simulator = bench.simulator();
      random = new Random(seed);
      // Before the others, which then have counted what was before the cycle.
      simulator.attach(this);
      ranges = bench.drive(block.ranges);
      words = bench.drive(block.words);
      commands = bench.sink(block.commands);
      data = bench.sink(block.data);
      bench.reset();
    }

    /** Asks for a range; gives the words that belong to it. */
    List<BigInteger> range(int count) {
      long address = 8L * random.nextInt(1 << 20);
      ranges.send(address, count);
      List<BigInteger> ofRange = new ArrayList<>();
      for (int done = 0; done < count; done += BURST) {
        expectedCommands.add(
            List.of(
                BigInteger.valueOf(address + 8L * done),
                BigInteger.valueOf(Math.min(BURST, count - done))));
      }
      for (int i = 0; i < count; i++) {
        ofRange.add(new BigInteger(64, random));
      }
      expectedWords.addAll(ofRange);
      expectedRangeEnds.add(expectedWords.size());
      return ofRange;
    }

    /** From the cycle after a burst was asked for, the port never waits for its words. */
    @Override
    public void sample(Simulator running) {
      if (!running.inReset()) {
        if (running.isHigh(block.rangeGone)) {
          // What is gone before the cycle.
          wordsAtRangeEnds.add(data.count());
        }
        int asked =
            commands.receivedFields().stream().mapToInt(fields -> fields.get(1).intValue()).sum();
        assertThat(running.isHigh(block.data.valid())).isEqualTo(data.count() < asked);
      }
    }

    /** Only so many commands were to come. */
    void keep(int asked) {
      expectedCommands.subList(asked, expectedCommands.size()).clear();
      int kept = expectedCommands.stream().mapToInt(fields -> fields.get(1).intValue()).sum();
      expectedWords.subList(kept, expectedWords.size()).clear();
    }

    /** Asks for a range and sends its words; until all have gone. */
    void write(int count) {
      words.sendAll(range(count));
      bench.until(() -> data.count() == expectedWords.size());
      simulator.step();
      assertThat(simulator.isHigh(block.idle)).isTrue();
      assertThat(commands.receivedFields()).isEqualTo(expectedCommands);
      assertThat(data.received()).isEqualTo(expectedWords);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rangesGoOutInBurstsAndWordsInTheirOrder(Stalls stalls) {
    Bench bench = new Bench(stalls, 71);
    int[] sizes = {1, 2, BURST - 1, BURST, BURST + 1, 2 * BURST, 2 * BURST + 1, 3 * BURST, 1, 1, 1};
    for (int round = 0; round < 4; round++) {
      for (int size : sizes) {
        List<BigInteger> words = bench.range(round == 3 ? 1 + bench.random.nextInt(70) : size);
        for (BigInteger word : words) {
          bench.words.send(word);
          // Words that are slow, and a burst at once.
          if (round == 1 && bench.random.nextInt(3) == 0) {
            bench.simulator.step(1 + bench.random.nextInt(6));
          }
        }
        if (round == 2) {
          bench.bench.until(() -> bench.data.count() == bench.expectedWords.size());
          assertThat(bench.simulator.isHigh(bench.block.idle)).isTrue();
        }
      }
    }
    bench.bench.until(() -> bench.data.count() == bench.expectedWords.size());
    bench.simulator.step(3);
    assertThat(bench.commands.receivedFields()).isEqualTo(bench.expectedCommands);
    assertThat(bench.data.received()).isEqualTo(bench.expectedWords);
    assertThat(bench.wordsAtRangeEnds).isEqualTo(bench.expectedRangeEnds);
    assertThat(bench.simulator.isHigh(bench.block.idle)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void wordsWithoutACommandAreDroppedWhileDiscarding(Stalls stalls) {
    for (int seed = 1; seed <= 30; seed++) {
      Bench bench = new Bench(stalls, seed);
      Simulator simulator = bench.simulator;
      for (int size : new int[] {BURST + 4, 2 * BURST + 9, 5}) {
        bench.words.sendAll(bench.range(size));
      }
      int all = bench.expectedWords.size();
      // Some are written, and in the middle of something the rest is not wanted.
      int some = bench.random.nextInt(all);
      bench.bench.until(() -> bench.words.sent() >= some);
      simulator.step(bench.random.nextInt(5));
      int before = bench.commands.count();
      boolean offered = simulator.isHigh(bench.block.commands.valid());
      simulator.poke(bench.block.discard, true);
      bench.words.sendAll(bench.range(BURST + 1));
      bench.bench.until(
          () ->
              bench.ranges.isDone() && bench.words.isDone() && simulator.isHigh(bench.block.idle));
      simulator.step(5);
      assertThat(simulator.isHigh(bench.block.idle)).isTrue();
      assertThat(bench.wordsAtRangeEnds).hasSize(4);
      // A command that is offered stays.
      int asked = bench.commands.count();
      assertThat(asked).isBetween(before, before + (offered ? 1 : 0));
      bench.keep(asked);
      assertThat(bench.commands.receivedFields()).isEqualTo(bench.expectedCommands);
      assertThat(bench.data.received()).isEqualTo(bench.expectedWords);
      // Nothing of it is left for what follows.
      simulator.poke(bench.block.discard, false);
      bench.write(2 * BURST + 3);
      bench.write(1);
    }
  }

  @Test
  void aBurstIsAskedForWhenItsWordsAreThere() {
    Bench bench = new Bench(Stalls.NEVER, 72);
    bench.words.sendAll(bench.range(BURST));
    bench.words.sendAll(bench.range(3));
    bench.words.sendAll(bench.range(5).subList(0, 4));
    bench.simulator.step(100);
    // The last burst lacks a word.
    assertThat(bench.commands.count()).isEqualTo(2);
    long lastWord = bench.words.transferCycles().get(BURST - 1);
    long first = bench.commands.transferCycles().get(0);
    assertThat(first).isEqualTo(lastWord + 1);
    for (int i = 0; i < BURST; i++) {
      assertThat(bench.data.transferCycles().get(i)).isEqualTo(first + 1 + i);
    }
    assertThat(bench.simulator.isHigh(bench.block.idle)).isFalse();
    bench.words.send(1);
    bench.bench.until(() -> bench.commands.count() == 3);
  }
}
