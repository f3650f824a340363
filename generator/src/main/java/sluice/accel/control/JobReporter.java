package sluice.accel.control;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.accel.memory.HostWriter;
import sluice.accel.memory.MemoryPorts;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.layout.CompletionLayout;
import sluice.layout.Opcode;
import sluice.layout.RegisterMap;
import sluice.layout.Status;

/**
 * The end of every job, in the order in which they have entered: waits until all that a job writes
 * is written, and writes its completion record. Two jobs can be in work.
 *
 * <p>A job is done when it was refused, when its append is, or when all of its heads were handed
 * over and as many outputs, and bitmaps if it has them, have gone to the port. A bus error is not
 * known to be of one job: all that are in work end with it.
 */
public final class JobReporter extends Module {
  private static final int POINTER_BITS = 64;

  /** Heads of a job that are handed over and not written, at most. */
  private static final int HEADS_DUE = 4 * AcceleratorConfig.HEADS_IN_FLIGHT;

  /** Jobs in work at most. */
  private static final int JOBS = AcceleratorConfig.JOBS_IN_WORK;

  private enum State {
    /** For the oldest job to be done. */
    WAIT,
    /** Until a late error would be known. */
    SETTLE,
    REQUEST,
    WRITE,
    FLUSH
  }

  /** What is known of a job from the beginning. */
  private record Entry(UInt completion, UInt tag, Bool decode, Bool reportable, UInt beginCycle)
      implements Bundle {}

  /** How a job has ended. */
  private record Outcome(UInt status, UInt faultAddress) implements Bundle {}

  /** A number that counts for a job; added when {@code valid}. */
  public record Amount(Bool valid, UInt job, UInt number) implements Bundle {

    /** The type of an amount of tokens. */
    public static Amount type(AcceleratorConfig config) {
      return new Amount(Bool.of(), SignalTypes.jobSlot(), new SignalTypes(config).tokens());
    }
  }

  /** A job begins: its cycles count from here; a pulse. */
  public final Bool begins = input(Bool.of());

  /** A job enters; a pulse while {@code slotFree}. */
  public final Bool enters = input(Bool.of());

  /** The job that enters, or has entered last. */
  public final UInt slot = input(SignalTypes.jobSlot());

  public final JobDescriptor descriptor = input(JobDescriptor.of());

  /** Whether the completion record of the job may be written. */
  public final Bool reportable = input(Bool.of());

  /** The job in {@code slot} ends without being run; a pulse. */
  public final Bool refused = input(Bool.of());

  public final UInt refusedStatus = input(UInt.of(8));
  public final UInt refusedAddress = input(UInt.of(POINTER_BITS));

  /** The append job in {@code slot} is done; a pulse. */
  public final Bool appended = input(Bool.of());

  /** A head of the job in {@code decodeSlot} is handed over; a pulse. */
  public final Bool headHandedOver = input(Bool.of());

  /** Beside it: the head has a bitmap. */
  public final Bool bitmapWanted = input(Bool.of());

  /** All heads of that job are handed over, with this cycle; a pulse. */
  public final Bool allHandedOver = input(Bool.of());

  public final UInt decodeSlot = input(SignalTypes.jobSlot());

  /**
   * All outputs of a head, or its bitmap, were handed to the port; pulses, in order of the heads.
   */
  public final Bool outputGone = input(Bool.of());

  public final Bool bitmapGone = input(Bool.of());

  /** A job's output is NaN; a pulse. */
  public final Bool invalidOperand = input(Bool.of());

  public final UInt invalidSlot = input(SignalTypes.jobSlot());

  /** Tokens selected, and values skipped, of a head. */
  public final Amount selected;

  public final Amount skipped;

  public final Bool busError = input(Bool.of());
  public final UInt busErrorAddress;

