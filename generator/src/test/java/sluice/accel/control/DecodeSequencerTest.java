package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.HostAnswers;
import sluice.accel.Reply;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.DecodeMode;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;

/** The heads of decode jobs, between blocks that take their time. */
@BlockTest(DecodeSequencer.class)
class DecodeSequencerTest {
  private static final AcceleratorConfig CONFIG = TestConfigs.trace(2, 4);
  private static final int MOST_IN_FLIGHT = AcceleratorConfig.HEADS_IN_FLIGHT;
  private static final int SPAN = 0x8000;

  private final HeadTableLayout tableLayout = new HeadTableLayout(CONFIG);
  private final HostLayout host = new HostLayout(CONFIG);
  private final Random random = new Random(121);
  private final int tableWords = tableLayout.thresholdsOffset() / 8;
  private final int queryWords = host.groupBytes() / 8;

  /** A job that is sent. */
  private record Sent(
      int first, int heads, boolean dense, int slot, int table, int query, int output, int bitmap) {
    long number() {
      return table / SPAN;
    }
  }

  /** What the sequencer does, and the heads that leave after a while. */
  private final class Neighbours implements Activity {
    private final List<List<Long>> begun = new ArrayList<>();
    private final List<List<Long>> handedOver = new ArrayList<>();
    private final List<Long> ended = new ArrayList<>();
    private final List<Integer> queryIndices = new ArrayList<>();
    private final Random leaving = new Random(128);
    private int left;
    private int mostInFlight;
    private boolean hold;
    private boolean leaves;
    private boolean error;
    private boolean offered;

    @Override
    public void drive(Simulator simulator) {
      leaves = !hold && left < handedOver.size() && leaving.nextInt(200) == 0;
      simulator.poke(block.headLeaves, leaves);
      simulator.poke(block.busError, error);
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      boolean begins = simulator.isHigh(block.headWrite);
      // With an error a head begins only when its command was on offer before.
      assertThat(begins && error && !offered).isFalse();
      boolean between = begun.size() == handedOver.size();
      offered = between && !begins && simulator.isHigh(block.readCommands.valid());
      if (begins) {
        // The job's fields and number are those of the head that begins.
        begun.add(
            List.of(
                simulator.peek(block.descriptor.headTable()) / SPAN,
                simulator.peek(block.jobSlot),
                simulator.peek(block.kvHead),
                simulator.peek(block.headSlot)));
      }
      left += leaves ? 1 : 0;
      assertThat(begun.size() - left).isLessThanOrEqualTo(MOST_IN_FLIGHT);
      mostInFlight = Math.max(mostInFlight, begun.size() - left);
      if (simulator.isHigh(block.heads.valid()) && simulator.isHigh(block.heads.ready())) {
        handedOver.add(
            List.of(
                simulator.peek(block.descriptor.headTable()) / SPAN,
                simulator.peek(block.jobSlot)));
      }
      if (simulator.isHigh(block.jobEnds)) {
        ended.add(simulator.peek(block.descriptor.headTable()) / SPAN);
      }
      if (simulator.isHigh(block.query.valid()) && simulator.isHigh(block.query.ready())) {
        queryIndices.add((int) simulator.peek(block.queryIndex));
      }
    }
  }

  private DecodeSequencer block;
  private BlockBench bench;
  private Neighbours neighbours;
  private MemoryImage image;
  private StreamDriver jobs;
  private StreamSink reads;
  private StreamSink table;
  private StreamSink query;
  private StreamSink heads;
  private final List<Sent> sent = new ArrayList<>();

  private void build(Stalls stalls) {
    block = new DecodeSequencer(CONFIG);
    bench = BlockBench.of(block, stalls, 122);
    Simulator simulator = bench.simulator();
    image = new MemoryImage();
    byte[] contents = new byte[40 * SPAN];
    random.nextBytes(contents);
    image.write(0, contents);
    jobs = bench.drive(block.jobs);
    reads = bench.sink(block.readCommands);
    StreamDriver words = bench.drive(block.readWords);
    table = bench.sink(block.table);
    query = bench.sink(block.query);
    heads = bench.sink(block.heads);
    simulator.attach(new HostAnswers(image, reads, words));
    neighbours = simulator.attach(new Neighbours());
    simulator.attach(Reply.level(block.headWrite, block.prepared, stalls, 123));
    bench.reset();
  }

  /** Sends a job whose pointers no other has. */
  private Sent send(int first, int count, boolean dense) {
    int place = (1 + sent.size()) * SPAN;
    boolean bitmap = random.nextBoolean();
    Sent job =
        new Sent(
            first,
            count,
            dense,
            sent.size() % 2,
            place,
            place + 0x4000,
            place + 0x6000,
            bitmap ? place + 0x7000 : 0);
    Map<String, Long> known =
        Map.of(
            "descriptor_mode", (long) (dense ? DecodeMode.DENSE : DecodeMode.SPARSE).code(),
            "descriptor_first_head", (long) first,
            "descriptor_heads", (long) count,
            "descriptor_head_table", (long) job.table,
            "descriptor_query", (long) job.query,
            "descriptor_output", (long) job.output,
            "descriptor_bitmap", (long) job.bitmap,
            "slot", (long) job.slot);
    Packing packing = Packing.of(block.jobs.payload());
    assertThat(packing.paths()).containsAll(known.keySet());
    // What the sequencer does not look at may be anything.
    List<BigInteger> fields = packing.unpack(new BigInteger(packing.width(), random));
    BigInteger[] values = new BigInteger[fields.size()];
    Arrays.setAll(
        values,
        i -> {
          Long value = known.get(packing.paths().get(i));
          return value == null ? fields.get(i) : BigInteger.valueOf(value);
        });
    jobs.send(packing.pack(values));
    sent.add(job);
    return job;
  }

