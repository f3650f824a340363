package sluice.accel.control;

import java.util.List;
import sluice.accel.memory.CacheAddress;
import sluice.accel.memory.HostReader;
import sluice.accel.memory.HostWriter;
import sluice.accel.memory.MemoryPorts;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.layout.CompletionLayout;
import sluice.layout.DescriptorLayout;
import sluice.layout.Opcode;
import sluice.layout.RegisterMap;
import sluice.layout.Status;

/**
 * Works on the descriptor ring, one job after the other: reads a descriptor, checks it, loads the
 * block table, has the job done, and writes the completion record.
 */
public final class JobSequencer extends Module {
  private static final int POINTER_BITS = 64;

  /** What the sequencer waits for. */
  private enum State {
    IDLE,
    REQUEST_DESCRIPTOR,
    READ_DESCRIPTOR,
    CHECK,
    READ_TABLE,
    DECODE,
    APPEND,
    REQUEST_COMPLETION,
    WRITE_COMPLETION,
    FLUSH
  }

  public final Bool enable = input(Bool.of());
  public final UInt ringBase = input(UInt.of(POINTER_BITS));
  public final UInt ringLog2 = input(UInt.of(4));
  public final UInt ringTail = input(UInt.of(RegisterMap.RING_INDEX_BITS));
  public final UInt hostBase = input(UInt.of(POINTER_BITS));
  public final UInt hostLimit = input(UInt.of(POINTER_BITS));
  public final UInt kvPages = input(UInt.of(32));

  public final UInt ringHead = output(UInt.of(RegisterMap.RING_INDEX_BITS));
  public final Bool ringEmpty = output(Bool.of());
  public final Bool busy = output(Bool.of());
  public final UInt lastStatus = output(UInt.of(8));
  public final UInt errorAddress = output(UInt.of(POINTER_BITS));

  /** High for one cycle at the end of a job. */
  public final Bool jobDone = output(Bool.of());

  /** Beside {@code jobDone}: the job failed. */
  public final Bool jobFailed = output(Bool.of());

  public final Stream<HostReader.HostReadCommand> readCommands;
  public final Stream<HostReader.HostWord> readWords;
  public final Stream<HostWriter.HostWriteCommand> writeCommands;
  public final Stream<UInt> writeWords;
  public final Bool writerIdle = input(Bool.of());

  /** A memory has answered with an error since {@code clearError}. */
  public final Bool busError = input(Bool.of());

  public final UInt busErrorAddress;
  public final Bool clearError = output(Bool.of());

  /** An entry of the block table, for everyone who keeps a copy. */
  public final Bool tableWrite = output(Bool.of());

  public final UInt tableIndex;
  public final UInt tablePage = output(UInt.of(32));

  public final JobDescriptor descriptor = output(JobDescriptor.of());
  public final Bool decodeStart = output(Bool.of());
  public final Bool decodeDone = input(Bool.of());
  public final Bool appendStart = output(Bool.of());
  public final Bool appendDone = input(Bool.of());

  /** Results of a decode job. */
  public final Bool invalidOperand = input(Bool.of());

  public final UInt selected = input(UInt.of(32));
  public final UInt skipped = input(UInt.of(32));

  /** Which job is worked on. */
  public final Bool decoding = output(Bool.of());

  public final Bool appending = output(Bool.of());

  /** The descriptor and the block table are being read. */
  public final Bool fetching = output(Bool.of());

  private final StateRegister<State> state;

