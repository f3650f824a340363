package sluice.accel.memory;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.accel.scan.KeyQuantizer;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.StreamFork;
import sluice.hdl.lib.WidthUp;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.layout.HeadTableLayout;
import sluice.layout.KvLayout;

/**
 * Appends tokens to the KV cache: for each KV head the head table is read, then token by token the
 * key, the value, and the key record that is made of the key, are written to the token's channel.
 */
public final class Appender extends Module {

  /** What the appender waits for. */
  private enum State {
    IDLE,
    REQUEST_TABLE,
    READ_TABLE,
    REQUEST_KEY,
    REQUEST_VALUE,
    LOCATE_KEY,
    COPY_KEY,
    LOCATE_VALUE,
    COPY_VALUE,
    LOCATE_RECORD,
    WRITE_RECORD,
    FLUSH,
    DONE
  }

  public final Bool start = input(Bool.of());

  /** First KV head of the job, and number of heads. */
  public final UInt firstHead = input(UInt.of(16));

  public final UInt heads = input(UInt.of(16));

  /** The first token that is appended, and the number of tokens. */
  public final UInt firstToken;

  public final UInt count;

  /** Pointers into host memory: keys and values [token][head][d], and the head table. */
  public final UInt keysPointer;

  public final UInt valuesPointer;
  public final UInt tablePointer;

  public final UInt kvBase;

  /** The job's block table. */
  public final UInt table = input(SignalTypes.jobSlot());

  /** Writes one entry of a block table. */
  public final Bool tableWrite = input(Bool.of());

  public final UInt tableIndex;
  public final UInt tablePage = input(UInt.of(CacheAddress.PAGE_BITS));

  /** A memory answered with an error: nothing more is written. */
  public final Bool busError = input(Bool.of());

  /** All answers to writes are in. */
  public final Bool writersIdle = input(Bool.of());

  /** High for one cycle at the end. */
  public final Bool done = output(Bool.of());

  public final Stream<HostReader.HostReadCommand> readCommands;
  public final Stream<HostReader.HostWord> readWords;

  /** Writes, a stream for each channel. */
  public final List<Stream<CacheWriter.CacheWriteCommand>> writeCommands = new ArrayList<>();

  public final List<Stream<CacheWriter.CacheWriteBeat>> writeBeats = new ArrayList<>();

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final StateRegister<State> state;
  private final UInt token;
  private final UInt row;
  private final UInt lane;
  private final UInt channel;
  private final UInt head;
  private final UInt tokensLeft;
  private final UInt headsLeft;
  private final Bool tokenDone = wire(Bool.of());
  private final Bool headDone = wire(Bool.of());

  public Appender(AcceleratorConfig config) {
    describe("Appends tokens to the KV cache: keys, values and key records.");
    this.config = config;
    types = new SignalTypes(config);
    MemoryPorts ports = new MemoryPorts(config);
    firstToken = input(types.tokens());
    count = input(types.tokens());
    keysPointer = input(types.address());
    valuesPointer = input(types.address());
    tablePointer = input(types.address());
    kvBase = input(types.address());
    tableIndex = input(CacheAddress.tableIndex(config));
    readCommands = output(Stream.of(ports.hostRead()));
    readWords = input(Stream.of(ports.hostWord()));
    for (int c = 0; c < config.channels(); c++) {
      writeCommands.add(output(Stream.of(ports.cacheWrite()), "write_commands_" + c));
      writeBeats.add(output(Stream.of(ports.cacheBeat()), "write_beats_" + c));
    }
    state = stateRegister(State.class, State.IDLE);
    token = register(types.tokens()).reset(0);
    int laneBits = Integer.numberOfTrailingZeros(config.lanes());
    int channelBits = Integer.numberOfTrailingZeros(config.channels());
    lane = laneBits == 0 ? UInt.literal(0, 1) : token.bits(laneBits - 1, 0);
    channel =
        channelBits == 0 ? UInt.literal(0, 1) : token.bits(laneBits + channelBits - 1, laneBits);
    row = token.shiftRight(laneBits + channelBits).truncate(types.row().width());

    head = register(types.kvHead());
    tokensLeft = register(types.tokens()).reset(0);
    headsLeft = register(heads).reset(0);
    countHeadsAndTokens();
    requestWords();
    CacheAddress addresses = instance(new CacheAddress(config));
    locate(addresses);
    KeyQuantizer quantizer = instance(new KeyQuantizer(config));
    Bool recordWritten = copy(quantizer);
    sequence(addresses, recordWritten);
    done.set(state.is(State.DONE));
  }

  private Bool lastWord() {
    return readWords.fires().and(readWords.payload().last());
  }

