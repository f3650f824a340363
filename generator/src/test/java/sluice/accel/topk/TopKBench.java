package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import sluice.accel.BlockBench;
import sluice.config.AcceleratorConfig;
import sluice.golden.Selection;
import sluice.hdl.Bool;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** A simulated Top-K with its streams, and a record of what it tells beside them. */
final class TopKBench implements Activity {
  private static final long SEED = 4712;

  /**
   * What a head asks for.
   *
   * @param buckets one for each token; only their number matters if it is dense
   */
  record Head(int[] buckets, int budget, int sink, int recent, boolean dense) {

    Head(int[] buckets, int budget, int sink, int recent) {
      this(buckets, budget, sink, recent, false);
    }

    int[] picks(AcceleratorConfig config) {
      return dense
          ? IntStream.range(0, buckets.length).toArray()
          : Selection.select(buckets, config.buckets(), budget, sink, recent).tokens();
    }

    @Override
    public String toString() {
      return "n = %d, k = %d, sink = %d, recent = %d%s"
          .formatted(buckets.length, budget, sink, recent, dense ? ", dense" : "");
    }
  }

  private final AcceleratorConfig config;
  private final TopK topK;
  private final Simulator simulator;
  private final StreamDriver heads;
  private final StreamDriver buckets;
  private final StreamSink picks;
  private final Random filler = new Random(SEED);
  private final List<Head> sent = new ArrayList<>();
  private final List<Long> counted = new ArrayList<>();
  private final List<Long> filtered = new ArrayList<>();
  private final List<Long> selected = new ArrayList<>();
  private final List<Long> filters = new ArrayList<>();
  private final List<String> phases = new ArrayList<>();
  private boolean wasFiltering;
  private int checked;
  private int checkedRows;

  TopKBench(AcceleratorConfig config, TopK topK, BlockBench bench) {
    this.config = config;
    this.topK = topK;
    simulator = bench.simulator();
    heads = bench.drive(topK.heads);
    buckets = bench.drive(topK.buckets);
    picks = bench.sink(topK.picks);
    simulator.attach(this);
  }

  @Override
  public void sample(Simulator running) {
    if (running.inReset()) {
      return;
    }
    long cycle = running.cycle();
    if (running.isHigh(topK.counted)) {
      counted.add(cycle);
    }
    long tokens = running.peek(topK.selected);
    if (running.isHigh(topK.filtered)) {
      filtered.add(cycle);
      selected.add(tokens);
    } else if (!selected.isEmpty()) {
      assertThat(tokens).as("selected, held").isEqualTo(selected.get(selected.size() - 1));
    }
    boolean filtering = running.isHigh(topK.filtering);
    if (filtering && !wasFiltering) {
      filters.add(cycle);
    }
    wasFiltering = filtering;
    String phase = bit(topK.counting) + bit(topK.searching) + bit(topK.filtering);
    if (phases.isEmpty() || !phases.get(phases.size() - 1).equals(phase)) {
      phases.add(phase);
    }
    assertThat(running.isHigh(topK.idle) && !phase.equals("000")).as("idle in a phase").isFalse();
  }

  private String bit(Bool signal) {
    return simulator.isHigh(signal) ? "1" : "0";
  }

  Simulator simulator() {
    return simulator;
  }

  TopK topK() {
    return topK;
  }

  StreamDriver buckets() {
    return buckets;
  }

  StreamSink picks() {
    return picks;
  }

  /** The cycles in which {@code counted} was high. */
  List<Long> counted() {
    return counted;
  }

  /** The cycles in which {@code filtered} was high. */
  List<Long> filtered() {
    return filtered;
  }

  /** The cycles from which on rows were picked. */
  List<Long> filters() {
    return filters;
  }

  /** Counting, searching, filtering as digits; each as often as it came anew. */
  List<String> phases() {
    return phases;
  }

  /** Offers heads and their rows. */
  TopKBench send(Head... all) {
    for (Head head : all) {
      int n = head.buckets.length;
      heads.send(n, head.sink, head.recent, head.budget, head.dense ? 1 : 0);
      if (!head.dense) {
        Rows.send(buckets, head.buckets, config.rowTokens(), this::anyBucket);
      }
      sent.add(head);
    }
    return this;
  }

  private int anyBucket() {
    return filler.nextInt(config.buckets());
  }

  /** Runs until all heads that were sent are filtered. */
  void finish() {
    int tokens = sent.stream().mapToInt(head -> head.buckets.length).sum();
    simulator.runUntil(() -> filtered.size() == sent.size(), 20_000 + tokens * 100L);
    assertThat(simulator.isHigh(topK.idle)).isTrue();
  }

  /** Runs to the end of all heads and compares the picks of those not compared yet. */
  void check() {
    finish();
    simulator.step(5);
    assertThat(counted).hasSize(sent.size());
    List<List<BigInteger>> rows = picks.receivedFields();
    for (; checked < sent.size(); checked++) {
      Head head = sent.get(checked);
      check(head, rows, selected.get(checked));
    }
    assertThat(rows).hasSize(checkedRows);
  }

  private void check(Head head, List<List<BigInteger>> rows, long selectedTokens) {
    int lanes = config.rowTokens();
    int count = (head.buckets.length + lanes - 1) / lanes;
    List<Integer> picked = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<BigInteger> fields = rows.get(checkedRows++);
      assertThat(fields.get(0).intValue()).as("row of %s", head).isEqualTo(row);
      for (int lane = 0; lane < lanes; lane++) {
        if (fields.get(lane + 1).signum() != 0) {
          picked.add(row * lanes + lane);
        }
      }
      boolean last = fields.get(lanes + 1).signum() != 0;
      assertThat(last).as("last row of %s", head).isEqualTo(row == count - 1);
    }
    assertThat(picked)
        .as(head.toString())
        .containsExactlyElementsOf(Arrays.stream(head.picks(config)).boxed().toList());
    assertThat(selectedTokens).as(head.toString()).isEqualTo(picked.size());
  }

  /** Forgets the heads under way, and resets. */
  void reset() {
    simulator.reset();
    sent.clear();
    counted.clear();
    filtered.clear();
    selected.clear();
    checked = 0;
    checkedRows = picks.count();
  }
}
