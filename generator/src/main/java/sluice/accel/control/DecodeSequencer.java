package sluice.accel.control;

import sluice.accel.SignalTypes;
import sluice.accel.memory.HostReader;
import sluice.accel.memory.MemoryPorts;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.layout.DecodeMode;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;

/**
 * The beginning of every head of the decode jobs: table and query are read, query codes prepared,
 * and the head is handed to the selection. While it is worked on there and in the slices, the next
 * one is read and prepared, also that of the next job.
 */
public final class DecodeSequencer extends Module {

  /** What the sequencer waits for. */
  private enum State {
    IDLE,
    REQUEST_TABLE,
    READ_TABLE,
    REQUEST_QUERY,
    READ_QUERY,
    PREPARE,
    HAND_OVER
  }

  /**
   * A job to decode.
   *
   * @param slot tells the jobs in work apart
   */
  public record DecodeStart(JobDescriptor descriptor, UInt slot) implements Bundle {

    /** The type. */
    public static DecodeStart type() {
      return new DecodeStart(JobDescriptor.of(), SignalTypes.jobSlot());
    }
  }

  /**
   * A head that is prepared.
   *
   * @param slot its number, of all heads that came, modulo the heads in flight
   * @param dense all tokens are selected: nothing is to be scanned
   * @param output where its outputs go
   * @param bitmap where its selection bitmap goes, if there is one
   */
  public record PreparedHead(UInt slot, Bool dense, UInt output, UInt bitmap) implements Bundle {}

  public final Stream<DecodeStart> jobs = input(Stream.of(DecodeStart.type()));

  /** The job in work. */
  public final JobDescriptor descriptor = output(JobDescriptor.of());

  public final UInt jobSlot = output(SignalTypes.jobSlot());

  /** All heads of the job are handed over, or an error ends it; a pulse. */
  public final Bool jobEnds = output(Bool.of());

  /** A memory answered with an error: no further head begins. */
  public final Bool busError = input(Bool.of());

  public final Stream<HostReader.HostReadCommand> readCommands;
  public final Stream<HostReader.HostWord> readWords;

  /** Begins a head: its slot and KV head are given to all. */
  public final Bool headWrite = output(Bool.of());

  public final UInt headSlot;
  public final UInt kvHead;

  public final Stream<UInt> table;
  public final Stream<UInt> query;

  /** Index of the query word that passes, for the slices' copies. */
  public final UInt queryIndex;

  public final Bool prepared = input(Bool.of());

  /** Heads to select tokens for. */
  public final Stream<PreparedHead> heads;

  /** All sums of a head were read: its slot is free; a pulse. */
  public final Bool headLeaves = input(Bool.of());

  /** What goes on, for the performance counters. */
  public final Bool fetching = output(Bool.of());

  public final Bool preparing = output(Bool.of());

