package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.hdl.Bool;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamSink;
import sluice.layout.CompletionLayout;
import sluice.layout.Opcode;
import sluice.layout.Status;

/** Jobs end in order, each when all of its own is written; two are in work at a time. */
@BlockTest(JobReporter.class)
class JobReporterTest {
  private static final AcceleratorConfig CONFIG = TestConfigs.tiny();
  private static final int MOST_HEADS = 6;
  private static final int JOBS = 120;
  private static final long BUS_ADDRESS = 0x12340;

  private enum Kind {
    DECODE,
    APPEND,
    /** Refused as it enters. */
    REFUSED,
    /** Refused for its block table, some cycles later. */
    BAD_PAGE
  }

  /** A job, and what is known of it. */
  private static final class Job {
    private int number;
    private Kind kind;
    private long tag;
    private long completion;
    private boolean reportable;
    private boolean bitmap;
    private int heads;
    private int handedOver;
    private int outputsLeft;
    private int bitmapsLeft;
    private long selected;
    private long skipped;
    private Status status = Status.OK;
    private long address;
    private long beginCycle;
    private boolean over;

    private int slot() {
      return number % 2;
    }

    private boolean complete() {
      return over && outputsLeft == 0 && bitmapsLeft == 0;
    }
  }

  /** The fetcher, the decoder and the port: all that happens to jobs, at any time. */
  private final class Neighbours implements Activity {
    private final Random random;
    private final double errorRate;
    private final List<Job> jobs = new ArrayList<>();
    private final Deque<Job> decoding = new ArrayDeque<>();
    private final List<Job> outputs = new ArrayList<>();
    private final List<Job> bitmaps = new ArrayList<>();
    private final List<String> records = new ArrayList<>();
    private Job fetched;
    private int entered;
    private int ended;
    private int busyUntil;
    private boolean busError;
    private int clearing;

    /** How long the writer had been idle in each of the last three cycles. */
    private final Deque<Integer> idleCycles = new ArrayDeque<>(List.of(0, 0, 0));

    private boolean commandBefore;
    private boolean waitsForHead;
    private boolean twoHadOutputs;
    private boolean twoHadBitmaps;
    private int broken;
    private Status settledStatus;
    private boolean errorBefore;
    private Job last;
    private Status lastStatus;

    private Neighbours(long seed, double errorRate) {
      random = new Random(seed);
      this.errorRate = errorRate;
    }

    private boolean one(int in) {
      return random.nextInt(in) == 0;
    }

    private Job job(int number) {
      Job job = new Job();
      job.number = number;
      job.kind = !one(3) ? Kind.DECODE : Kind.values()[random.nextInt(Kind.values().length)];
      job.tag = random.nextInt() & 0xFFFF_FFFFL;
      job.completion = 8L * random.nextInt(1 << 20);
      job.reportable = !one(6);
      job.bitmap = !one(4);
      job.heads = 1 + random.nextInt(MOST_HEADS);
      return job;
    }

    private int inWork() {
      return entered - ended;
    }

    @Override
    public void drive(Simulator simulator) {
      for (Bool pulse :
          List.of(
              block.begins,
              block.enters,
              block.refused,
              block.appended,
              block.headHandedOver,
              block.allHandedOver,
              block.outputGone,
              block.bitmapGone,
              block.invalidOperand,
              block.selected.valid(),
              block.skipped.valid())) {
        simulator.poke(pulse, false);
      }
      // What is not valid may be anything.
      simulator.poke(block.decodeSlot, random.nextInt(2));
      simulator.poke(block.bitmapWanted, random.nextBoolean());
      simulator.poke(block.invalidSlot, random.nextInt(2));
      simulator.poke(block.refusedStatus, random.nextInt(12));
      simulator.poke(block.refusedAddress, random.nextInt(1 << 20));
      simulator.poke(block.selected.job(), random.nextInt(2));
      simulator.poke(block.selected.number(), random.nextInt(1000));
      simulator.poke(block.skipped.job(), random.nextInt(2));
      simulator.poke(block.skipped.number(), random.nextInt(1000));
      if (!simulator.inReset()) {
        if (clearing > 0 && --clearing == 0) {
          busError = false;
        }
        if (!busError && inWork() > 0 && random.nextDouble() < errorRate) {
          busError = true;
          broken++;
        }
        // What goes was handed over in a cycle before.
        write(simulator);
        decode(simulator);
        fetch(simulator);
      }
      simulator.poke(block.busError, busError);
      boolean idle = simulator.cycle() >= busyUntil && writeWords.count() == 4 * writes.count();
      simulator.poke(block.writerIdle, idle);
      idleCycles.addLast(idle ? idleCycles.getLast() + 1 : 0);
      idleCycles.removeFirst();
    }

