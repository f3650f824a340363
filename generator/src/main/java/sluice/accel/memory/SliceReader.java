package sluice.accel.memory;

import sluice.accel.SelectedToken;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Arbiter;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.RoundRobinArbiter;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.ReadData;

/**
 * Everything that a slice reads: turns tokens and rows into addresses, and hands the beats to where
 * they belong. Key records go first, since all slices wait for the last of a row; a scan cannot run
 * ahead of the heads whose keys and values it delays. Keys and values have the port in turn, a read
 * each. What is asked for has room when it comes, so none of them holds back the port either, as
 * long as values are taken at once.
 *
 * <p>Records come in order of their rows; keys whole, in any order; beats of values as they come.
 */
public final class SliceReader extends Module {
  /** Requests on their way through the address generator. */
  private static final int REQUESTS_LOCATED = 8;

  /** One beat of a key, with the token that it belongs to. */
  public record VectorBeat(UInt data, SelectedToken token, Bool last) implements Bundle {}

  /**
   * A token whose value is to be read.
   *
   * @param slot its head
   * @param weights of the token, [G]; they come back with its beats
   */
  public record ValueToken(UInt row, UInt lane, UInt slot, Vec<UInt> weights) implements Bundle {}

  /**
   * One beat of a value.
   *
   * @param slot its head
   * @param weights of its token, [G]
   * @param index of the beat in the value
   * @param last whether it ends its value
   */
  public record WeightedBeat(UInt data, UInt slot, Vec<UInt> weights, UInt index, Bool last)
      implements Bundle {}

  /** What goes to the address generator and beside it. */
  private record Request(UInt row, UInt lane, UInt kind, UInt slot, UInt beats, UInt tag)
      implements Bundle {}

  /** What is known of a read but its address. */
  private record Unlocated(UInt beats, UInt tag) implements Bundle {}

  /** Where page 0 of the KV cache begins. */
  public final UInt kvBase;

  /** Begins a head in a slot; a pulse. */
  public final Bool headWrite = input(Bool.of());

  public final UInt headSlot;
  public final UInt kvHead;

  /** Its block table. */
  public final UInt headTable = input(SignalTypes.jobSlot());

  /** Writes one entry of the block table. */
  public final Bool tableWrite = input(Bool.of());

  public final UInt tableIndex;
  public final UInt tablePage = input(UInt.of(32));

  /** Starts the scan of the key records of {@code rowCount} rows. */
  public final Bool scanStart = input(Bool.of());

  /** The head to scan; needed in the cycle of {@code scanStart}. */
  public final UInt scanSlot;

  public final UInt rowCount;

  /** Tokens whose keys are to be read. */
  public final Stream<SelectedToken> keys;

  /** Tokens whose values are to be read. */
  public final Stream<ValueToken> values;

  public final Stream<UInt> records;
  public final Stream<VectorBeat> keyBeats;
  public final Stream<WeightedBeat> valueBeats;

  public final Stream<AxiAddress> ar;
  public final Stream<ReadData> r;
  public final Bool clearError = input(Bool.of());
  public final Bool error = output(Bool.of());
  public final UInt errorAddress;
  public final Bool idle = output(Bool.of());

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final int tagBits;

  public SliceReader(AcceleratorConfig config) {
    describe("Reads key records, keys and values of one memory channel.");
    this.config = config;
    types = new SignalTypes(config);
    kvBase = input(types.address());
    headSlot = input(types.headSlot());
    kvHead = input(types.kvHead());
    scanSlot = input(types.headSlot());
    tableIndex = input(CacheAddress.tableIndex(config));
    rowCount = input(types.rows());
    keys = input(Stream.of(types.selectedToken()));
    values =
        input(
            Stream.of(
                new ValueToken(types.row(), types.lane(), types.headSlot(), types.weights())));
    records = output(Stream.of(types.beat()));
    keyBeats = output(Stream.of(new VectorBeat(types.beat(), types.selectedToken(), Bool.of())));
    valueBeats =
        output(
            Stream.of(
                new WeightedBeat(
                    types.beat(),
                    types.headSlot(),
                    types.weights(),
                    types.beatIndex(),
                    Bool.of())));
    MemoryPorts ports = new MemoryPorts(config);
    ar = output(ports.channel().ar());
    r = input(ports.channel().r());
    errorAddress = output(types.address());

    RecordBuffer recordBuffer = instance(new RecordBuffer(config));
    KeyBuffer keyBuffer = instance(new KeyBuffer(config));
    int placeBits =
        Math.max(
            recordBuffer.requests.payload().place().width(),
            keyBuffer.requests.payload().place().width());
    tagBits =
        Math.max(
            placeBits, types.headSlot().width() + config.groupQueries() * types.weight().width());

    ScanRequester scan = instance(new ScanRequester(config));
    scan.start.set(scanStart);
    scan.rowCount.set(rowCount);
    scan.requests.to(recordBuffer.bursts);
    keys.to(keyBuffer.tokens);
    ReadEngine engine = instance(new ReadEngine(config, tagBits));
    locate(merge(recordBuffer, keyBuffer), engine);
    handOut(engine, recordBuffer, keyBuffer);

    engine.ar.to(ar);
    r.to(engine.r);
    engine.clearError.set(clearError);
    error.set(engine.error);
    errorAddress.set(engine.errorAddress);
  }

