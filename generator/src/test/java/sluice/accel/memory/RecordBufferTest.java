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

@BlockTest(RecordBuffer.class)
class RecordBufferTest {
  private static final int BURSTS = 40;

  /** Answers bursts in any order, their rows mixed. */
  private static final class Answers implements Activity {
    private final AcceleratorConfig config;
    private final StreamSink requests;
    private final StreamDriver arriving;
    private final Random random = new Random(7);
    private final List<int[]> open = new ArrayList<>();
    private final List<BigInteger[]> expected = new ArrayList<>();
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
        expected.add(new BigInteger[requests.receivedFields().get(seen).get(1).intValue() + 1]);
      }
      if (open.isEmpty() || held) {
        return;
      }
      int[] chosen = open.get(random.nextInt(open.size()));
      BigInteger[] rows = expected.get(chosen[0]);
      int index = chosen[1]++;
      rows[index] = new BigInteger(config.channelBits(), random);
      BigInteger place = requests.receivedFields().get(chosen[0]).get(2);
      int placeBits = 31 - Integer.numberOfLeadingZeros(RecordBuffer.rows(config));
      arriving.send(
          rows[index].shiftLeft(placeBits).or(place).shiftLeft(8).or(BigInteger.valueOf(index)));
      if (chosen[1] == rows.length) {
        open.remove(chosen);
      }
    }

    List<BigInteger> records() {
      List<BigInteger> records = new ArrayList<>();
      expected.forEach(rows -> records.addAll(List.of(rows)));
      return records;
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void recordsLeaveInOrder(AcceleratorConfig config, Stalls stalls) {
    RecordBuffer block = new RecordBuffer(config);
    BlockBench bench = BlockBench.of(block, stalls, 31);
    StreamDriver bursts = bench.drive(block.bursts);
    StreamSink requests = bench.sink(block.requests);
    StreamSink records = bench.sink(block.records);
    Answers answers =
        bench.simulator().attach(new Answers(config, requests, bench.drive(block.arriving)));
    bench.reset();
    Random random = new Random(32);
    int rows = 0;
    for (int i = 0; i < BURSTS; i++) {
      // Short ones end a scan; the next scan goes on behind them.
      int most = ScanRequester.burstRows(config);
      int beats = random.nextInt(4) == 0 ? 1 + random.nextInt(most) : most;
      bursts.send(random.nextInt(config.rows()), beats - 1);
      rows += beats;
    }
    int all = rows;
    bench.until(() -> records.count() == all);
    bench.simulator().step(5);
    assertThat(records.received()).isEqualTo(answers.records());
  }

  @Test
  void burstsWaitWhileThereAreNoPlaces() {
    AcceleratorConfig config = Presets.get("reference");
    RecordBuffer block = new RecordBuffer(config);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 33);
    StreamDriver bursts = bench.drive(block.bursts);
    StreamSink requests = bench.sink(block.requests);
    StreamSink records = bench.sink(block.records);
    Answers answers =
        bench.simulator().attach(new Answers(config, requests, bench.drive(block.arriving)));
    bench.reset();
    answers.held = true;
    int rows = 1024;
    for (int row = 0; row < rows; row += 16) {
      bursts.send(row, 15);
    }
    bench.simulator().step(100);
    assertThat(requests.count()).isEqualTo(8);
    answers.held = false;
    bench.until(() -> records.count() == rows);
    assertThat(records.received()).isEqualTo(answers.records());
  }
}
