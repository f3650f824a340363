package sluice.accel.control;

import sluice.accel.SignalTypes;
import sluice.accel.memory.HostReader;
import sluice.accel.memory.HostWriter;
import sluice.accel.memory.MemoryPorts;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;

/**
 * The sequence of a decode job: for each KV head, table and query are read, query codes prepared,
 * tokens selected and scored, weighted, and the outputs written.
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
    REQUEST_BITMAP,
    SELECT,
    WEIGH,
    REQUEST_OUTPUT,
    OUTPUT,
    FLUSH,
    DONE
  }

  public final Bool start = input(Bool.of());
  public final JobDescriptor descriptor = input(JobDescriptor.of());

  /** High for one cycle at the end. */
  public final Bool done = output(Bool.of());

  /** A memory answered with an error: outputs are not written any more. */
  public final Bool busError = input(Bool.of());

  public final Stream<HostReader.HostReadCommand> readCommands;
  public final Stream<HostReader.HostWord> readWords;
  public final Stream<HostWriter.HostWriteCommand> writeCommands;
  public final Bool writerIdle = input(Bool.of());

  /** Begins a head: everything that is kept a head is cleared. */
  public final Bool clear = output(Bool.of());

  public final Stream<UInt> table;
  public final Stream<UInt> query;

  /** Index of the query word that passes, for the slices' copies. */
  public final UInt queryIndex;

  public final Bool prepared = input(Bool.of());

  /** Starts the scan. */
  public final Bool scanStart = output(Bool.of());

  /** All tokens are picked, their scores are there, and the bitmap is written. */
  public final Bool scored = input(Bool.of());

  public final Bool weightStart = output(Bool.of());
  public final Bool weighted = input(Bool.of());
  public final Bool outputStart = output(Bool.of());
  public final Bool outputDone = input(Bool.of());

  public final UInt kvHead;
  public final UInt rowCount;
  public final Bool bitmapWanted = output(Bool.of());

  /** Whether bitmap words go to the host's writer; outputs do otherwise. */
  public final Bool writesBitmap = output(Bool.of());

  /** What goes on, for the performance counters. */
  public final Bool fetching = output(Bool.of());

  public final Bool preparing = output(Bool.of());
  public final Bool selecting = output(Bool.of());
  public final Bool weighing = output(Bool.of());
  public final Bool writing = output(Bool.of());

  public DecodeSequencer(AcceleratorConfig config) {
    MemoryPorts ports = new MemoryPorts(config);
    describe("The sequence of a decode job, KV head by KV head.");
    SignalTypes types = new SignalTypes(config);
    HostLayout host = new HostLayout(config);
    HeadTableLayout tableLayout = new HeadTableLayout(config);
    int queryWords = host.groupBytes() / 8;
    readCommands = output(Stream.of(ports.hostRead()));
    readWords = input(Stream.of(ports.hostWord()));
    writeCommands = output(Stream.of(ports.hostWrite()));
    table = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    query = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    queryIndex = output(types.queryWord());
    kvHead = output(types.kvHead());
    rowCount = output(types.rows());

    StateRegister<State> state = stateRegister(State.class, State.IDLE);
    UInt headsLeft = register(descriptor.heads()).reset(0);
    UInt head = register(types.kvHead());
    UInt tableAddress = register(types.address());
    UInt queryAddress = register(types.address());
    UInt outputAddress = register(types.address());
    UInt bitmapAddress = register(types.address());
    Bool tableRead = readWords.fires().and(readWords.payload().last());

    int addressBits = config.addressBits();
    UInt firstEntry =
        descriptor
            .firstHead()
            .truncate(types.kvHead().width())
            .times(tableLayout.entryBytes())
            .resize(addressBits);
    Bool nextHead = state.is(State.FLUSH).and(writerIdle).or(state.is(State.FLUSH).and(busError));
    when(
            start,
            () -> {
              headsLeft.set(descriptor.heads());
              head.set(descriptor.firstHead().truncate(head.width()));
              tableAddress.set(descriptor.headTable().truncate(addressBits).plusWrap(firstEntry));
              queryAddress.set(descriptor.query().truncate(addressBits));
              outputAddress.set(descriptor.output().truncate(addressBits));
              bitmapAddress.set(descriptor.bitmap().truncate(addressBits));
            })
        .elseWhen(
            nextHead,
            () -> {
              headsLeft.set(headsLeft.minusWrap(1));
              head.set(head.plusWrap(1));
              tableAddress.set(tableAddress.plusWrap(tableLayout.entryBytes()));
              queryAddress.set(queryAddress.plusWrap(host.groupBytes()));
              outputAddress.set(outputAddress.plusWrap(host.groupBytes()));
              bitmapAddress.set(bitmapAddress.plusWrap(host.bitmapStride()));
            });
    Bool lastHead = headsLeft.eq(1);

    state
        .on(State.IDLE, () -> when(start, () -> state.set(State.REQUEST_TABLE)))
        .on(
            State.REQUEST_TABLE,
            () -> when(readCommands.ready(), () -> state.set(State.READ_TABLE)))
        .on(State.READ_TABLE, () -> when(tableRead, () -> state.set(State.REQUEST_QUERY)))
        .on(
            State.REQUEST_QUERY,
            () -> when(readCommands.ready(), () -> state.set(State.READ_QUERY)))
        .on(State.READ_QUERY, () -> when(tableRead, () -> state.set(State.PREPARE)))
        .on(State.PREPARE, () -> when(prepared, () -> state.set(State.REQUEST_BITMAP)))
        .on(
            State.REQUEST_BITMAP,
            () -> when(writeCommands.ready().or(bitmapWanted.not()), () -> state.set(State.SELECT)))
        .on(State.SELECT, () -> when(scored, () -> state.set(State.WEIGH)))
        .on(
            State.WEIGH,
            () ->
                when(
                    weighted,
                    () -> {
                      state.set(State.REQUEST_OUTPUT);
                      when(busError, () -> state.set(State.FLUSH));
                    }))
        .on(State.REQUEST_OUTPUT, () -> when(writeCommands.ready(), () -> state.set(State.OUTPUT)))
        .on(State.OUTPUT, () -> when(outputDone, () -> state.set(State.FLUSH)))
        .on(
            State.FLUSH,
            () ->
                when(
                    nextHead,
                    () -> {
                      state.set(State.REQUEST_TABLE);
                      when(lastHead.or(busError), () -> state.set(State.DONE));
                    }))
        .on(State.DONE, () -> state.set(State.IDLE));

    Bool requestsTable = state.is(State.REQUEST_TABLE);
    Bool requestsQuery = state.is(State.REQUEST_QUERY);
    readCommands.valid().set(requestsTable.or(requestsQuery));
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

    Bool requestsBitmap = state.is(State.REQUEST_BITMAP);
    bitmapWanted.set(descriptor.bitmap().ne(0));
    UInt bitmapWords = descriptor.tokens().plus(63).shiftRight(6);
    writeCommands.valid().set(requestsBitmap.and(bitmapWanted).or(state.is(State.REQUEST_OUTPUT)));
    writeCommands.payload().address().set(mux(requestsBitmap, bitmapAddress, outputAddress));
    UInt writeLength = writeCommands.payload().words();
    writeLength.set(
        mux(
            requestsBitmap,
            bitmapWords.resize(writeLength.width()),
            UInt.literal(queryWords, writeLength.width())));

    clear.set(requestsTable.and(readCommands.ready()));
    scanStart.set(requestsBitmap.and(writeCommands.ready().or(bitmapWanted.not())));
    weightStart.set(state.is(State.SELECT).and(scored));
    outputStart.set(state.is(State.REQUEST_OUTPUT).and(writeCommands.ready()));
    kvHead.set(head);
    int rowShift = Integer.numberOfTrailingZeros(config.rowTokens());
    UInt rowsOfJob = descriptor.tokens().plus(config.rowTokens() - 1L).shiftRight(rowShift);
    rowCount.set(rowsOfJob.truncate(rowCount.width()));
    writesBitmap.set(state.is(State.SELECT));
    done.set(state.is(State.DONE));

    fetching.set(requestsTable.or(readsTable).or(requestsQuery).or(readsQuery));
    preparing.set(state.is(State.PREPARE).or(requestsBitmap));
    selecting.set(state.is(State.SELECT));
    weighing.set(state.is(State.WEIGH));
    writing.set(
        state.is(State.REQUEST_OUTPUT).or(state.is(State.OUTPUT)).or(state.is(State.FLUSH)));
  }
}
