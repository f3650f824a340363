package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.HostAnswers;
import sluice.accel.Reply;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.golden.HostImage;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.AppendJob;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;
import sluice.layout.Job;
import sluice.layout.Status;

/** The descriptor ring from the first word of a job to its completion record. */
@BlockTest(JobSequencer.class)
class JobSequencerTest {
  private static final AcceleratorConfig CONFIG = TestConfigs.tiny();
  private static final int KV_PAGES = 40;
  private static final int RING_LOG2 = 2;
  private static final long RING = 0x800;
  private static final long BUS_ADDRESS = 0x12340;

  /** What happens to a job. */
  private enum Fate {
    DECODED(Status.OK),
    APPENDED(Status.OK),
    INVALID(Status.INVALID_OPERAND),
    REFUSED(Status.WINDOW),
    BAD_PAGE(Status.POINTER),
    BUS_ERROR(Status.BUS),
    /** As decoded; its completion record is outside the window and must not be written. */
    UNREPORTABLE(Status.POINTER);

    private final Status status;

    Fate(Status status) {
      this.status = status;
    }
  }

  /** Table entries, ends of jobs, and a writer that is idle when it has all words. */
  private final class Neighbours implements Activity {
    private final Map<Integer, Long> table = new LinkedHashMap<>();
    private int ended;
    private int failed;
    private boolean busError;

    @Override
    public void drive(Simulator simulator) {
      simulator.poke(
          block.writerIdle, writeWords.count() == CompletionLayout.WORDS * writes.count());
      simulator.poke(block.busError, busError);
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      if (simulator.isHigh(block.clearError)) {
        busError = false;
      }
      if (simulator.isHigh(block.tableWrite)) {
        table.put((int) simulator.peek(block.tableIndex), simulator.peek(block.tablePage));
      }
      if (simulator.isHigh(block.jobDone)) {
        ended++;
        failed += simulator.isHigh(block.jobFailed) ? 1 : 0;
      }
    }
  }

  private final Random random = new Random(131);
  private final JobSequencer block = new JobSequencer(CONFIG);
  private final HostImage host = new HostImage(CONFIG, 0x1000);
  private final MemoryImage image = host.memory();
  private StreamSink writes;
  private StreamSink writeWords;

