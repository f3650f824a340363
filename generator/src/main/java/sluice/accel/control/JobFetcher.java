package sluice.accel.control;

import sluice.accel.SignalTypes;
import sluice.accel.memory.CacheAddress;
import sluice.accel.memory.HostReader;
import sluice.accel.memory.MemoryPorts;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.layout.DescriptorLayout;
import sluice.layout.Opcode;
import sluice.layout.RegisterMap;
import sluice.layout.Status;

/**
 * The beginning of every job: reads its descriptor from the ring, checks it, loads its block table,
 * and has it decoded or appended. While a job is decoded, the next one is read; an append waits
 * until all jobs before it have ended, and the next job waits for its end.
 */
public final class JobFetcher extends Module {
  private static final int POINTER_BITS = 64;

  /** What the fetcher waits for. */
  private enum State {
    IDLE,
    REQUEST_DESCRIPTOR,
    READ_DESCRIPTOR,
    CHECK,
    ENTER,
    READ_TABLE,
    DECODE,
    APPEND
  }

  public final Bool enable = input(Bool.of());
  public final UInt ringBase = input(UInt.of(POINTER_BITS));
  public final UInt ringLog2 = input(UInt.of(4));
  public final UInt ringTail = input(UInt.of(RegisterMap.RING_INDEX_BITS));
  public final UInt hostBase = input(UInt.of(POINTER_BITS));
  public final UInt hostLimit = input(UInt.of(POINTER_BITS));
  public final UInt kvPages = input(UInt.of(32));

  public final Stream<HostReader.HostReadCommand> readCommands;
  public final Stream<HostReader.HostWord> readWords;

  /** A memory has answered with an error since {@code clearError}. */
  public final Bool busError = input(Bool.of());

  /** A job can enter. */
  public final Bool slotFree = input(Bool.of());

  /** No job has entered that has not ended; only one has. */
  public final Bool noneInWork = input(Bool.of());

  public final Bool oneInWork = input(Bool.of());

  /** A job begins; a pulse. */
  public final Bool begins = output(Bool.of());

  /** It begins while no other is in work: errors and counters start anew. */
  public final Bool clearError = output(Bool.of());

  /** A job enters: {@code descriptor}, {@code reportable} and {@code slot} are its own; a pulse. */
  public final Bool enters = output(Bool.of());

  public final Bool reportable = output(Bool.of());
  public final UInt slot = output(SignalTypes.jobSlot());
  public final JobDescriptor descriptor = output(JobDescriptor.of());

  /** The job that has entered ends without being run; a pulse. */
  public final Bool refused = output(Bool.of());

  /** Why, and the address at fault, if there is one. */
  public final UInt status = output(UInt.of(8));

  public final UInt faultAddress = output(UInt.of(POINTER_BITS));

  /** An entry of the job's block table, for everyone who keeps a copy. */
  public final Bool tableWrite = output(Bool.of());

  public final UInt tableIndex;
  public final UInt tablePage = output(UInt.of(CacheAddress.PAGE_BITS));

  /** The job is to be decoded. */
  public final Stream<DecodeSequencer.DecodeStart> decodes =
      output(Stream.of(DecodeSequencer.DecodeStart.type()));

  public final Bool appendStart = output(Bool.of());
  public final Bool appendDone = input(Bool.of());

  /** Whether a job has begun that has not been handed on. */
  public final Bool busy = output(Bool.of());

  /** Whether its descriptor or its table are being read. */
  public final Bool fetching = output(Bool.of());

  private final StateRegister<State> state;

