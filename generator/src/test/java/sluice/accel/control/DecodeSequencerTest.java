package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
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
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;

/** The sequence of a decode job between blocks that take their time. */
@BlockTest(DecodeSequencer.class)
class DecodeSequencerTest {
  private static final AcceleratorConfig CONFIG = TestConfigs.trace(2, 4);
  private static final int TABLE = 0x2000;
  private static final int QUERY = 0x6000;
  private static final int OUTPUT = 0xA000;
  private static final int BITMAP = 0xC000;

  private final HeadTableLayout tableLayout = new HeadTableLayout(CONFIG);
  private final HostLayout host = new HostLayout(CONFIG);
  private final Random random = new Random(121);

  /** What the sequencer does, in order. */
  private static final class Events implements Activity {
    private final DecodeSequencer block;
    private final List<String> events = new ArrayList<>();
    private final List<Integer> queryIndices = new ArrayList<>();

    Events(DecodeSequencer block) {
      this.block = block;
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      if (simulator.isHigh(block.clear)) {
        events.add("clear");
      }
      if (simulator.isHigh(block.scanStart)) {
        events.add("scan " + simulator.peek(block.kvHead) + " " + simulator.peek(block.rowCount));
      }
      if (simulator.isHigh(block.weightStart)) {
        events.add("weigh");
      }
      if (simulator.isHigh(block.outputStart)) {
        events.add("output");
      }
      if (simulator.isHigh(block.done)) {
        events.add("done");
      }
      if (simulator.isHigh(block.query.valid()) && simulator.isHigh(block.query.ready())) {
        queryIndices.add((int) simulator.peek(block.queryIndex));
      }
    }
  }

  private DecodeSequencer block;
  private BlockBench bench;
  private Events events;
  private MemoryImage image;
  private StreamSink reads;
  private StreamSink writes;
  private StreamSink table;
  private StreamSink query;

  private void build(Stalls stalls) {
    block = new DecodeSequencer(CONFIG);
    bench = BlockBench.of(block, stalls, 122);
    Simulator simulator = bench.simulator();
    image = new MemoryImage();
    byte[] contents = new byte[OUTPUT];
    random.nextBytes(contents);
    image.write(0, contents);
    reads = bench.sink(block.readCommands);
    StreamDriver words = bench.drive(block.readWords);
    writes = bench.sink(block.writeCommands);
    table = bench.sink(block.table);
    query = bench.sink(block.query);
    simulator.attach(new HostAnswers(image, reads, words));
    events = simulator.attach(new Events(block));
    simulator.attach(Reply.level(block.clear, block.prepared, stalls, 123));
    simulator.attach(Reply.level(block.scanStart, block.scored, stalls, 124));
    simulator.attach(Reply.level(block.weightStart, block.weighted, stalls, 125));
    simulator.attach(Reply.level(block.outputStart, block.outputDone, stalls, 126));
    simulator.attach(Reply.level(block.outputStart, block.writerIdle, stalls, 127));
    bench.reset();
  }

  private void start(int firstHead, int heads, int tokens, boolean bitmap) {
    Simulator simulator = bench.simulator();
    // What the sequencer does not look at may be anything.
    Packing packing = Packing.of(block.descriptor);
    simulator.pokePacked(block.descriptor, new BigInteger(packing.width(), random));
    simulator.poke(block.descriptor.firstHead(), firstHead);
    simulator.poke(block.descriptor.heads(), heads);
    simulator.poke(block.descriptor.tokens(), tokens);
    simulator.poke(block.descriptor.headTable(), TABLE);
    simulator.poke(block.descriptor.query(), QUERY);
    simulator.poke(block.descriptor.output(), OUTPUT);
    simulator.poke(block.descriptor.bitmap(), bitmap ? BITMAP : 0);
    bench.pulse(block.start);
  }

  private void finish() {
    int before = (int) dones();
    bench.until(() -> dones() > before);
  }

  private long dones() {
    return events.events.stream().filter("done"::equals).count();
  }

  private void addWords(List<BigInteger> words, long address, int count) {
    for (int i = 0; i < count; i++) {
      words.add(Bytes.toNumber(image.read(address + 8L * i, 8)));
    }
  }

  private static List<BigInteger> command(long address, long words) {
    return List.of(BigInteger.valueOf(address), BigInteger.valueOf(words));
  }

  @ParameterizedTest
  @EnumSource
  void everyHeadIsReadSelectedWeighedAndWritten(Stalls stalls) {
    build(stalls);
    int tableWords = tableLayout.thresholdsOffset() / 8;
    int queryWords = host.groupBytes() / 8;
    List<String> sequence = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    List<List<BigInteger>> readCommands = new ArrayList<>();
    List<List<BigInteger>> writeCommands = new ArrayList<>();
    List<BigInteger> expectedTable = new ArrayList<>();
    List<BigInteger> expectedQuery = new ArrayList<>();
    for (int job = 0; job < 6; job++) {
      int first = random.nextInt(CONFIG.kvHeads());
      int heads = 1 + random.nextInt(CONFIG.kvHeads() - first);
      int tokens = 1 + random.nextInt(CONFIG.context());
      boolean bitmap = job % 2 == 0;
      int rows = (tokens + CONFIG.rowTokens() - 1) / CONFIG.rowTokens();
      for (int head = 0; head < heads; head++) {
        long tableAddress = TABLE + (long) (first + head) * tableLayout.entryBytes();
        long queryAddress = QUERY + (long) head * host.groupBytes();
        readCommands.add(command(tableAddress, tableWords));
        readCommands.add(command(queryAddress, queryWords));
        addWords(expectedTable, tableAddress, tableWords);
        addWords(expectedQuery, queryAddress, queryWords);
        for (int word = 0; word < queryWords; word++) {
          indices.add(word);
        }
        if (bitmap) {
          writeCommands.add(
              command(BITMAP + (long) head * host.bitmapStride(), (tokens + 63) / 64));
        }
        writeCommands.add(command(OUTPUT + (long) head * host.groupBytes(), queryWords));
        sequence.add("clear");
        sequence.add("scan " + (first + head) + " " + rows);
        sequence.add("weigh");
        sequence.add("output");
      }
      sequence.add("done");
      start(first, heads, tokens, bitmap);
      finish();
      assertThat(events.events).isEqualTo(sequence);
    }
    assertThat(events.queryIndices).isEqualTo(indices);
    assertThat(reads.receivedFields()).isEqualTo(readCommands);
    assertThat(writes.receivedFields()).isEqualTo(writeCommands);
    assertThat(table.received()).isEqualTo(expectedTable);
    assertThat(query.received()).isEqualTo(expectedQuery);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWrittenAfterABusErrorAndTheNextJobRuns(Stalls stalls) {
    build(stalls);
    start(0, 3, 100, false);
    bench.until(
        () ->
            events.events.contains(
                "scan 0 " + (100 + CONFIG.rowTokens() - 1) / CONFIG.rowTokens()));
    bench.simulator().poke(block.busError, true);
    finish();
    assertThat(events.events).endsWith("weigh", "done");
    assertThat(writes.count()).isZero();
    bench.simulator().poke(block.busError, false);
    start(1, 1, 100, false);
    finish();
    assertThat(events.events).endsWith("weigh", "output", "done");
    assertThat(writes.count()).isEqualTo(1);
  }
}
