package sluice.accel;

import sluice.accel.attention.ScoreStage;
import sluice.accel.attention.WeightStage;
import sluice.accel.memory.CacheAddress;
import sluice.accel.memory.CacheWriter;
import sluice.accel.memory.MemoryPorts;
import sluice.accel.memory.PickRing;
import sluice.accel.memory.PickSerializer;
import sluice.accel.memory.SliceReader;
import sluice.accel.scan.PredictorArray;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.axi.AxiMaster;

/**
 * All that works on one memory channel: its reads and writes, the predictor lanes, the scores of
 * its tokens, their weights, and its part of the outputs' sums. Slices are alike and do not know
 * which channel they serve.
 */
public final class ChannelSlice extends Module {
  /** Rows of predicted scores that wait for the rows of slower channels. */
  private static final int ROWS_WAITING = 4;

  public final AxiMaster axi;
  public final Bool clearError = input(Bool.of());
  public final Bool error = output(Bool.of());
  public final UInt errorAddress;

  /** Where page 0 of the KV cache begins. */
  public final UInt kvBase;

  public final Bool tableWrite = input(Bool.of());
  public final UInt tableIndex;
  public final UInt tablePage = input(UInt.of(CacheAddress.PAGE_BITS));

  /** Begins a head in a slot; a pulse. */
  public final Bool headWrite = input(Bool.of());

  public final UInt headSlot;
  public final UInt kvHead;

  /** Its block table. */
  public final UInt headTable = input(SignalTypes.jobSlot());

  /** FP32 bits of its softmax factor. */
  public final UInt factor = input(UInt.of(32));

  /** A word of the query of the head in {@code headSlot}. */
  public final Bool queryWrite = input(Bool.of());

  public final UInt queryIndex;
  public final UInt queryWord = input(UInt.of(AcceleratorConfig.HOST_BITS));

  public final Vec<Vec<SInt>> codes;

  /** Starts the scan of a head. */
  public final Bool scanStart = input(Bool.of());

  public final UInt scanSlot;
  public final UInt rowCount;

  /** Predicted scores, a row's part of this slice at a time. */
  public final Stream<Vec<SInt>> predicted;

  public final Stream<PickSerializer.SlicePicks> picks;

  /** Heads in order when all their picks are scored here. */
  public final Stream<ScoreStage.ScoredHead> scoredHeads;

  /** The same heads with the maximum of all slices. */
  public final Stream<WeightStage.WeightHead> weightHeads;

  /** Heads in order when their values are accumulated; taken when their sums are read. */
  public final Stream<WeightStage.WeightedHead> weightedHeads;

  /** Reads a sum of weighted values of that head; it comes {@link #readLatency} later. */
  public final Bool read = input(Bool.of());

  public final UInt readQuery;

  public final UInt readElement;
  public final SInt sum;
  public final Bool sumInvalid = output(Bool.of());

  /** Keys are in work. */
  public final Bool scoring = output(Bool.of());

  /** Weights and values are in work. */
  public final Bool weighing = output(Bool.of());

  /** Writes of appended tokens. */
  public final Stream<CacheWriter.CacheWriteCommand> writeCommands;

  public final Stream<CacheWriter.CacheWriteBeat> writeBeats;
  public final Bool writerIdle = output(Bool.of());

  /** A beat of a kind was read, for the performance counters. */
  public final Bool recordBeat = output(Bool.of());

  public final Bool keyBeat = output(Bool.of());
  public final Bool valueBeat = output(Bool.of());

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final WeightStage weights;

  public ChannelSlice(AcceleratorConfig config) {
    describe(
        "Slice of one memory channel of "
            + config.channelBits()
            + " bits: "
            + config.lanes()
            + " predictor lanes, "
            + config.elementsPerBeat() * config.groupQueries()
            + " exact products a cycle.");
    this.config = config;
    types = new SignalTypes(config);
    MemoryPorts ports = new MemoryPorts(config);
    axi = output(ports.channel());
    errorAddress = output(types.address());
    kvBase = input(types.address());
    tableIndex = input(CacheAddress.tableIndex(config));
    headSlot = input(types.headSlot());
    kvHead = input(types.kvHead());
    queryIndex = input(types.queryWord());
    codes = input(types.queryCodes());
    scanSlot = input(types.headSlot());
    rowCount = input(types.rows());
    predicted = output(Stream.of(Vec.of(config.lanes(), types.predicted())));
    picks = input(Stream.of(PickSerializer.SlicePicks.type(config)));
    scoredHeads = output(Stream.of(ScoreStage.ScoredHead.type(config)));
    weightHeads = input(Stream.of(WeightStage.WeightHead.type(config)));
    weightedHeads = output(Stream.of(WeightStage.WeightedHead.type(config)));
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());
    writeCommands = input(Stream.of(ports.cacheWrite()));
    writeBeats = input(Stream.of(ports.cacheBeat()));