  @ParameterizedTest
  @EnumSource
  void everyJobEndsWithItsStatusAndRecord(Stalls stalls) {
    BlockBench bench = BlockBench.of(block, stalls, 132);
    Simulator simulator = bench.simulator();
    StreamSink reads = bench.sink(block.readCommands);
    StreamDriver words = bench.drive(block.readWords);
    writes = bench.sink(block.writeCommands);
    writeWords = bench.sink(block.writeWords);
    simulator.attach(new HostAnswers(image, reads, words));
    Reply decodes = simulator.attach(Reply.pulse(block.decodeStart, block.decodeDone, stalls, 133));
    Reply appends = simulator.attach(Reply.pulse(block.appendStart, block.appendDone, stalls, 134));
    Neighbours neighbours = simulator.attach(new Neighbours());
    long base = host.base();
    host.reserve(1 << 15);
    bench.reset();
    simulator.poke(block.ringBase, RING);
    simulator.poke(block.ringLog2, RING_LOG2);
    simulator.poke(block.hostBase, base);
    simulator.poke(block.hostLimit, base + (1 << 16));
    simulator.poke(block.kvPages, KV_PAGES);
    simulator.poke(block.busErrorAddress, BUS_ADDRESS);
    simulator.poke(block.enable, true);
    int failures = 0;
    int decoded = 0;
    int appended = 0;
    int records = 0;
    for (int job = 0; job < 2 * Fate.values().length; job++) {
      Fate fate = Fate.values()[job % Fate.values().length];
      int tokens = 1 + random.nextInt(CONFIG.context());
      int entries = (tokens + CONFIG.pageTokens() - 1) / CONFIG.pageTokens();
      long[] pages = random.longs(entries, 0, KV_PAGES).toArray();
      int bad = fate == Fate.BAD_PAGE ? random.nextInt(entries) : -1;
      if (bad >= 0) {
        pages[bad] = KV_PAGES;
      }
      long table = host.blockTable(pages);
      host.reserve(8);
      long completion =
          fate == Fate.UNREPORTABLE ? base + (1 << 16) : host.reserve(CompletionLayout.BYTES);
      long tag = random.nextInt() & 0xFFFF_FFFFL;
      Job descriptor = job(fate, tokens, table, completion, tag, base);
      host.descriptor(RING, job & ((1 << RING_LOG2) - 1), descriptor);
      long selected = random.nextInt(1000);
      long skipped = random.nextInt(1000);
      simulator.poke(block.selected, selected);
      simulator.poke(block.skipped, skipped);
      simulator.poke(block.invalidOperand, fate == Fate.INVALID);
      neighbours.table.clear();
      int before = decodes.pulses();
      simulator.poke(block.ringTail, job + 1);
      int number = job;
      if (fate == Fate.BUS_ERROR) {
        bench.until(() -> decodes.pulses() > before);
        neighbours.busError = true;
      }
      bench.until(() -> neighbours.ended > number);
      simulator.step(3);

      String what = "job %d, %s".formatted(job, fate);
      boolean runs = fate != Fate.REFUSED && fate != Fate.BAD_PAGE && fate != Fate.UNREPORTABLE;
      decoded += runs && fate != Fate.APPENDED ? 1 : 0;
      appended += fate == Fate.APPENDED ? 1 : 0;
      failures += fate.status.failed() ? 1 : 0;
      assertThat(decodes.pulses()).as(what).isEqualTo(decoded);
      assertThat(appends.pulses()).as(what).isEqualTo(appended);
      assertThat(neighbours.ended).as(what).isEqualTo(job + 1);
      assertThat(neighbours.failed).as(what).isEqualTo(failures);
      assertThat(simulator.peek(block.ringHead)).as(what).isEqualTo(job + 1);
      assertThat(simulator.isHigh(block.ringEmpty)).isTrue();
      assertThat(simulator.isHigh(block.busy)).isFalse();
      assertThat(Status.of(simulator.peek(block.lastStatus))).as(what).isEqualTo(fate.status);
      long address =
          switch (fate) {
            case BUS_ERROR -> BUS_ADDRESS;
            case BAD_PAGE -> table + (long) bad * HostLayout.BLOCK_ENTRY_BYTES;
            case UNREPORTABLE -> completion;
            default -> 0;
          };
      assertThat(simulator.peek(block.errorAddress)).as(what).isEqualTo(address);
      Map<Integer, Long> good = new LinkedHashMap<>();
      if (runs || fate == Fate.BAD_PAGE) {
        IntStream.range(0, entries).filter(i -> i != bad).forEach(i -> good.put(i, pages[i]));
      }
      assertThat(neighbours.table).as(what).isEqualTo(good);
      if (fate != Fate.UNREPORTABLE) {
        records++;
        boolean counted = runs && fate != Fate.APPENDED && !fate.status.failed();
        check(
            records - 1,
            completion,
            fate.status,
            tag,
            address,
            counted ? selected : 0,
            counted ? skipped : 0);
      }
      assertThat(writes.count()).as(what).isEqualTo(records);
    }
  }

  /** A record that was written. */
  private void check(
      int record,
      long completion,
      Status status,
      long tag,
      long address,
      long selected,
      long skipped) {
    assertThat(writes.receivedFields().get(record).get(0).longValue()).isEqualTo(completion);
    assertThat(writes.receivedFields().get(record).get(1).intValue())
        .isEqualTo(CompletionLayout.WORDS);
    byte[] bytes = new byte[CompletionLayout.BYTES];
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < CompletionLayout.WORDS; i++) {
      words.add(
          Bytes.fromNumber(writeWords.received().get(CompletionLayout.WORDS * record + i), 8));
      System.arraycopy(words.get(i), 0, bytes, 8 * i, 8);
    }
    assertThat(Status.of(CompletionLayout.STATUS.get(bytes))).isEqualTo(status);
    assertThat(CompletionLayout.TAG.get(bytes)).isEqualTo(tag);
    assertThat(CompletionLayout.SELECTED.get(bytes)).isEqualTo(selected);
    assertThat(CompletionLayout.SKIPPED.get(bytes)).isEqualTo(skipped);
    assertThat(CompletionLayout.ERROR_ADDRESS.get(bytes)).isEqualTo(address);
    assertThat(CompletionLayout.CYCLES.get(bytes)).isGreaterThan(DescriptorLayout.WORDS);
  }

  private static Job job(Fate fate, int tokens, long table, long completion, long tag, long base) {
    HeadRange heads = HeadRange.first(1);
    if (fate == Fate.APPENDED) {
      return new AppendJob(heads, tokens, 1, table, base, base, base, completion, tag);
    }
    DecodeParameters parameters =
        new DecodeParameters(
            tokens,
            5,
            0,
            0,
            fate == Fate.REFUSED ? 2 : 3,
            DecodeParameters.defaultFactor(CONFIG.headDim()),
            0);
    return new DecodeJob(heads, parameters, table, base, base, base, 0, completion, tag);
  }
}
