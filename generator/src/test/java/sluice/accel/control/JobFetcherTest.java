package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
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
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.BitField;
import sluice.layout.DecodeMode;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.HostLayout;
import sluice.layout.Opcode;
import sluice.layout.Status;

/** Jobs from the descriptor ring until they are handed on, two in work at a time. */
@BlockTest(JobFetcher.class)
class JobFetcherTest {
  private static final AcceleratorConfig CONFIG = TestConfigs.tiny();
  private static final int KV_PAGES = 40;
  private static final int RING_LOG2 = 2;
  private static final long RING = 0x800;
  private static final long WINDOW = 1 << 16;

  /** What happens to a job. */
  private enum Fate {
    DECODED(null, 0),
    DENSE(DescriptorLayout.MODE, DecodeMode.DENSE.code()),
    APPENDED(DescriptorLayout.OPCODE, Opcode.APPEND.code()),
    UNKNOWN(DescriptorLayout.MODE, 2, Status.OPCODE),
    EMPTY(DescriptorLayout.HEADS, 0, Status.EMPTY),
    HEADS(DescriptorLayout.FIRST_HEAD, 0xFFFF, Status.HEADS),
    CONTEXT(DescriptorLayout.TOKENS, 1025, Status.CONTEXT),
    CAPACITY(DescriptorLayout.SINK, 0xFFFF_FFFFL, Status.CAPACITY),
    REFUSED(DescriptorLayout.WINDOW, 2, Status.WINDOW),
    FACTOR(DescriptorLayout.FACTOR, 0, Status.FACTOR),
    SKIP(DescriptorLayout.SKIP, 65537, Status.SKIP),
    POINTER(DescriptorLayout.OUTPUT, 8, Status.POINTER),
    BAD_PAGE(null, 0, Status.POINTER),
    /** Its completion record is outside the window and must not be written. */
    UNREPORTABLE(DescriptorLayout.COMPLETION, 16, Status.POINTER);

    private final BitField field;
    private final long value;
    private final Status status;

    Fate(BitField field, long value, Status status) {
      this.field = field;
      this.value = value;
      this.status = status;
    }

    Fate(BitField field, long value) {
      this(field, value, Status.OK);
    }
  }

  /** A job as it was seen, or as it must be. */
  private static final class Seen {
    private Fate fate;
    private long tag;
    private boolean reportable;
    private Status status = Status.OK;
    private long address;
    private Map<Integer, Long> table = new LinkedHashMap<>();
    private String end = "";

    private String text() {
      return "tag %d, reportable %s, %s, %s at %x, table %s"
          .formatted(tag, reportable, end, status, address, table);
    }
  }

  /** The reporter's part, jobs that end after a while, and what is seen of them. */
  private final class Neighbours implements Activity {
    private final List<Seen> seen = new ArrayList<>();
    private final Random ending = new Random(135);
    private final int cyclesToEnd;
    private int begun;
    private int left;
    private int ended;
    private boolean hold;
    private boolean busError;
    private int clearing;
    private int mostInWork;
    private boolean overlapped;
    private boolean fetchedBesides;
    private int appending;

    private Neighbours(Stalls stalls) {
      cyclesToEnd = stalls == Stalls.NEARLY_ALWAYS ? 600 : 150;
    }

    private int inWork() {
      return seen.size() - ended;
    }