    SliceReader reader = instance(new SliceReader(config));
    CacheWriter writer = instance(new CacheWriter(config));
    connectMemory(reader, writer);
    predict(reader);
    PickRing ring = instance(new PickRing(config));
    PickSerializer serializer = instance(new PickSerializer(config));
    picks.to(serializer.picks);
    serializer.tokens.to(ring.picks);
    ring.headEnd.set(serializer.headEnd);
    ring.tokens.to(reader.keys);
    ScoreStage scores = score(reader, serializer, ring);
    weights = weigh(reader, scores, ring);
    weights.headEnd.set(serializer.headEnd);
    recordBeat.set(reader.records.fires());
    keyBeat.set(reader.keyBeats.fires());
    valueBeat.set(reader.valueBeats.fires());
  }

  private void connectMemory(SliceReader reader, CacheWriter writer) {
    reader.kvBase.set(kvBase);
    reader.headWrite.set(headWrite);
    reader.headSlot.set(headSlot);
    reader.kvHead.set(kvHead);
    reader.headTable.set(headTable);
    reader.tableWrite.set(tableWrite);
    reader.tableIndex.set(tableIndex);
    reader.tablePage.set(tablePage);
    reader.scanStart.set(scanStart);
    reader.scanSlot.set(scanSlot);
    reader.rowCount.set(rowCount);
    reader.clearError.set(clearError);
    reader.ar.to(axi.ar());
    axi.r().to(reader.r);

    writeCommands.to(writer.commands);
    writeBeats.to(writer.data);
    writer.clearError.set(clearError);
    writer.aw.to(axi.aw());
    writer.w.to(axi.w());
    axi.b().to(writer.b);
    writerIdle.set(writer.idle);

    error.set(reader.error.or(writer.error));
    errorAddress.set(mux(reader.error, reader.errorAddress, writer.errorAddress));
  }

  private void predict(SliceReader reader) {
    PredictorArray predictor = instance(new PredictorArray(config));
    connect(predictor.codes, codes);
    reader.records.to(predictor.beats);
    Queue<Vec<SInt>> waitingRows =
        instance(new Queue<>(Vec.of(config.lanes(), types.predicted()), ROWS_WAITING));
    predictor.scores.to(waitingRows.in);
    waitingRows.out.to(predicted);
  }

  private ScoreStage score(SliceReader reader, PickSerializer serializer, PickRing ring) {
    ScoreStage scores = instance(new ScoreStage(config));
    scores.headWrite.set(headWrite);
    scores.headSlot.set(headSlot);
    scores.factor.set(factor);
    scores.queryWrite.set(queryWrite);
    scores.queryIndex.set(queryIndex);
    scores.queryWord.set(queryWord);
    scores.picked.set(serializer.tokens.fires());
    scores.headEnd.set(serializer.headEnd);
    scores.pickSlot.set(ring.pickSlot);
    reader
        .keyBeats
        .map(beat -> new ScoreStage.KeyBeat(beat.data(), beat.token(), beat.last()))
        .to(scores.keys);
    scores.scoredHeads.to(scoredHeads);
    scoring.set(scores.busy);
    return scores;
  }

  private WeightStage weigh(SliceReader reader, ScoreStage scores, PickRing ring) {
    WeightStage stage = instance(new WeightStage(config));
    stage.pickEnd.set(ring.pickEnd);
    stage.pickSlot.set(ring.pickSlot);
    ring.scoresUsed.set(stage.readEnable);
    weightHeads.to(stage.heads);
    scores.readEnable.set(stage.readEnable);
    scores.readPlace.set(stage.readPlace);
    connect(stage.entry, scores.entry);
    stage
        .requests
        .map(
            request ->
                new SliceReader.ValueToken(
                    request.row(), request.lane(), request.slot(), request.weights()))
        .to(reader.values);
    reader
        .valueBeats
        .map(
            beat ->
                new WeightStage.ValueWord(
                    beat.data(), beat.slot(), beat.weights(), beat.index(), beat.last()))
        .to(stage.values);
    stage.weightedHeads.to(weightedHeads);
    weighing.set(stage.busy);
    stage.read.set(read);
    stage.readQuery.set(readQuery);
    stage.readElement.set(readElement);
    sum.set(stage.sum);
    sumInvalid.set(stage.sumInvalid);
    return stage;
  }

  /** Cycles from a read to its sum. */
  public int readLatency() {
    return weights.readLatency();
  }
}