  /** The three kinds of requests: records first, keys and values in turn. */
  private Stream<Request> merge(RecordBuffer recordBuffer, KeyBuffer keyBuffer) {
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    UInt vectorLength = UInt.literal(config.beatsPerVector() - 1L, length.width());
    Request request =
        new Request(
            types.row(),
            types.lane(),
            UInt.of(VectorKind.BITS),
            types.headSlot(),
            length,
            UInt.of(tagBits));
    UInt scanned = register(types.headSlot());
    when(scanStart, () -> scanned.set(scanSlot));
    Arbiter<Request> arbiter = instance(new Arbiter<>(request, 2));
    RoundRobinArbiter<Request> vectors = instance(new RoundRobinArbiter<>(request, 2));
    vectors.out.to(arbiter.ins.get(1));
    recordBuffer
        .requests
        .map(
            burst ->
                new Request(
                    burst.row(),
                    UInt.literal(0, types.lane().width()),
                    kind(VectorKind.RECORDS),
                    scanned,
                    burst.beats(),
                    burst.place().resize(tagBits)))
        .to(arbiter.ins.get(0));
    keyBuffer
        .requests
        .map(
            token ->
                new Request(
                    token.row(),
                    token.lane(),
                    kind(VectorKind.KEY),
                    token.slot(),
                    vectorLength,
                    token.place().resize(tagBits)))
        .to(vectors.ins.get(0));
    values
        .map(
            token ->
                new Request(
                    token.row(),
                    token.lane(),
                    kind(VectorKind.VALUE),
                    token.slot(),
                    vectorLength,
                    token.slot().concat(pack(token.weights())).resize(tagBits)))
        .to(vectors.ins.get(1));
    return arbiter.out;
  }

  private static UInt kind(int kind) {
    return UInt.literal(kind, VectorKind.BITS);
  }

  /** Finds the addresses of requests; lengths and tags wait beside. */
  private void locate(Stream<Request> requests, ReadEngine engine) {
    CacheAddress addresses = instance(new CacheAddress(config));
    addresses.kvBase.set(kvBase);
    addresses.headWrite.set(headWrite);
    addresses.headSlot.set(headSlot);
    addresses.kvHead.set(kvHead);
    addresses.headTable.set(headTable);
    addresses.tableWrite.set(tableWrite);
    addresses.tableIndex.set(tableIndex);
    addresses.tablePage.set(tablePage);
    Unlocated unlocated = new Unlocated(UInt.of(AxiAddress.LEN_BITS), UInt.of(tagBits));
    Queue<Unlocated> beside = instance(new Queue<>(unlocated, REQUESTS_LOCATED));

    Request request = requests.payload();
    addresses.requests.valid().set(requests.valid().and(beside.in.ready()));
    connect(
        addresses.requests.payload(),
        new CacheAddress.VectorRequest(
            request.row(), request.lane(), request.kind(), request.slot()));
    requests.ready().set(addresses.requests.ready().and(beside.in.ready()));
    beside.in.valid().set(requests.fires());
    connect(beside.in.payload(), new Unlocated(request.beats(), request.tag()));

    CacheAddress.VectorAddress located = addresses.addresses.payload();
    engine.commands.valid().set(addresses.addresses.valid());
    addresses.addresses.ready().set(engine.commands.ready());
    beside.out.ready().set(engine.commands.fires());
    connect(
        engine.commands.payload(),
        new ReadEngine.ReadCommand(
            located.address(),
            beside.out.payload().beats(),
            located.kind(),
            beside.out.payload().tag()));
    idle.set(engine.idle.and(addresses.idle));
  }

  /** Sends each beat to where it belongs. */
  private void handOut(ReadEngine engine, RecordBuffer recordBuffer, KeyBuffer keyBuffer) {
    ReadEngine.ReadBeat beat = engine.beats.payload();
    Bool valid = engine.beats.valid();
    Bool toValues = beat.kind().eq(VectorKind.VALUE);

    recordBuffer.arriving.valid().set(valid.and(beat.kind().eq(VectorKind.RECORDS)));
    UInt recordPlace = beat.tag().truncate(recordBuffer.arriving.payload().place().width());
    connect(
        recordBuffer.arriving.payload(),
        new RecordBuffer.ArrivingRecord(beat.data(), recordPlace, beat.index()));
    recordBuffer.records.to(records);

    UInt index = beat.index().truncate(types.beatIndex().width());
    keyBuffer.arriving.valid().set(valid.and(beat.kind().eq(VectorKind.KEY)));
    UInt keyPlace = beat.tag().truncate(keyBuffer.arriving.payload().place().width());
    connect(
        keyBuffer.arriving.payload(),
        new KeyBuffer.ArrivingBeat(beat.data(), keyPlace, index, beat.last()));
    keyBuffer.beats.to(keyBeats);

    int weightBits = config.groupQueries() * types.weight().width();
    Vec<UInt> weights = unpack(types.weights(), beat.tag().truncate(weightBits));
    UInt slot = beat.tag().bits(weightBits + types.headSlot().width() - 1, weightBits);
    valueBeats.valid().set(valid.and(toValues));
    connect(valueBeats.payload(), new WeightedBeat(beat.data(), slot, weights, index, beat.last()));
    // Records and keys have room.
    engine.beats.ready().set(toValues.not().or(valueBeats.ready()));
  }
}