    private void fetch(Simulator simulator) {
      if (fetched == null) {
        boolean waits = busError && inWork() > 0;
        boolean appends = entered > ended && jobs.get(entered - 1).kind == Kind.APPEND;
        if (jobs.size() < JOBS && !waits && !appends && one(12)) {
          fetched = job(jobs.size());
          jobs.add(fetched);
          fetched.beginCycle = simulator.cycle();
          simulator.poke(block.begins, true);
          clearing = inWork() == 0 ? 2 : 0;
        }
      } else if (entered < jobs.size()) {
        if (inWork() < 2 && one(12)) {
          simulator.poke(block.slot, fetched.slot());
          simulator.poke(block.enters, true);
          simulator.poke(block.descriptor.tag(), fetched.tag);
          simulator.poke(block.descriptor.completion(), fetched.completion);
          Opcode opcode = fetched.kind == Kind.APPEND ? Opcode.APPEND : Opcode.DECODE;
          simulator.poke(block.descriptor.opcode(), opcode.code());
          simulator.poke(block.reportable, fetched.reportable);
          entered++;
          if (fetched.kind == Kind.REFUSED || busError) {
            refuse(simulator);
          }
        }
      } else if (one(12)) {
        switch (fetched.kind) {
          case DECODE -> {
            if (decoding.isEmpty()) {
              decoding.add(fetched);
              fetched = null;
            }
          }
          case APPEND -> {
            if (inWork() == 1) {
              simulator.poke(block.appended, true);
              fetched.over = true;
              fetched = null;
            }
          }
          default -> refuse(simulator);
        }
      }
    }

    private void refuse(Simulator simulator) {
      int reason = random.nextInt(Status.CHECK_ORDER.size());
      fetched.status = Status.CHECK_ORDER.get(reason);
      fetched.address = 8L * random.nextInt(1 << 20);
      fetched.over = true;
      simulator.poke(block.refused, true);
      simulator.poke(block.refusedStatus, fetched.status.code());
      simulator.poke(block.refusedAddress, fetched.address);
      fetched = null;
    }

    /** Heads are handed over, also of the next job while those of the one before are in work. */
    private void decode(Simulator simulator) {
      Job job = decoding.peek();
      if (job == null || outputs.size() == 2 * AcceleratorConfig.HEADS_IN_FLIGHT || !one(4)) {
        return;
      }
      simulator.poke(block.decodeSlot, job.slot());
      boolean stops = busError && random.nextBoolean();
      if (!stops) {
        simulator.poke(block.headHandedOver, true);
        simulator.poke(block.bitmapWanted, job.bitmap);
        job.handedOver++;
        job.outputsLeft++;
        outputs.add(job);
        if (job.bitmap) {
          job.bitmapsLeft++;
          bitmaps.add(job);
        }
        if (one(6)) {
          simulator.poke(block.invalidOperand, true);
          simulator.poke(block.invalidSlot, job.slot());
          job.status = Status.INVALID_OPERAND;
        }
      }
      if (stops || busError || job.handedOver == job.heads) {
        simulator.poke(block.allHandedOver, true);
        job.over = true;
        decoding.remove();
      }
      twoHadOutputs |= outputs.stream().distinct().count() == 2;
      twoHadBitmaps |= bitmaps.stream().distinct().count() == 2;
    }

    /** Amounts of any head in work; then outputs and bitmaps go, each in order. */
    private void write(Simulator simulator) {
      if (!outputs.isEmpty() && one(6)) {
        Job job = outputs.get(random.nextInt(outputs.size()));
        int number = random.nextInt(1000);
        simulator.poke(block.selected.valid(), true);
        simulator.poke(block.selected.job(), job.slot());
        simulator.poke(block.selected.number(), number);
        job.selected += number;
      }
      if (!outputs.isEmpty() && one(6)) {
        Job job = outputs.get(random.nextInt(outputs.size()));
        int number = random.nextInt(1000);
        simulator.poke(block.skipped.valid(), true);
        simulator.poke(block.skipped.job(), job.slot());
        simulator.poke(block.skipped.number(), number);
        job.skipped += number;
      }
      if (!outputs.isEmpty() && one(24)) {
        outputs.remove(0).outputsLeft--;
        simulator.poke(block.outputGone, true);
        busyUntil = (int) simulator.cycle() + random.nextInt(20);
      }
      if (!bitmaps.isEmpty() && one(24)) {
        bitmaps.remove(0).bitmapsLeft--;
        simulator.poke(block.bitmapGone, true);
        busyUntil = (int) simulator.cycle() + random.nextInt(20);
      }
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      long inWorkNow = inWork() - (simulator.isHigh(block.enters) ? 1 : 0);
      assertThat(simulator.isHigh(block.slotFree)).isEqualTo(inWorkNow < 2);
      assertThat(simulator.isHigh(block.noneInWork)).isEqualTo(inWorkNow == 0);
      assertThat(simulator.isHigh(block.oneInWork)).isEqualTo(inWorkNow == 1);
      assertThat(simulator.peek(block.ringHead)).isEqualTo(ended);
      boolean command = simulator.isHigh(block.writeCommands.valid());
      if (command && !commandBefore) {
        // The outcome is taken in the cycle before, when all answers have been in for three cycles.
        Job job = jobs.get(ended);
        assertThat(job.reportable).isTrue();
        assertThat(job.complete()).as("job %d", job.number).isTrue();
        assertThat(idleCycles.getFirst()).isGreaterThanOrEqualTo(3);
        settledStatus = errorBefore ? Status.BUS : job.status;
        long cycles = simulator.cycle() - 1 - job.beginCycle;
        records.add(record(job, settledStatus, cycles));
      }
      commandBefore = command;
      if (simulator.isHigh(block.jobDone)) {
        Job job = jobs.get(ended);
        assertThat(job.complete()).as("job %d", job.number).isTrue();
        Status status = busError ? Status.BUS : job.reportable ? settledStatus : job.status;
        assertThat(simulator.isHigh(block.jobFailed)).isEqualTo(status.failed());
        last = job;
        lastStatus = status;
        ended++;
      } else if (last != null) {
        assertThat(Status.of(simulator.peek(block.lastStatus))).isEqualTo(lastStatus);
        long address = lastStatus == Status.BUS ? BUS_ADDRESS : last.address;
        assertThat(simulator.peek(block.errorAddress)).isEqualTo(address);
        last = null;
      }
      errorBefore = busError;
    }
  }