  private void sequence(CacheAddress addresses, Bool recordWritten) {
    Bool located = addresses.addresses.fires();
    Bool requested = readCommands.ready();
    Bool lastOfCommand = lastWord();
    Bool goesOn = tokensLeft.ne(1).andNot(busError);
    Bool moreHeads = headsLeft.ne(1).andNot(busError);
    state
        .on(State.IDLE, () -> when(start, () -> state.set(State.REQUEST_TABLE)))
        .on(State.REQUEST_TABLE, () -> when(requested, () -> state.set(State.READ_TABLE)))
        .on(State.READ_TABLE, () -> when(lastOfCommand, () -> state.set(State.REQUEST_KEY)))
        .on(State.REQUEST_KEY, () -> when(requested, () -> state.set(State.REQUEST_VALUE)))
        .on(State.REQUEST_VALUE, () -> when(requested, () -> state.set(State.LOCATE_KEY)))
        .on(State.LOCATE_KEY, () -> when(located, () -> state.set(State.COPY_KEY)))
        .on(State.COPY_KEY, () -> when(lastOfCommand, () -> state.set(State.LOCATE_VALUE)))
        .on(State.LOCATE_VALUE, () -> when(located, () -> state.set(State.COPY_VALUE)))
        .on(State.COPY_VALUE, () -> when(lastOfCommand, () -> state.set(State.LOCATE_RECORD)))
        .on(State.LOCATE_RECORD, () -> when(located, () -> state.set(State.WRITE_RECORD)))
        .on(
            State.WRITE_RECORD,
            () ->
                when(
                    recordWritten,
                    () ->
                        when(goesOn, () -> state.set(State.REQUEST_KEY))
                            .otherwise(() -> state.set(State.FLUSH))))
        .on(
            State.FLUSH,
            () ->
                when(
                    writersIdle,
                    () ->
                        when(moreHeads, () -> state.set(State.REQUEST_TABLE))
                            .otherwise(() -> state.set(State.DONE))))
        .on(State.DONE, () -> state.set(State.IDLE));
    tokenDone.set(recordWritten);
    headDone.set(state.is(State.FLUSH).and(writersIdle));
  }

  private void countHeadsAndTokens() {
    when(
            start,
            () -> {
              headsLeft.set(heads);
              head.set(firstHead.truncate(head.width()));
            })
        .elseWhen(
            headDone,
            () -> {
              headsLeft.set(headsLeft.minusWrap(1));
              head.set(head.plusWrap(1));
            });
    when(
            state.is(State.REQUEST_TABLE),
            () -> {
              token.set(firstToken);
              tokensLeft.set(count);
            })
        .elseWhen(
            tokenDone,
            () -> {
              token.set(token.plusWrap(1));
              tokensLeft.set(tokensLeft.minusWrap(1));
            });
  }

  /** Asks the host for the head table, and for the key and the value of each token. */
  private void requestWords() {
    HeadTableLayout tableLayout = new HeadTableLayout(config);
    int vectorBytes = config.vectorBytes();
    UInt tableAddress = register(types.address());
    UInt headOffset = register(types.address());
    UInt tokenOffset = register(types.address());
    UInt firstEntry = firstHead.times(tableLayout.entryBytes()).resize(config.addressBits());
    UInt tokenStride = heads.times(vectorBytes).resize(config.addressBits());
    when(
            start,
            () -> {
              tableAddress.set(tablePointer.plusWrap(firstEntry));
              headOffset.set(0);
            })
        .elseWhen(
            headDone,
            () -> {
              tableAddress.set(tableAddress.plusWrap(tableLayout.entryBytes()));
              headOffset.set(headOffset.plusWrap(vectorBytes));
            });
    when(state.is(State.REQUEST_TABLE), () -> tokenOffset.set(headOffset))
        .elseWhen(tokenDone, () -> tokenOffset.set(tokenOffset.plusWrap(tokenStride)));

    Bool requestsTable = state.is(State.REQUEST_TABLE);
    Bool requestsKey = state.is(State.REQUEST_KEY);
    Bool requestsValue = state.is(State.REQUEST_VALUE);
    HostReader.HostReadCommand command = readCommands.payload();
    readCommands.valid().set(requestsTable.or(requestsKey).or(requestsValue));
    UInt vectorPointer = mux(requestsKey, keysPointer, valuesPointer);
    command.address().set(mux(requestsTable, tableAddress, vectorPointer.plusWrap(tokenOffset)));
    command
        .words()
        .set(
            mux(
                requestsTable,
                UInt.literal(tableLayout.entryBytes() / 8L, HostReader.WORDS_BITS),
                UInt.literal(vectorBytes / 8L, HostReader.WORDS_BITS)));
  }