    @Override
    public void drive(Simulator simulator) {
      if (!hold && ended < left && ending.nextInt(cyclesToEnd) == 0) {
        ended++;
      }
      // The accelerator's error is low two cycles after it is cleared.
      if (clearing > 0 && --clearing == 0) {
        busError = false;
      }
      simulator.poke(block.slotFree, inWork() < 2);
      simulator.poke(block.noneInWork, inWork() == 0);
      simulator.poke(block.oneInWork, inWork() == 1);
      simulator.poke(block.busError, busError);
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      boolean busy = begun > left;
      assertThat(simulator.isHigh(block.busy)).isEqualTo(busy);
      overlapped |= busy && inWork() == 2;
      fetchedBesides |= simulator.isHigh(block.fetching) && inWork() == 2;
      assertThat(simulator.isHigh(block.clearError))
          .isEqualTo(simulator.isHigh(block.begins) && inWork() == 0);
      if (simulator.isHigh(block.begins)) {
        assertThat(busy).isFalse();
        assertThat(busError && inWork() > 0).isFalse();
        assertThat(appending).as("an append is alone").isZero();
        begun++;
        clearing = simulator.isHigh(block.clearError) ? 2 : 0;
      }
      if (simulator.isHigh(block.enters)) {
        assertThat(inWork()).isLessThan(2);
        assertThat(begun).isEqualTo(seen.size() + 1);
        Seen job = new Seen();
        job.tag = simulator.peek(block.descriptor.tag());
        job.reportable = simulator.isHigh(block.reportable);
        seen.add(job);
        mostInWork = Math.max(mostInWork, inWork());
      }
      Seen job = seen.isEmpty() ? null : seen.get(seen.size() - 1);
      int slot = (seen.size() - 1) % 2;
      boolean ends = simulator.isHigh(block.refused) || simulator.isHigh(block.appendDone);
      boolean decodes =
          simulator.isHigh(block.decodes.valid()) && simulator.isHigh(block.decodes.ready());
      if (simulator.isHigh(block.enters)
          || ends
          || decodes
          || simulator.isHigh(block.appendStart)) {
        assertThat(simulator.peek(block.slot)).isEqualTo(slot);
      }
      if (simulator.isHigh(block.tableWrite)) {
        int index = (int) simulator.peek(block.tableIndex) - slot * CONFIG.pages();
        job.table.put(index, simulator.peek(block.tablePage));
      }
      if (simulator.isHigh(block.refused)) {
        job.end += "refused";
        job.status = Status.of(simulator.peek(block.status));
        job.address = simulator.peekBig(block.faultAddress).longValue();
      }
      if (decodes) {
        job.end += "decoded";
        assertThat(simulator.peek(block.decodes.payload().slot())).isEqualTo(slot);
        assertThat(simulator.peekPacked(block.decodes.payload().descriptor()))
            .isEqualTo(simulator.peekPacked(block.descriptor));
      }
      if (simulator.isHigh(block.appendStart)) {
        assertThat(inWork()).as("in work beside an append").isEqualTo(1);
        assertThat(busError).isFalse();
        job.end += "appended";
        appending++;
      }
      if (simulator.isHigh(block.appendDone)) {
        appending--;
      }
      left += ends || decodes ? 1 : 0;
    }
  }

  private final Random random = new Random(131);
  private final JobFetcher block = new JobFetcher(CONFIG);
  private final HostImage host = new HostImage(CONFIG, 0x1000);
  private final MemoryImage image = host.memory();
  private final List<Seen> expected = new ArrayList<>();
  private BlockBench bench;
  private Simulator simulator;
  private StreamSink reads;
  private StreamDriver words;
  private StreamSink decodes;
  private Neighbours neighbours;

  private void build(Stalls stalls) {
    bench = BlockBench.of(block, stalls, 132);
    simulator = bench.simulator();
    reads = bench.sink(block.readCommands);
    words = bench.drive(block.readWords);
    decodes = bench.sink(block.decodes);
    simulator.attach(new HostAnswers(image, reads, words));
    simulator.attach(Reply.pulse(block.appendStart, block.appendDone, stalls, 134));
    neighbours = simulator.attach(new Neighbours(stalls));
    host.reserve(1 << 14);
    bench.reset();
    simulator.poke(block.ringBase, RING);
    simulator.poke(block.ringLog2, RING_LOG2);
    simulator.poke(block.hostBase, host.base());
    simulator.poke(block.hostLimit, host.base() + WINDOW);
    simulator.poke(block.kvPages, KV_PAGES);
    simulator.poke(block.enable, true);
  }