  public JobFetcher(AcceleratorConfig config) {
    MemoryPorts ports = new MemoryPorts(config);
    describe("Reads jobs from the descriptor ring, checks them, and has them done.");
    readCommands = output(Stream.of(ports.hostRead()));
    readWords = input(Stream.of(ports.hostWord()));
    tableIndex = output(CacheAddress.tableIndex(config));
    state = stateRegister(State.class, State.IDLE);

    UInt index = register(ringTail).reset(0);
    Bool empty = index.eq(ringTail);
    Bool begin = state.is(State.IDLE).and(enable).andNot(empty).andNot(busError.andNot(noneInWork));
    begins.set(begin);
    clearError.set(begin.and(noneInWork));

    Bool described = keepDescriptor();
    JobChecker checker = instance(new JobChecker(config));
    checker.start.set(described);
    connect(checker.descriptor, descriptor);
    checker.hostBase.set(hostBase);
    checker.hostLimit.set(hostLimit);
    BlockTableLoader loader = instance(new BlockTableLoader(config));

    Bool good = checker.status.eq(Status.OK.code());
    Bool enter = state.is(State.ENTER).and(slotFree);
    UInt ownSlot = register(slot).reset(0);
    Bool accepted = good.andNot(busError);
    Bool loads = enter.and(accepted);
    Bool loaded = loader.done.andNot(loader.badPage).andNot(busError);
    Bool isDecode = descriptor.opcode().eq(Opcode.DECODE.code());
    Bool decoded = decodes.fires();
    // An append is alone; an error of the jobs before ends it before it is started.
    Bool appending = register(Bool.of()).reset(false);
    Bool turn = state.is(State.APPEND).and(oneInWork).andNot(appending);
    Bool appendBegins = turn.andNot(busError);
    Bool appended = state.is(State.APPEND).and(appendDone);
    when(appendBegins, () -> appending.set(true)).elseWhen(appended, () -> appending.set(false));
    Bool refuses = enter.andNot(accepted).or(loader.done.andNot(loaded)).or(turn.and(busError));
    Bool leaves = refuses.or(decoded).or(appended);
    when(
        leaves,
        () -> {
          ownSlot.set(ownSlot.not());
          index.set(index.plusWrap(1));
        });
    Bool reportableNow = checker.reportable.andNot(busError);
    Bool mayReport = register(Bool.of()).reset(false);
    when(checker.done, () -> mayReport.set(reportableNow));
    enters.set(enter);
    reportable.set(mayReport);
    slot.set(ownSlot);
    refused.set(refuses);
    Bool badPage = state.is(State.READ_TABLE);
    UInt pointer = UInt.literal(Status.POINTER.code(), status.width());
    status.set(mux(badPage, pointer, checker.status));
    faultAddress.set(mux(badPage, loader.badAddress, checker.errorAddress));

    decodes.valid().set(state.is(State.DECODE));
    connect(decodes.payload(), new DecodeSequencer.DecodeStart(descriptor, ownSlot));
    appendStart.set(appendBegins);
    loadTable(config, loader, index, loads);
    busy.set(state.is(State.IDLE).not());
    fetching.set(
        state
            .is(State.REQUEST_DESCRIPTOR)
            .or(state.is(State.READ_DESCRIPTOR))
            .or(state.is(State.CHECK))
            .or(state.is(State.READ_TABLE)));

    Bool lastWord = readWords.fires().and(readWords.payload().last());
    state
        .on(State.IDLE, () -> when(begin, () -> state.set(State.REQUEST_DESCRIPTOR)))
        .on(
            State.REQUEST_DESCRIPTOR,
            () -> when(readCommands.ready(), () -> state.set(State.READ_DESCRIPTOR)))
        .on(State.READ_DESCRIPTOR, () -> when(lastWord, () -> state.set(State.CHECK)))
        .on(State.CHECK, () -> when(checker.done, () -> state.set(State.ENTER)))
        .on(State.ENTER, () -> when(loads, () -> state.set(State.READ_TABLE)))
        .on(
            State.READ_TABLE,
            () ->
                when(
                    loaded,
                    () ->
                        when(isDecode, () -> state.set(State.DECODE))
                            .otherwise(() -> state.set(State.APPEND))));
    when(leaves, () -> state.set(State.IDLE));
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
      AcceleratorConfig config, BlockTableLoader loader, UInt index, Bool loads) {
    loader.start.set(loads);
    loader.pointer.set(descriptor.blockTable());
    loader.tokens.set(descriptor.tokens());
    loader.kvPages.set(kvPages);
    tableWrite.set(loader.tableWrite);
    tableIndex.set(config.pages() == 1 ? slot : slot.concat(loader.tableIndex));
    tablePage.set(loader.tablePage);

    Bool requestsDescriptor = state.is(State.REQUEST_DESCRIPTOR);
    Bool readsTable = state.is(State.READ_TABLE);
    UInt one = UInt.literal(1, RegisterMap.RING_INDEX_BITS + 1);
    UInt ringMask =
        one.shiftLeft(ringLog2, RegisterMap.RING_INDEX_BITS + 1)
            .minusWrap(1)
            .truncate(RegisterMap.RING_INDEX_BITS);
    int descriptorShift = Integer.numberOfTrailingZeros(DescriptorLayout.BYTES);
    UInt offset = index.and(ringMask).shiftLeft(descriptorShift);
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
}