  /** Finds the addresses in the token's channel, and commands the writes there. */
  private void locate(CacheAddress addresses) {
    addresses.tableWrite.set(tableWrite);
    addresses.tableIndex.set(tableIndex);
    addresses.tablePage.set(tablePage);
    addresses.kvBase.set(kvBase);
    addresses.headWrite.set(state.is(State.READ_TABLE));
    addresses.headSlot.set(0);
    addresses.kvHead.set(head);
    addresses.headTable.set(table);
    Bool asked = register(Bool.of()).reset(false);
    Bool locatesKey = state.is(State.LOCATE_KEY);
    Bool locatesValue = state.is(State.LOCATE_VALUE);
    Bool locates = locatesKey.or(locatesValue).or(state.is(State.LOCATE_RECORD));
    when(addresses.requests.fires(), () -> asked.set(true))
        .elseWhen(addresses.addresses.fires(), () -> asked.set(false));
    UInt kind =
        mux(
            locatesKey,
            UInt.literal(VectorKind.KEY, VectorKind.BITS),
            mux(
                locatesValue,
                UInt.literal(VectorKind.VALUE, VectorKind.BITS),
                UInt.literal(VectorKind.RECORDS, VectorKind.BITS)));
    addresses.requests.valid().set(locates.andNot(asked));
    connect(
        addresses.requests.payload(),
        new CacheAddress.VectorRequest(row, lane, kind, UInt.literal(0, types.headSlot().width())));

    Stream<CacheAddress.VectorAddress> found = addresses.addresses;
    Bool isRecord = found.payload().kind().eq(VectorKind.RECORDS);
    UInt length = UInt.literal(config.beatsPerVector() - 1L, AxiAddress.LEN_BITS);
    for (int c = 0; c < config.channels(); c++) {
      Stream<CacheWriter.CacheWriteCommand> command = writeCommands.get(c);
      command.valid().set(found.valid().and(channel.eq(c)));
      command.payload().address().set(found.payload().address());
      command.payload().beats().set(mux(isRecord, UInt.literal(0, AxiAddress.LEN_BITS), length));
    }
    found.ready().set(Vec.from(writeCommands.stream().map(Stream::ready).toList()).get(channel));
  }

  /** Passes the words on; gives a pulse when a token's record, its last beat, is taken. */
  private Bool copy(KeyQuantizer quantizer) {
    Bool readsTable = state.is(State.READ_TABLE);
    Bool copiesKey = state.is(State.COPY_KEY);
    Bool copiesValue = state.is(State.COPY_VALUE);
    Bool valid = readWords.valid();
    UInt word = readWords.payload().data();
    quantizer.start.set(state.is(State.REQUEST_TABLE).and(readCommands.ready()));
    quantizer.table.valid().set(valid.and(readsTable));
    quantizer.table.payload().set(word);

    UInt wordType = UInt.of(AcceleratorConfig.HOST_BITS);
    StreamFork<UInt> keyFork = instance(new StreamFork<>(wordType, 2));
    keyFork.in.valid().set(valid.and(copiesKey));
    keyFork.in.payload().set(word);
    keyFork.outs.get(1).to(quantizer.key);
    WidthUp packer =
        instance(
            new WidthUp(
                AcceleratorConfig.HOST_BITS, config.channelBits() / AcceleratorConfig.HOST_BITS));
    packer.in.valid().set(keyFork.outs.get(0).valid().or(valid.and(copiesValue)));
    packer.in.payload().set(word);
    keyFork.outs.get(0).ready().set(packer.in.ready());
    readWords
        .ready()
        .set(
            mux(
                readsTable,
                quantizer.table.ready(),
                mux(copiesKey, keyFork.in.ready(), copiesValue.and(packer.in.ready()))));

    // The record follows when the vectors' last beat is gone.
    Bool offersRecord =
        state.is(State.WRITE_RECORD).and(quantizer.record.valid()).andNot(packer.out.valid());
    int recordBytes = new KvLayout(config).recordBytes();
    int beatBytes = config.channelBits() / 8;
    Vec<UInt> strobes =
        Vec.generate(
            config.lanes(),
            l ->
                UInt.literal(
                    BigInteger.ONE
                        .shiftLeft(recordBytes)
                        .subtract(BigInteger.ONE)
                        .shiftLeft(l * recordBytes),
                    beatBytes));
    UInt records = pack(Vec.generate(config.lanes(), l -> quantizer.record.payload()));
    Vec<Bool> readies = Vec.from(writeBeats.stream().map(Stream::ready).toList());
    Bool ready = readies.get(channel);
    for (int c = 0; c < config.channels(); c++) {
      Stream<CacheWriter.CacheWriteBeat> beat = writeBeats.get(c);
      beat.valid().set(packer.out.valid().or(offersRecord).and(channel.eq(c)));
      beat.payload().data().set(mux(offersRecord, records, packer.out.payload()));
      beat.payload().strobe().set(mux(offersRecord, recordStrobe(strobes), allBytes(beatBytes)));
    }
    packer.out.ready().set(ready);
    quantizer.record.ready().set(offersRecord.and(ready));
    return offersRecord.and(ready);
  }

  /** Bytes of a beat that a token's record takes. */
  private UInt recordStrobe(Vec<UInt> strobes) {
    return strobes.get(lane);
  }

  private static UInt allBytes(int bytes) {
    return UInt.literal(BigInteger.ONE.shiftLeft(bytes).subtract(BigInteger.ONE), bytes);
  }
}