  private final JobReporter block = new JobReporter(CONFIG);
  private StreamSink writes;
  private StreamSink writeWords;

  private static String record(Job job, Status status, long cycles) {
    boolean counted = job.kind != Kind.APPEND && !status.failed();
    return "at %x: %s, tag %x, %d cycles, %d selected, %d skipped, address %x"
        .formatted(
            job.completion,
            status,
            job.tag,
            cycles,
            counted ? job.selected : 0,
            counted ? job.skipped : 0,
            status == Status.BUS ? BUS_ADDRESS : job.address);
  }

  /** The records that were written. */
  private List<String> records() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < writes.count(); i++) {
      assertThat(writes.receivedFields().get(i).get(1).intValue())
          .isEqualTo(CompletionLayout.WORDS);
      byte[] bytes = new byte[CompletionLayout.BYTES];
      for (int word = 0; word < CompletionLayout.WORDS; word++) {
        byte[] part =
            Bytes.fromNumber(writeWords.received().get(CompletionLayout.WORDS * i + word), 8);
        System.arraycopy(part, 0, bytes, 8 * word, 8);
      }
      records.add(
          "at %x: %s, tag %x, %d cycles, %d selected, %d skipped, address %x"
              .formatted(
                  writes.receivedFields().get(i).get(0).longValue(),
                  Status.of(CompletionLayout.STATUS.get(bytes)),
                  CompletionLayout.TAG.get(bytes),
                  CompletionLayout.CYCLES.get(bytes),
                  CompletionLayout.SELECTED.get(bytes),
                  CompletionLayout.SKIPPED.get(bytes),
                  CompletionLayout.ERROR_ADDRESS.get(bytes)));
    }
    return records;
  }

  private Neighbours run(Stalls stalls, long seed, double errorRate) {
    BlockBench bench = BlockBench.of(block, stalls, seed);
    writes = bench.sink(block.writeCommands);
    writeWords = bench.sink(block.writeWords);
    Neighbours neighbours = bench.simulator().attach(new Neighbours(seed, errorRate));
    bench.reset();
    bench.simulator().poke(block.busErrorAddress, BUS_ADDRESS);
    bench.until(() -> neighbours.ended == JOBS);
    bench.simulator().step(200);
    assertThat(neighbours.ended).isEqualTo(JOBS);
    assertThat(records()).isEqualTo(neighbours.records);
    return neighbours;
  }

  @ParameterizedTest
  @EnumSource
  void everyJobEndsInOrderWithItsOwnRecord(Stalls stalls) {
    Neighbours neighbours = run(stalls, 141, 0);
    assertThat(neighbours.twoHadOutputs).as("outputs of two jobs are due").isTrue();
    assertThat(neighbours.twoHadBitmaps).as("bitmaps of two jobs are due").isTrue();
    assertThat(neighbours.jobs.stream().map(job -> job.status))
        .contains(Status.OK, Status.INVALID_OPERAND)
        .anyMatch(Status::refused);
  }

  @ParameterizedTest
  @EnumSource
  void aBusErrorEndsAllJobsInWorkAndTheNextAreNormal(Stalls stalls) {
    Neighbours neighbours = run(stalls, 142, 0.005);
    assertThat(neighbours.broken).isGreaterThan(5);
    assertThat(neighbours.records).anyMatch(record -> record.contains(Status.BUS.name()));
    assertThat(neighbours.records).anyMatch(record -> record.contains(Status.OK.name() + ","));
  }
}