  public JobSequencer(AcceleratorConfig config) {
    MemoryPorts ports = new MemoryPorts(config);
    describe("Works on the descriptor ring, one job after the other.");
    readCommands = output(Stream.of(ports.hostRead()));
    readWords = input(Stream.of(ports.hostWord()));
    writeCommands = output(Stream.of(ports.hostWrite()));
    writeWords = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    busErrorAddress = input(UInt.of(config.addressBits()));
    tableIndex = output(CacheAddress.tableIndex(config));
    state = stateRegister(State.class, State.IDLE);

    UInt head = register(ringHead).reset(0);
    Bool empty = head.eq(ringTail);
    Bool begins = state.is(State.IDLE).and(enable).andNot(empty);
    // An error of the last write is known two cycles after its answer.
    Bool wasIdle = delayed(writerIdle);
    Bool settled = delayed(wasIdle);
    Bool ends = state.is(State.FLUSH).and(writerIdle).and(settled);
    when(ends, () -> head.set(head.plusWrap(1)));
    ringHead.set(head);
    ringEmpty.set(empty);
    busy.set(state.is(State.IDLE).not());
    clearError.set(begins);

    Bool described = keepDescriptor();
    JobChecker checker = instance(new JobChecker(config));
    checker.start.set(described);
    connect(checker.descriptor, descriptor);
    checker.hostBase.set(hostBase);
    checker.hostLimit.set(hostLimit);
    BlockTableLoader loader = instance(new BlockTableLoader(config));
    loadTable(config, checker, loader, head);

    UInt status = register(UInt.of(8)).reset(Status.OK.code());
    UInt faultAddress = register(UInt.of(POINTER_BITS)).reset(0);
    Bool reportable = register(Bool.of()).reset(false);
    Bool finishes =
        decodeDone.or(appendDone).or(loader.done.and(loader.badPage.or(busError))).or(checker.done);
    UInt result =
        mux(
            busError,
            code(Status.BUS),
            mux(
                loader.badPage.and(loader.done),
                code(Status.POINTER),
                mux(
                    decodeDone.and(invalidOperand),
                    code(Status.INVALID_OPERAND),
                    mux(checker.done, checker.status, code(Status.OK)))));
    UInt fault =
        mux(
            busError,
            busErrorAddress.resize(POINTER_BITS),
            mux(
                loader.badPage.and(loader.done),
                loader.badAddress,
                mux(checker.done, checker.errorAddress, UInt.literal(0, POINTER_BITS))));
    // A completion record that could not be written makes its job fail.
    Bool recordLost = ends.and(busError).and(status.ne(Status.BUS.code()));
    when(
            finishes,
            () -> {
              status.set(result);
              faultAddress.set(fault);
            })
        .elseWhen(
            recordLost,
            () -> {
              status.set(Status.BUS.code());
              faultAddress.set(busErrorAddress.resize(POINTER_BITS));
            });
    when(checker.done, () -> reportable.set(checker.reportable.andNot(busError)));
    lastStatus.set(status);
    errorAddress.set(faultAddress);
    Bool failed = status.ne(Status.OK.code()).and(status.ne(Status.INVALID_OPERAND.code()));
    jobDone.set(ends);
    jobFailed.set(failed.or(recordLost));

    Bool completed = writeCompletion(status, faultAddress, failed, reportable);
    sequence(begins, checker, loader, reportable, completed, ends);
    decodeStart.set(starts(Opcode.DECODE, loader));
    appendStart.set(starts(Opcode.APPEND, loader));
    decoding.set(state.is(State.DECODE));
    appending.set(state.is(State.APPEND));
    fetching.set(
        state
            .is(State.REQUEST_DESCRIPTOR)
            .or(state.is(State.READ_DESCRIPTOR))
            .or(state.is(State.CHECK))
            .or(state.is(State.READ_TABLE)));
  }

  private static UInt code(Status status) {
    return UInt.literal(status.code(), 8);
  }

  private Bool starts(Opcode opcode, BlockTableLoader loader) {
    return loader
        .done
        .andNot(loader.badPage)
        .andNot(busError)
        .and(descriptor.opcode().eq(opcode.code()));
  }

  private void sequence(
      Bool begins,
      JobChecker checker,
      BlockTableLoader loader,
      Bool reportable,
      Bool completed,
      Bool ends) {
    Bool accepted = checker.status.eq(Status.OK.code()).andNot(busError);
    Bool lastWord = readWords.fires().and(readWords.payload().last());
    Bool isDecode = descriptor.opcode().eq(Opcode.DECODE.code());
    state
        .on(State.IDLE, () -> when(begins, () -> state.set(State.REQUEST_DESCRIPTOR)))
        .on(
            State.REQUEST_DESCRIPTOR,
            () -> when(readCommands.ready(), () -> state.set(State.READ_DESCRIPTOR)))
        .on(State.READ_DESCRIPTOR, () -> when(lastWord, () -> state.set(State.CHECK)))
        .on(
            State.CHECK,
            () ->
                when(
                    checker.done,
                    () -> {
                      state.set(State.REQUEST_COMPLETION);
                      when(accepted, () -> state.set(State.READ_TABLE));
                    }))
        .on(
            State.READ_TABLE,
            () ->
                when(
                    loader.done,
                    () ->
                        when(loader.badPage.or(busError), () -> state.set(State.REQUEST_COMPLETION))
                            .elseWhen(isDecode, () -> state.set(State.DECODE))
                            .otherwise(() -> state.set(State.APPEND))))
        .on(State.DECODE, () -> when(decodeDone, () -> state.set(State.REQUEST_COMPLETION)))
        .on(State.APPEND, () -> when(appendDone, () -> state.set(State.REQUEST_COMPLETION)))
        .on(
            State.REQUEST_COMPLETION,
            () ->
                when(reportable.not(), () -> state.set(State.FLUSH))
                    .elseWhen(writeCommands.ready(), () -> state.set(State.WRITE_COMPLETION)))
        .on(State.WRITE_COMPLETION, () -> when(completed, () -> state.set(State.FLUSH)))
        .on(State.FLUSH, () -> when(ends, () -> state.set(State.IDLE)));
  }