  /** Puts a job into the ring, and rings. */
  private void ring(Fate fate) {
    int tokens = 1 + random.nextInt(fate == Fate.DENSE ? CONFIG.denseTokens() : CONFIG.context());
    int entries = (tokens + CONFIG.pageTokens() - 1) / CONFIG.pageTokens();
    long[] pages = random.longs(entries, 0, KV_PAGES).toArray();
    int bad = fate == Fate.BAD_PAGE ? random.nextInt(entries) : -1;
    if (bad >= 0) {
      pages[bad] = KV_PAGES + random.nextInt(2) * 0x1000_0000L;
    }
    Seen job = new Seen();
    job.fate = fate;
    job.tag = random.nextInt() & 0xFFFF_FFFFL;
    job.reportable = fate != Fate.UNREPORTABLE;
    job.status = fate.status;
    long table = host.blockTable(pages);
    host.reserve(8);
    byte[] bytes = new byte[DescriptorLayout.BYTES];
    random.nextBytes(bytes);
    for (BitField field : DescriptorLayout.DECODE_FIELDS) {
      field.put(bytes, 0);
    }
    DescriptorLayout.OPCODE.put(bytes, Opcode.DECODE.code());
    DescriptorLayout.HEADS.put(bytes, 1);
    DescriptorLayout.TOKENS.put(bytes, tokens);
    DescriptorLayout.BUDGET.put(bytes, 1);
    DescriptorLayout.WINDOW.put(bytes, 3);
    DescriptorLayout.FACTOR.put(bytes, DecodeParameters.defaultFactor(CONFIG.headDim()));
    for (BitField pointer : DescriptorLayout.pointers(Opcode.DECODE)) {
      pointer.put(bytes, host.base());
    }
    DescriptorLayout.BLOCK_TABLE.put(bytes, table);
    DescriptorLayout.TAG.put(bytes, job.tag);
    if (fate.field != null) {
      fate.field.put(bytes, fate.value);
    }
    image.write(RING + (long) (expected.size() & 3) * DescriptorLayout.BYTES, bytes);
    boolean loaded = fate == Fate.BAD_PAGE || !fate.status.failed();
    if (loaded) {
      IntStream.range(0, entries).filter(i -> i != bad).forEach(i -> job.table.put(i, pages[i]));
    }
    if (fate.status == Status.POINTER) {
      job.address = bad >= 0 ? table + (long) bad * HostLayout.BLOCK_ENTRY_BYTES : fate.value;
    }
    job.end =
        switch (fate) {
          case DECODED, DENSE -> "decoded";
          case APPENDED -> "appended";
          default -> "refused";
        };
    expected.add(job);
    simulator.poke(block.ringTail, expected.size());
  }

  private void finish() {
    bench.until(() -> neighbours.ended == expected.size());
    simulator.step(3);
    assertThat(simulator.isHigh(block.busy)).isFalse();
  }

