package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
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

@BlockTest(KeyBuffer.class)
class KeyBufferTest {
  private static final int KEYS = 60;

  /** A token of any head, at any place: fields of a selected token. */
  private static long[] token(AcceleratorConfig config, Random random) {
    return new long[] {
      random.nextInt(config.rows()),
      random.nextInt(config.lanes()),
      random.nextInt(AcceleratorConfig.HEADS_IN_FLIGHT),
      random.nextInt(config.pickPlaces())
    };
  }

  /** Answers requests in any order, their beats mixed; keeps each key under its token. */
  private static final class Answers implements Activity {
    private final AcceleratorConfig config;
    private final StreamSink requests;
    private final StreamDriver arriving;
    private final Random random = new Random(7);
    private final List<int[]> open = new ArrayList<>();
    private final List<List<BigInteger>> expected = new ArrayList<>();
    private int seen;
    private boolean held;

    Answers(AcceleratorConfig config, StreamSink requests, StreamDriver arriving) {
      this.config = config;
      this.requests = requests;
      this.arriving = arriving;
    }

    @Override
    public void sample(Simulator simulator) {
      for (; seen < requests.count(); seen++) {
        open.add(new int[] {seen, 0});
        expected.add(new ArrayList<>());
      }
      if (open.isEmpty() || held) {
        return;
      }
      int[] chosen = open.get(random.nextInt(open.size()));
      int beat = chosen[1]++;
      boolean last = chosen[1] == config.beatsPerVector();
      BigInteger data = new BigInteger(config.channelBits(), random);
      BigInteger place = requests.receivedFields().get(chosen[0]).get(3);
      expected.get(chosen[0]).add(data);
      int indexBits = Math.max(1, 31 - Integer.numberOfLeadingZeros(config.beatsPerVector()));
      int placeBits = 32 - Integer.numberOfLeadingZeros(KeyBuffer.places(config) - 1);
      arriving.send(
          data.shiftLeft(placeBits)
              .or(place)
              .shiftLeft(indexBits)
              .or(BigInteger.valueOf(beat))
              .shiftLeft(1)
              .or(last ? BigInteger.ONE : BigInteger.ZERO));
      if (last) {
        open.remove(chosen);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void keysLeaveWholeWithTheirTokens(AcceleratorConfig config, Stalls stalls) {
    KeyBuffer block = new KeyBuffer(config);
    BlockBench bench = BlockBench.of(block, stalls, 21);
    Simulator simulator = bench.simulator();
    StreamDriver tokens = bench.drive(block.tokens);
    StreamSink requests = bench.sink(block.requests);
    StreamDriver arriving = bench.drive(block.arriving);
    StreamSink beats = bench.sink(block.beats);
    Answers answers = simulator.attach(new Answers(config, requests, arriving));
    bench.reset();
    Random random = new Random(22);
    List<List<BigInteger>> wanted = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      long[] token = token(config, random);
      tokens.send(token);
      wanted.add(Arrays.stream(token).mapToObj(BigInteger::valueOf).toList());
    }
    int vectorBeats = config.beatsPerVector();
    bench.until(() -> beats.count() == KEYS * vectorBeats);
    simulator.step(5);
    List<List<List<BigInteger>>> expected = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      List<List<BigInteger>> ofKey = new ArrayList<>();
      List<BigInteger> token = wanted.get(key);
      // Keys are asked for in the order of the tokens, for their heads.
      assertThat(requests.receivedFields().get(key).subList(0, 3)).isEqualTo(token.subList(0, 3));
      for (int beat = 0; beat < vectorBeats; beat++) {
        ofKey.add(
            List.of(
                answers.expected.get(key).get(beat),
                token.get(0),
                token.get(1),
                token.get(2),
                token.get(3),
                BigInteger.valueOf(beat == vectorBeats - 1 ? 1 : 0)));
      }
      expected.add(ofKey);
    }
    List<List<List<BigInteger>>> received = new ArrayList<>();
    for (int at = 0; at < beats.count(); at += vectorBeats) {
      received.add(beats.receivedFields().subList(at, at + vectorBeats));
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void asManyKeysAreAskedForAsHavePlaces() {
    AcceleratorConfig config = Presets.get("reference");
    KeyBuffer block = new KeyBuffer(config);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 23);
    StreamDriver tokens = bench.drive(block.tokens);
    StreamSink requests = bench.sink(block.requests);
    StreamSink beats = bench.sink(block.beats);
    Answers answers =
        bench.simulator().attach(new Answers(config, requests, bench.drive(block.arriving)));
    bench.reset();
    answers.held = true;
    int keys = 200;
    for (int i = 0; i < keys; i++) {
      tokens.send(i, 0, i % AcceleratorConfig.HEADS_IN_FLIGHT, i);
    }
    bench.simulator().step(100);
    assertThat(requests.count()).isEqualTo(config.readsInFlight() + 4);
    answers.held = false;
    long cycles = bench.until(() -> beats.count() == keys * config.beatsPerVector());
    // Beats arrive in every cycle, and leave in every cycle.
    assertThat(cycles).isLessThan(keys * config.beatsPerVector() + 250L);
  }
}
