package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Arbiter;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.ReadData;

/**
 * Everything that a slice reads: turns tokens and rows into addresses, arbitrates between values,
 * keys and key records (in this order), and hands the beats to where they belong.
 */
public final class SliceReader extends Module {
  /** One beat of a vector, with the token that it belongs to. */
  public record VectorBeat(UInt data, UInt row, UInt lane, Bool last) implements Bundle {}

  /** Where page 0 of the KV cache begins. */
  public final UInt kvBase;

  public final UInt kvHead;

  /** Writes one entry of the block table. */
  public final Bool tableWrite = input(Bool.of());

  public final UInt tableIndex;
  public final UInt tablePage = input(UInt.of(32));

  /** Starts the scan of the key records of {@code rowCount} rows. */
  public final Bool scanStart = input(Bool.of());

  public final UInt rowCount;

  /** Tokens whose keys, and whose values, are to be read. */
  public final Stream<PickSerializer.TokenSlot> keys;

  public final Stream<PickSerializer.TokenSlot> values;

  public final Stream<UInt> records;
  public final Stream<VectorBeat> keyBeats;
  public final Stream<VectorBeat> valueBeats;

  public final Stream<AxiAddress> ar;
  public final Stream<ReadData> r;
  public final Bool clearError = input(Bool.of());
  public final Bool error = output(Bool.of());
  public final UInt errorAddress;
  public final Bool idle = output(Bool.of());

  private final SignalTypes types;

  public SliceReader(AcceleratorConfig config) {
    describe("Reads key records, keys and values of one memory channel.");
    types = new SignalTypes(config);
    kvBase = input(types.address());
    kvHead = input(types.kvHead());
    tableIndex = input(UInt.index(config.pages()));
    rowCount = input(types.rows());
    PickSerializer.TokenSlot slot = new PickSerializer.TokenSlot(types.row(), types.lane());
    keys = input(Stream.of(slot));
    values = input(Stream.of(slot));
    records = output(Stream.of(types.beat()));
    VectorBeat vectorBeat = new VectorBeat(types.beat(), types.row(), types.lane(), Bool.of());
    keyBeats = output(Stream.of(vectorBeat));
    valueBeats = output(Stream.of(vectorBeat));
    MemoryPorts ports = new MemoryPorts(config);
    ar = output(ports.channel().ar());
    r = input(ports.channel().r());
    errorAddress = output(types.address());

    CacheAddress addresses = instance(new CacheAddress(config));
    addresses.kvBase.set(kvBase);
    addresses.kvHead.set(kvHead);
    addresses.tableWrite.set(tableWrite);
    addresses.tableIndex.set(tableIndex);
    addresses.tablePage.set(tablePage);

    Queue<UInt> scanLengths = request(config, addresses);
    read(config, addresses, scanLengths);
  }

  /** Merges the three kinds of requests; gives the lengths of the scan's bursts, in order. */
  private Queue<UInt> request(AcceleratorConfig config, CacheAddress addresses) {
    ScanRequester scan = instance(new ScanRequester(config));
    scan.start.set(scanStart);
    scan.rowCount.set(rowCount);
    Queue<UInt> scanLengths = instance(new Queue<>(UInt.of(AxiAddress.LEN_BITS), 4));

    CacheAddress.VectorRequest request =
        new CacheAddress.VectorRequest(types.row(), types.lane(), UInt.of(VectorKind.BITS));
    Arbiter<CacheAddress.VectorRequest> arbiter = instance(new Arbiter<>(request, 3));
    values.map(token -> vector(token, VectorKind.VALUE)).to(arbiter.ins.get(0));
    keys.map(token -> vector(token, VectorKind.KEY)).to(arbiter.ins.get(1));

    // A burst is requested when its length can be kept until its address is known.
    Stream<CacheAddress.VectorRequest> rows = arbiter.ins.get(2);
    Bool lengthReady = scanLengths.in.ready();
    rows.valid().set(scan.requests.valid().and(lengthReady));
    connect(
        rows.payload(),
        new CacheAddress.VectorRequest(
            scan.requests.payload().row(),
            UInt.literal(0, types.lane().width()),
            UInt.literal(VectorKind.RECORDS, VectorKind.BITS)));
    scan.requests.ready().set(rows.ready().and(lengthReady));
    scanLengths.in.valid().set(scan.requests.fires());
    scanLengths.in.payload().set(scan.requests.payload().beats());

    arbiter.out.to(addresses.requests);
    return scanLengths;
  }

  private CacheAddress.VectorRequest vector(PickSerializer.TokenSlot token, int kind) {
    return new CacheAddress.VectorRequest(
        token.row(), token.lane(), UInt.literal(kind, VectorKind.BITS));
  }

  private void read(AcceleratorConfig config, CacheAddress addresses, Queue<UInt> scanLengths) {
    int rowBits = types.row().width();
    int laneBits = types.lane().width();
    ReadEngine engine = instance(new ReadEngine(config, rowBits + laneBits));

    CacheAddress.VectorAddress located = addresses.addresses.payload();
    Bool isScan = located.kind().eq(VectorKind.RECORDS);
    Bool ready = engine.commands.ready();
    engine.commands.valid().set(addresses.addresses.valid());
    addresses.addresses.ready().set(ready);
    scanLengths.out.ready().set(addresses.addresses.fires().and(isScan));
    UInt vectorLength = UInt.literal(config.beatsPerVector() - 1L, AxiAddress.LEN_BITS);
    connect(
        engine.commands.payload(),
        new ReadEngine.ReadCommand(
            located.address(),
            mux(isScan, scanLengths.out.payload(), vectorLength),
            located.kind(),
            located.row().concat(located.lane())));

    engine.ar.to(ar);
    r.to(engine.r);
    engine.clearError.set(clearError);
    error.set(engine.error);
    errorAddress.set(engine.errorAddress);
    idle.set(engine.idle.and(addresses.idle));

    ReadEngine.ReadBeat beat = engine.beats.payload();
    Bool toRecords = beat.kind().eq(VectorKind.RECORDS);
    Bool toKeys = beat.kind().eq(VectorKind.KEY);
    Bool toValues = beat.kind().eq(VectorKind.VALUE);
    records.valid().set(engine.beats.valid().and(toRecords));
    records.payload().set(beat.data());
    VectorBeat vector =
        new VectorBeat(
            beat.data(),
            beat.tag().bits(rowBits + laneBits - 1, laneBits),
            beat.tag().bits(laneBits - 1, 0),
            beat.last());
    keyBeats.valid().set(engine.beats.valid().and(toKeys));
    connect(keyBeats.payload(), vector);
    valueBeats.valid().set(engine.beats.valid().and(toValues));
    connect(valueBeats.payload(), vector);
    engine
        .beats
        .ready()
        .set(
            toRecords
                .and(records.ready())
                .or(toKeys.and(keyBeats.ready()))
                .or(toValues.and(valueBeats.ready())));
  }
}