  public DecodeSequencer(AcceleratorConfig config) {
    MemoryPorts ports = new MemoryPorts(config);
    describe("The beginning of every head of a decode job: its table, its query, its codes.");
    SignalTypes types = new SignalTypes(config);
    HostLayout host = new HostLayout(config);
    HeadTableLayout tableLayout = new HeadTableLayout(config);
    int queryWords = host.groupBytes() / 8;
    readCommands = output(Stream.of(ports.hostRead()));
    readWords = input(Stream.of(ports.hostWord()));
    table = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    query = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    queryIndex = output(types.queryWord());
    headSlot = output(types.headSlot());
    kvHead = output(types.kvHead());
    heads =
        output(
            Stream.of(
                new PreparedHead(types.headSlot(), Bool.of(), types.address(), types.address())));

    StateRegister<State> state = stateRegister(State.class, State.IDLE);
    DecodeStart job = register(DecodeStart.type());
    connect(descriptor, job.descriptor());
    jobSlot.set(job.slot());
    Bool start = jobs.fires();
    when(start, () -> connect(job, jobs.payload()));
    JobDescriptor next = jobs.payload().descriptor();
    UInt headsLeft = register(next.heads()).reset(0);
    UInt head = register(types.kvHead());
    UInt slot = register(types.headSlot()).reset(0);
    UInt tableAddress = register(types.address());
    UInt queryAddress = register(types.address());
    UInt outputAddress = register(types.address());
    UInt bitmapAddress = register(types.address());
    Bool lastWord = readWords.fires().and(readWords.payload().last());

    int addressBits = config.addressBits();
    UInt firstEntry =
        next.firstHead()
            .truncate(types.kvHead().width())
            .times(tableLayout.entryBytes())
            .resize(addressBits);
    Bool handedOver = heads.fires();
    when(
            start,
            () -> {
              headsLeft.set(next.heads());
              head.set(next.firstHead().truncate(head.width()));
              tableAddress.set(next.headTable().truncate(addressBits).plusWrap(firstEntry));
              queryAddress.set(next.query().truncate(addressBits));
              outputAddress.set(next.output().truncate(addressBits));
              bitmapAddress.set(next.bitmap().truncate(addressBits));
            })
        .elseWhen(
            handedOver,
            () -> {
              headsLeft.set(headsLeft.minusWrap(1));
              head.set(head.plusWrap(1));
              tableAddress.set(tableAddress.plusWrap(tableLayout.entryBytes()));
              queryAddress.set(queryAddress.plusWrap(host.groupBytes()));
              outputAddress.set(outputAddress.plusWrap(host.groupBytes()));
              bitmapAddress.set(bitmapAddress.plusWrap(host.bitmapStride()));
            });
    when(handedOver, () -> slot.set(slot.plusWrap(1)));
    Bool lastHead = headsLeft.eq(1);

    UInt inFlight = register(UInt.upTo(AcceleratorConfig.HEADS_IN_FLIGHT)).reset(0);
    Bool requestsTable = state.is(State.REQUEST_TABLE);
    Bool room = inFlight.ne(AcceleratorConfig.HEADS_IN_FLIGHT);
    // A request that was made is not taken back.
    Bool requested = register(Bool.of()).reset(false);
    Bool begins = requestsTable.and(room).and(requested.or(busError.not()));
    Bool dense = job.descriptor().mode().eq(DecodeMode.DENSE.code());
    Bool begun = begins.and(readCommands.ready().or(dense));
    requested.set(begins.andNot(begun));
    when(begun.andNot(headLeaves), () -> inFlight.set(inFlight.plusWrap(1)))
        .elseWhen(headLeaves.andNot(begun), () -> inFlight.set(inFlight.minusWrap(1)));

    Bool stops = requestsTable.and(busError).andNot(begins);
    Bool ends = handedOver.and(lastHead.or(busError)).or(stops);
    state
        .on(State.IDLE, () -> when(start, () -> state.set(State.REQUEST_TABLE)))
        .on(
            State.REQUEST_TABLE,
            () ->
                // Nothing is predicted for a dense job, so that it needs no table.
                when(begun.and(dense), () -> state.set(State.REQUEST_QUERY))
                    .elseWhen(begun, () -> state.set(State.READ_TABLE))
                    .elseWhen(stops, () -> state.set(State.IDLE)))
        .on(State.READ_TABLE, () -> when(lastWord, () -> state.set(State.REQUEST_QUERY)))
        .on(
            State.REQUEST_QUERY,
            () -> when(readCommands.ready(), () -> state.set(State.READ_QUERY)))
        .on(
            State.READ_QUERY,
            () ->
                when(
                    lastWord,
                    () -> {
                      state.set(State.PREPARE);
                      when(dense, () -> state.set(State.HAND_OVER));
                    }))
        .on(State.PREPARE, () -> when(prepared, () -> state.set(State.HAND_OVER)))
        .on(
            State.HAND_OVER,
            () ->
                when(
                    handedOver,
                    () -> {
                      state.set(State.REQUEST_TABLE);
                      when(ends, () -> state.set(State.IDLE));
                    }));
    jobs.ready().set(state.is(State.IDLE));
    jobEnds.set(ends);

    Bool requestsQuery = state.is(State.REQUEST_QUERY);
    readCommands.valid().set(begins.andNot(dense).or(requestsQuery));
    readCommands.payload().address().set(mux(requestsTable, tableAddress, queryAddress));
    UInt lengthType = readCommands.payload().words();
    readCommands
        .payload()
        .words()
        .set(
            mux(
                requestsTable,
                UInt.literal(tableLayout.thresholdsOffset() / 8L, lengthType.width()),
                UInt.literal(queryWords, lengthType.width())));
    Bool readsTable = state.is(State.READ_TABLE);
    Bool readsQuery = state.is(State.READ_QUERY);
    table.valid().set(readWords.valid().and(readsTable));
    table.payload().set(readWords.payload().data());
    query.valid().set(readWords.valid().and(readsQuery));
    query.payload().set(readWords.payload().data());
    readWords.ready().set(mux(readsTable, table.ready(), readsQuery.and(query.ready())));
    UInt word = register(queryIndex).reset(0);
    when(requestsQuery, () -> word.set(0))
        .elseWhen(query.fires(), () -> word.set(word.plusWrap(1)));
    queryIndex.set(word);

    headWrite.set(begun);
    headSlot.set(slot);
    kvHead.set(head);
    heads.valid().set(state.is(State.HAND_OVER));
    connect(heads.payload(), new PreparedHead(slot, dense, outputAddress, bitmapAddress));

    fetching.set(begins.or(readsTable).or(requestsQuery).or(readsQuery));
    preparing.set(state.is(State.PREPARE));
  }
}