  private void finish() {
    bench.until(() -> neighbours.ended.size() == sent.size());
  }

  private void addWords(List<BigInteger> words, long address, int count) {
    for (int i = 0; i < count; i++) {
      words.add(Bytes.toNumber(image.read(address + 8L * i, 8)));
    }
  }

  private static List<BigInteger> numbers(long... numbers) {
    return Arrays.stream(numbers).mapToObj(BigInteger::valueOf).toList();
  }

  /** All that was done is what the jobs ask for, up to the given numbers of heads of each. */
  private void check(List<Integer> headsOfJobs) {
    List<List<Long>> begun = new ArrayList<>();
    List<List<Long>> handedOver = new ArrayList<>();
    List<List<BigInteger>> prepared = new ArrayList<>();
    List<List<BigInteger>> commands = new ArrayList<>();
    List<BigInteger> expectedTable = new ArrayList<>();
    List<BigInteger> expectedQuery = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      Sent job = sent.get(i);
      for (int head = 0; head < headsOfJobs.get(i); head++) {
        long slot = begun.size() % MOST_IN_FLIGHT;
        long tableAddress = job.table + (long) (job.first + head) * tableLayout.entryBytes();
        long queryAddress = job.query + (long) head * host.groupBytes();
        begun.add(List.of(job.number(), (long) job.slot, (long) job.first + head, slot));
        handedOver.add(List.of(job.number(), (long) job.slot));
        if (!job.dense) {
          commands.add(numbers(tableAddress, tableWords));
          addWords(expectedTable, tableAddress, tableWords);
        }
        commands.add(numbers(queryAddress, queryWords));
        addWords(expectedQuery, queryAddress, queryWords);
        for (int word = 0; word < queryWords; word++) {
          indices.add(word);
        }
        prepared.add(
            numbers(
                slot,
                job.dense ? 1 : 0,
                job.output + (long) head * host.groupBytes(),
                job.bitmap + (long) head * host.bitmapStride()));
      }
    }
    assertThat(neighbours.begun).isEqualTo(begun);
    assertThat(neighbours.handedOver).isEqualTo(handedOver);
    assertThat(heads.receivedFields()).isEqualTo(prepared);
    assertThat(reads.receivedFields()).isEqualTo(commands);
    assertThat(table.received()).isEqualTo(expectedTable);
    assertThat(query.received()).isEqualTo(expectedQuery);
    assertThat(neighbours.queryIndices).isEqualTo(indices);
    assertThat(neighbours.ended).isEqualTo(sent.stream().map(Sent::number).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyHeadIsReadPreparedAndHandedOver(Stalls stalls) {
    build(stalls);
    for (int job = 0; job < 12; job++) {
      int first = random.nextInt(CONFIG.kvHeads());
      send(first, 1 + random.nextInt(CONFIG.kvHeads() - first), random.nextInt(3) == 0);
    }
    finish();
    check(sent.stream().map(Sent::heads).toList());
    assertThat(neighbours.mostInFlight).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void noMoreHeadsBeginThanMayBeInFlight(Stalls stalls) {
    build(stalls);
    neighbours.hold = true;
    // Slots go on from job to job, of whatever kind.
    for (int job = 0; job < 3; job++) {
      send(0, 2, job == 1);
    }
    bench.until(() -> neighbours.handedOver.size() == MOST_IN_FLIGHT);
    bench.simulator().step(500);
    assertThat(neighbours.begun).hasSize(MOST_IN_FLIGHT);
    assertThat(reads.count()).isEqualTo(2 + 4);
    neighbours.hold = false;
    finish();
    check(List.of(2, 2, 2));
    assertThat(neighbours.mostInFlight).isEqualTo(MOST_IN_FLIGHT);
  }

  /**
   * An error comes at some time. The head that has begun is handed over, and no other begins but
   * one whose command is on offer.
   */
  @ParameterizedTest
  @EnumSource
  void anErrorEndsTheJobWithTheHeadThatHasBegun(Stalls stalls) {
    build(stalls);
    List<Integer> done = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      boolean dense = round % 3 == 2;
      int before = neighbours.begun.size();
      long jobsTaken = jobs.sent();
      send(0, CONFIG.kvHeads(), dense);
      if (round % 4 == 0) {
        // Before the first head has begun, maybe with its command on offer.
        bench.until(() -> jobs.sent() > jobsTaken);
        bench.simulator().step(round == 0 ? 0 : 1);
      } else {
        int headsBefore = before + round % 2;
        bench.until(() -> neighbours.begun.size() > headsBefore);
        bench.simulator().step(random.nextInt(120));
      }
      neighbours.error = true;
      finish();
      bench.simulator().step(300);
      assertThat(neighbours.handedOver).hasSameSizeAs(neighbours.begun);
      done.add(neighbours.begun.size() - before);
      // A job that comes while there is an error ends without a head.
      send(0, 1, dense);
      finish();
      assertThat(neighbours.handedOver).hasSameSizeAs(neighbours.begun);
      done.add(0);
      neighbours.error = false;
      send(1, 1, !dense);
      finish();
      done.add(1);
    }
    check(done);
    assertThat(done).contains(0, 1, 2);
  }
}