  public final Stream<HostWriter.HostWriteCommand> writeCommands;
  public final Stream<UInt> writeWords = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));

  /** All answers to writes are in. */
  public final Bool writerIdle = input(Bool.of());

  /** Whether another job can enter; whether none, or only one, has that has not ended. */
  public final Bool slotFree = output(Bool.of());

  public final Bool noneInWork = output(Bool.of());
  public final Bool oneInWork = output(Bool.of());

  public final UInt ringHead = output(UInt.of(RegisterMap.RING_INDEX_BITS));
  public final UInt lastStatus = output(UInt.of(8));
  public final UInt errorAddress = output(UInt.of(POINTER_BITS));

  /** High for one cycle at the end of a job. */
  public final Bool jobDone = output(Bool.of());

  /** Beside {@code jobDone}: the job failed. */
  public final Bool jobFailed = output(Bool.of());

  private final List<Bool> occupied = new ArrayList<>();
  private final List<Bool> done = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<UInt> selectedTokens = new ArrayList<>();
  private final List<UInt> skippedValues = new ArrayList<>();

  public JobReporter(AcceleratorConfig config) {
    MemoryPorts ports = new MemoryPorts(config);
    describe("Ends jobs in order: waits for their writes and writes their completion records.");
    selected = input(Amount.type(config));
    skipped = input(Amount.type(config));
    busErrorAddress = input(UInt.of(config.addressBits()));
    writeCommands = output(Stream.of(ports.hostWrite()));

    StateRegister<State> state = stateRegister(State.class, State.WAIT);
    UInt turn = register(slot).reset(0);
    UInt now = register(UInt.of(POINTER_BITS)).reset(0);
    now.set(now.plusWrap(1));
    UInt beginCycle = register(now);
    when(begins, () -> beginCycle.set(now));

    Bool ends = wire(Bool.of());
    List<Bool> outputsDue = due("outputs_due_", turn, headHandedOver, outputGone);
    List<Bool> bitmapsDue = due("bitmaps_due_", turn, headHandedOver.and(bitmapWanted), bitmapGone);
    for (int job = 0; job < JOBS; job++) {
      Bool writes = outputsDue.get(job).or(bitmapsDue.get(job));
      Bool leaves = ends.and(turn.eq(job));
      done.add(over(job, leaves).andNot(writes));
      entries.add(entry(job, beginCycle));
      Bool inUse = register(Bool.of()).reset(false).named("in_use_" + job);
      when(leaves, () -> inUse.set(false))
          .elseWhen(enters.and(slot.eq(job)), () -> inUse.set(true));
      occupied.add(inUse);
      selectedTokens.add(sum("selected_" + job, job, selected));
      skippedValues.add(sum("skipped_" + job, job, skipped));
    }
    slotFree.set(occupied.stream().reduce(Bool::and).orElseThrow().not());
    Bool some = occupied.stream().reduce(Bool::or).orElseThrow();
    noneInWork.set(some.not());
    oneInWork.set(occupied.stream().reduce(Bool::xor).orElseThrow());

    // An error of the last write is known two cycles after its answer.
    Bool wasIdle = delayed(writerIdle);
    Bool settled = delayed(wasIdle).and(wasIdle).and(writerIdle);
    Bool complete = Vec.from(done).get(turn).and(settled);
    Entry entry = Vec.from(entries).get(turn);
    Outcome outcome = Vec.from(outcomes).get(turn);
    UInt status = register(UInt.of(8)).reset(Status.OK.code());
    UInt faultAddress = register(UInt.of(POINTER_BITS)).reset(0);
    UInt cycles = register(now);
    UInt busCode = UInt.literal(Status.BUS.code(), status.width());
    UInt busAddress = busErrorAddress.resize(POINTER_BITS);
    Bool finishes = state.is(State.SETTLE);
    ends.set(state.is(State.FLUSH).and(settled));
    // A completion record that could not be written makes its job fail.
    Bool recordLost = ends.and(busError).and(status.ne(Status.BUS.code()));
    when(
            finishes,
            () -> {
              status.set(mux(busError, busCode, outcome.status()));
              faultAddress.set(mux(busError, busAddress, outcome.faultAddress()));
              cycles.set(now.minusWrap(entry.beginCycle()));
            })
        .elseWhen(
            recordLost,
            () -> {
              status.set(busCode);
              faultAddress.set(busAddress);
            });
    Bool failed = status.ne(Status.OK.code()).and(status.ne(Status.INVALID_OPERAND.code()));
    lastStatus.set(status);
    errorAddress.set(faultAddress);
    jobDone.set(ends);
    jobFailed.set(failed.or(recordLost));
    UInt head = register(ringHead).reset(0);
    when(
        ends,
        () -> {
          head.set(head.plusWrap(1));
          turn.set(turn.not());
        });
    ringHead.set(head);

    Bool counted = entry.decode().andNot(failed);
    UInt none = UInt.literal(0, 32);
    UInt selectedInJob = mux(counted, Vec.from(selectedTokens).get(turn), none);
    UInt skippedInJob = mux(counted, Vec.from(skippedValues).get(turn), none);
    List<UInt> record =
        List.of(
            entry.tag().concat(UInt.literal(0, 24)).concat(status),
            cycles,
            skippedInJob.concat(selectedInJob),
            faultAddress);
    Bool written = write(state, entry, record);
    state
        .on(State.WAIT, () -> when(complete, () -> state.set(State.SETTLE)))
        .on(
            State.SETTLE,
            () -> {
              state.set(State.FLUSH);
              when(entry.reportable(), () -> state.set(State.REQUEST));
            })
        .on(State.REQUEST, () -> when(writeCommands.ready(), () -> state.set(State.WRITE)))
        .on(State.WRITE, () -> when(written, () -> state.set(State.FLUSH)))
        .on(State.FLUSH, () -> when(ends, () -> state.set(State.WAIT)));
  }

  /**
   * For each job whether something of its heads has not gone to the port yet. What goes belongs to
   * the oldest job that waits for some.
   */
  private List<Bool> due(String name, UInt turn, Bool more, Bool less) {
    List<UInt> numbers = new ArrayList<>();
    List<Bool> due = new ArrayList<>();
    for (int job = 0; job < JOBS; job++) {
      UInt number = register(UInt.upTo(HEADS_DUE)).reset(0).named(name + job);
      numbers.add(number);
      due.add(number.ne(0));
    }
    Bool ofOldest = Vec.from(due).get(turn);
    UInt owner = mux(ofOldest, turn, turn.not());
    for (int job = 0; job < JOBS; job++) {
      UInt number = numbers.get(job);
      Bool comes = more.and(decodeSlot.eq(job));
      Bool goes = less.and(owner.eq(job));
      when(comes.andNot(goes), () -> number.set(number.plusWrap(1)))
          .elseWhen(goes.andNot(comes), () -> number.set(number.minusWrap(1)));
    }
    return due;
  }

  /** Whether a job has begun all that it will; what it was refused for is noted. */
  private Bool over(int job, Bool leaves) {
    Bool isRefused = refused.and(slot.eq(job));
    Bool isAppended = appended.and(slot.eq(job));
    Bool isDecoded = allHandedOver.and(decodeSlot.eq(job));
    Bool over = register(Bool.of()).reset(false).named("over_" + job);
    when(leaves, () -> over.set(false))
        .elseWhen(isRefused.or(isAppended).or(isDecoded), () -> over.set(true));
    UInt ok = UInt.literal(Status.OK.code(), 8);
    UInt status = register(ok).named("status_" + job);
    UInt address = register(refusedAddress).named("fault_address_" + job);
    when(
            enters.and(slot.eq(job)).andNot(refused),
            () -> {
              status.set(ok);
              address.set(0);
            })
        .elseWhen(
            isRefused,
            () -> {
              status.set(refusedStatus);
              address.set(refusedAddress);
            })
        .elseWhen(
            invalidOperand.and(invalidSlot.eq(job)),
            () -> status.set(Status.INVALID_OPERAND.code()));
    outcomes.add(new Outcome(status, address));
    return over;
  }

  private Entry entry(int job, UInt beginCycle) {
    Entry now =
        new Entry(
            descriptor.completion(),
            descriptor.tag(),
            descriptor.opcode().eq(Opcode.DECODE.code()),
            reportable,
            beginCycle);
    Entry entry = register(now);
    when(enters.and(slot.eq(job)), () -> connect(entry, now));
    return entry;
  }

  /** A sum over the heads of a job. */
  private UInt sum(String name, int job, Amount amount) {
    UInt sum = register(UInt.of(32)).named(name);
    when(enters.and(slot.eq(job)), () -> sum.set(0))
        .elseWhen(
            amount.valid().and(amount.job().eq(job)),
            () -> sum.set(sum.plusWrap(amount.number().extend(32))));
    return sum;
  }

  /** Writes the record; gives a pulse with its last word. */
  private Bool write(StateRegister<State> state, Entry entry, List<UInt> record) {
    writeCommands.valid().set(state.is(State.REQUEST));
    HostWriter.HostWriteCommand command = writeCommands.payload();
    command.address().set(entry.completion().truncate(command.address().width()));
    command.words().set(CompletionLayout.WORDS);
    UInt word = register(UInt.index(CompletionLayout.WORDS)).reset(0);
    writeWords.valid().set(state.is(State.WRITE));
    writeWords.payload().set(Vec.from(record).get(word));
    when(writeWords.fires(), () -> word.set(word.plusWrap(1)));
    return writeWords.fires().and(word.eq(CompletionLayout.WORDS - 1L));
  }
}