  private void check() {
    assertThat(neighbours.seen.stream().map(Seen::text))
        .isEqualTo(expected.stream().map(Seen::text).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyJobIsHandedOnOrRefusedInOrder(Stalls stalls) {
    build(stalls);
    List<Fate> fates = new ArrayList<>(List.of(Fate.values()));
    for (Fate fate : Fate.values()) {
      fates.add(fate.status.failed() ? Fate.DECODED : fate);
    }
    fates.addAll(fates);
    Collections.shuffle(fates, random);
    for (Fate fate : fates) {
      // As many as the ring has room for: their entries are written again once they have ended.
      bench.until(() -> expected.size() - neighbours.ended < 1 << RING_LOG2);
      ring(fate);
    }
    finish();
    check();
    assertThat(neighbours.mostInWork).isEqualTo(2);
    assertThat(neighbours.overlapped).as("a job begins behind two").isTrue();
    assertThat(neighbours.fetchedBesides).as("a descriptor is read behind two").isTrue();
    long decoded = expected.stream().filter(job -> job.end.equals("decoded")).count();
    assertThat(decodes.count()).isEqualTo((int) decoded);
  }

  @ParameterizedTest
  @EnumSource
  void nothingBeginsUnlessItIsEnabledAndRung(Stalls stalls) {
    build(stalls);
    simulator.poke(block.enable, false);
    simulator.step(100);
    ring(Fate.DECODED);
    simulator.step(100);
    assertThat(neighbours.begun).isZero();
    simulator.poke(block.enable, true);
    finish();
    simulator.step(100);
    assertThat(neighbours.begun).isEqualTo(1);
    check();
  }

  @ParameterizedTest
  @EnumSource
  void anAppendWaitsUntilItIsAloneAndTheNextJobForItsEnd(Stalls stalls) {
    build(stalls);
    neighbours.hold = true;
    ring(Fate.DECODED);
    ring(Fate.APPENDED);
    ring(Fate.DECODED);
    bench.until(() -> neighbours.seen.size() == 2);
    simulator.step(3000);
    assertThat(neighbours.seen.get(1).table).isEqualTo(expected.get(1).table);
    assertThat(neighbours.seen.get(1).end).isEmpty();
    assertThat(neighbours.begun).isEqualTo(2);
    neighbours.hold = false;
    finish();
    check();
  }

  @ParameterizedTest
  @EnumSource
  void aThirdJobWaitsForASlotBeforeItsTableIsLoaded(Stalls stalls) {
    build(stalls);
    neighbours.hold = true;
    for (int job = 0; job < 3; job++) {
      ring(Fate.DECODED);
    }
    bench.until(() -> neighbours.begun == 3);
    simulator.step(3000);
    assertThat(neighbours.seen).hasSize(2);
    assertThat(reads.count()).as("three descriptors, two tables").isEqualTo(5);
    neighbours.hold = false;
    finish();
    check();
  }

  /** When a memory answers with an error, and how the job then leaves. */
  private enum Moment {
    DESCRIPTOR_ASKED(Fate.DECODED, "refused", false),
    DESCRIPTOR_READ(Fate.DECODED, "refused", false),
    WAITS_FOR_A_SLOT(Fate.DECODED, "refused", true),
    TABLE_ASKED(Fate.DECODED, "refused", true),
    TABLE_READ(Fate.APPENDED, "refused", true),
    HANDED_ON(Fate.DECODED, "decoded", true),
    APPEND_WAITS(Fate.APPENDED, "refused", true),
    APPENDING(Fate.APPENDED, "appended", true);

    private final Fate fate;
    private final String end;
    private final boolean reportable;

    Moment(Fate fate, String end, boolean reportable) {
      this.fate = fate;
      this.end = end;
      this.reportable = reportable;
    }
  }

  @ParameterizedTest
  @EnumSource
  void noJobBeginsAfterABusErrorUntilAllHaveEnded(Stalls stalls) {
    build(stalls);
    for (int round = 0; round < 3 * Moment.values().length; round++) {
      Moment moment = Moment.values()[round % Moment.values().length];
      int before =
          switch (moment) {
            case WAITS_FOR_A_SLOT -> 2;
            case APPENDING -> 0;
            case APPEND_WAITS -> 1;
            default -> round / Moment.values().length % 2;
          };
      neighbours.hold = true;
      for (int job = 0; job < before; job++) {
        ring(Fate.DECODED);
      }
      int number = expected.size();
      bench.until(() -> neighbours.left == number);
      int readsBefore = reads.count();
      ring(moment.fate);
      bench.until(reached(moment, number, readsBefore));
      neighbours.busError = true;
      // One that is rung now must not begin before the others have ended.
      ring(Fate.DENSE);
      if (moment == Moment.WAITS_FOR_A_SLOT) {
        simulator.step(20);
        neighbours.hold = false;
      }
      if (moment == Moment.APPEND_WAITS) {
        simulator.step(50);
        assertThat(neighbours.left).as("it waits until it is alone").isEqualTo(number);
      } else {
        bench.until(() -> neighbours.left > number);
        simulator.step(50);
      }
      neighbours.hold = false;
      finish();
      Seen job = neighbours.seen.get(number);
      assertThat(job.end).as(moment.name()).isEqualTo(moment.end);
      assertThat(job.reportable).as(moment.name()).isEqualTo(moment.reportable);
      // Its status and its table do not matter: the reporter knows of the error.
      neighbours.seen.set(number, expected.get(number));
      assertThat(neighbours.busError).as("cleared by the job behind").isFalse();
      check();
    }
  }

  private BooleanSupplier reached(Moment moment, int number, int readsBefore) {
    return switch (moment) {
      // What a memory answers now is not cleared any more.
      case DESCRIPTOR_ASKED -> () -> neighbours.begun > number && neighbours.clearing == 0;
      case DESCRIPTOR_READ -> () -> reads.count() > readsBefore && words.isDone();
      case WAITS_FOR_A_SLOT -> this::checked;
      case TABLE_ASKED ->
          () -> neighbours.seen.size() > number && simulator.isHigh(block.readCommands.valid());
      case TABLE_READ -> () -> !tableOf(number).isEmpty();
      case HANDED_ON -> () -> simulator.isHigh(block.decodes.valid());
      case APPEND_WAITS -> () -> tableOf(number).equals(expected.get(number).table) && checked();
      case APPENDING -> () -> neighbours.appending > 0;
    };
  }

  private Map<Integer, Long> tableOf(int number) {
    return neighbours.seen.size() > number ? neighbours.seen.get(number).table : Map.of();
  }

  /** The job waits for others. */
  private boolean checked() {
    return simulator.isHigh(block.busy) && !simulator.isHigh(block.fetching);
  }
}