  /** Keeps the descriptor as it is read; gives a pulse when it is complete. */
  private Bool keepDescriptor() {
    Bool reads = state.is(State.READ_DESCRIPTOR);
    Bool arrives = readWords.valid().and(reads);
    UInt word = register(UInt.index(DescriptorLayout.WORDS)).reset(0);
    when(state.is(State.REQUEST_DESCRIPTOR), () -> word.set(0))
        .elseWhen(arrives, () -> word.set(word.plusWrap(1)));
    Vec<UInt> words =
        register(Vec.of(JobDescriptor.usedWords(), UInt.of(AcceleratorConfig.HOST_BITS)));
    when(arrives, () -> words.set(word, readWords.payload().data()));
    connect(descriptor, JobDescriptor.of(words));
    Bool described = register(Bool.of()).reset(false);
    described.set(arrives.and(readWords.payload().last()));
    return described;
  }

  /** Shares the read port between the descriptor and the block table. */
  private void loadTable(
      AcceleratorConfig config, JobChecker checker, BlockTableLoader loader, UInt head) {
    loader.start.set(checker.done.and(checker.status.eq(Status.OK.code())).andNot(busError));
    loader.pointer.set(descriptor.blockTable());
    loader.tokens.set(descriptor.tokens());
    loader.kvPages.set(kvPages);
    tableWrite.set(loader.tableWrite);
    tableIndex.set(loader.tableIndex.resize(tableIndex.width()));
    tablePage.set(loader.tablePage);

    Bool requestsDescriptor = state.is(State.REQUEST_DESCRIPTOR);
    Bool readsTable = state.is(State.READ_TABLE);
    UInt one = UInt.literal(1, RegisterMap.RING_INDEX_BITS + 1);
    UInt ringMask =
        one.shiftLeft(ringLog2, RegisterMap.RING_INDEX_BITS + 1)
            .minusWrap(1)
            .truncate(RegisterMap.RING_INDEX_BITS);
    int descriptorShift = Integer.numberOfTrailingZeros(DescriptorLayout.BYTES);
    UInt offset = head.and(ringMask).shiftLeft(descriptorShift);
    UInt descriptorAddress = ringBase.plusWrap(offset).truncate(config.addressBits());

    HostReader.HostReadCommand command = readCommands.payload();
    readCommands.valid().set(requestsDescriptor.or(loader.commands.valid()));
    command
        .address()
        .set(mux(requestsDescriptor, descriptorAddress, loader.commands.payload().address()));
    command
        .words()
        .set(
            mux(
                requestsDescriptor,
                UInt.literal(DescriptorLayout.WORDS, command.words().width()),
                loader.commands.payload().words()));
    loader.commands.ready().set(readCommands.ready().andNot(requestsDescriptor));
    loader.words.valid().set(readWords.valid().and(readsTable));
    connect(loader.words.payload(), readWords.payload());
    readWords.ready().set(mux(readsTable, loader.words.ready(), state.is(State.READ_DESCRIPTOR)));
  }

  /** Writes the completion record; gives a pulse with its last word. */
  private Bool writeCompletion(UInt status, UInt faultAddress, Bool failed, Bool reportable) {
    UInt cycles = register(UInt.of(POINTER_BITS)).reset(0);
    // The count stands still while the record is written: its words wait for the host port.
    when(state.is(State.IDLE), () -> cycles.set(0))
        .elseWhen(state.is(State.WRITE_COMPLETION).not(), () -> cycles.set(cycles.plusWrap(1)));
    UInt none = UInt.literal(0, 32);
    UInt zero24 = UInt.literal(0, 24);
    Bool counted = descriptor.opcode().eq(Opcode.DECODE.code()).andNot(failed);
    List<UInt> record =
        List.of(
            descriptor.tag().concat(zero24).concat(status),
            cycles,
            mux(counted, skipped, none).concat(mux(counted, selected, none)),
            faultAddress);
    UInt word = register(UInt.index(CompletionLayout.WORDS)).reset(0);
    Bool requests = state.is(State.REQUEST_COMPLETION).and(reportable);
    writeCommands.valid().set(requests);
    HostWriter.HostWriteCommand command = writeCommands.payload();
    command.address().set(descriptor.completion().truncate(command.address().width()));
    command.words().set(CompletionLayout.WORDS);
    writeWords.valid().set(state.is(State.WRITE_COMPLETION));
    writeWords.payload().set(Vec.from(record).get(word));
    when(writeWords.fires(), () -> word.set(word.plusWrap(1)));
    return writeWords.fires().and(word.eq(CompletionLayout.WORDS - 1L));
  }
}
