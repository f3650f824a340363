package sluice.accel;

import sluice.accel.attention.ScoreStage;
import sluice.accel.attention.WeightStage;
import sluice.accel.memory.CacheAddress;
import sluice.accel.memory.CacheWriter;
import sluice.accel.memory.MemoryPorts;
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
import sluice.hdl.lib.BalancedTree;
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

  /** Where page 0 of the KV cache begins, and the KV head in work. */
  public final UInt kvBase;

  public final UInt kvHead;
  public final Bool tableWrite = input(Bool.of());
  public final UInt tableIndex;
  public final UInt tablePage = input(UInt.of(CacheAddress.PAGE_BITS));

  /** Begins a head: sums, scores and counts are cleared. */
  public final Bool clear = input(Bool.of());

  public final Bool queryWrite = input(Bool.of());
  public final UInt queryIndex;
  public final UInt queryWord = input(UInt.of(AcceleratorConfig.HOST_BITS));

  public final Vec<Vec<SInt>> codes;
  public final Bool scanStart = input(Bool.of());
  public final UInt rowCount;

  /** Predicted scores, a row's part of this slice at a time. */
  public final Stream<Vec<SInt>> predicted;

  public final Stream<PickSerializer.SlicePicks> picks;

  /** FP32 bits of the softmax factor. */
  public final UInt factor = input(UInt.of(32));

  /** The scores of all picks so far are there. */
  public final Bool scored = output(Bool.of());

  public final Vec<SInt> localMaximum;
  public final Bool keyInvalid = output(Bool.of());

  /** Starts weights and values; {@code maximum} is that of all slices. */
  public final Bool weightStart = input(Bool.of());

  public final Vec<SInt> maximum;
  public final UInt skip;
  public final Bool weighted = output(Bool.of());
  public final Vec<UInt> weightSums;
  public final UInt skipped;

  /** Reads a sum of weighted values. */
  public final UInt readQuery;

  public final UInt readElement;
  public final SInt sum;
  public final Bool sumInvalid = output(Bool.of());

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
    kvHead = input(types.kvHead());
    tableIndex = input(UInt.index(config.pages()));
    queryIndex = input(types.queryWord());
    codes = input(types.queryCodes());
    rowCount = input(types.rows());
    predicted = output(Stream.of(Vec.of(config.lanes(), types.predicted())));
    picks =
        input(
            Stream.of(
                new PickSerializer.SlicePicks(types.row(), Vec.of(config.lanes(), Bool.of()))));
    localMaximum = output(types.scores());
    maximum = input(types.scores());
    skip = input(types.weight());
    weightSums = output(Vec.of(config.groupQueries(), types.weightSum()));
    skipped = output(UInt.upTo(config.scoreEntries()));
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());
    writeCommands = input(Stream.of(ports.cacheWrite()));
    writeBeats = input(Stream.of(ports.cacheBeat()));

    SliceReader reader = instance(new SliceReader(config));
    CacheWriter writer = instance(new CacheWriter(config));
    connectMemory(reader, writer);
    predict(reader);
    ScoreStage scores = score(reader);
    weigh(reader, scores);
    recordBeat.set(reader.records.fires());
    keyBeat.set(reader.keyBeats.fires());
    valueBeat.set(reader.valueBeats.fires());
  }

  private void connectMemory(SliceReader reader, CacheWriter writer) {
    reader.kvBase.set(kvBase);
    reader.kvHead.set(kvHead);
    reader.tableWrite.set(tableWrite);
    reader.tableIndex.set(tableIndex);
    reader.tablePage.set(tablePage);
    reader.scanStart.set(scanStart);
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

  private ScoreStage score(SliceReader reader) {
    PickSerializer serializer = instance(new PickSerializer(config));
    picks.to(serializer.picks);
    serializer.tokens.to(reader.keys);

    ScoreStage scores = instance(new ScoreStage(config));
    scores.clear.set(clear);
    scores.factor.set(factor);
    scores.queryWrite.set(queryWrite);
    scores.queryIndex.set(queryIndex);
    scores.queryWord.set(queryWord);
    reader
        .keyBeats
        .map(beat -> new ScoreStage.KeyBeat(beat.data(), beat.row(), beat.lane(), beat.last()))
        .to(scores.keys);
    connect(localMaximum, scores.maximum);
    keyInvalid.set(scores.keyInvalid);

    UInt expected = register(scores.count).reset(0);
    UInt picked = BalancedTree.count(picks.payload().picked().elements());
    when(clear, () -> expected.set(0))
        .elseWhen(
            picks.fires(), () -> expected.set(expected.plus(picked).truncate(expected.width())));
    scored.set(expected.eq(scores.count));
    return scores;
  }

  private void weigh(SliceReader reader, ScoreStage scores) {
    WeightStage weights = instance(new WeightStage(config));
    weights.clear.set(clear);
    weights.start.set(weightStart);
    weights.count.set(scores.count);
    connect(weights.maximum, maximum);
    weights.skip.set(skip);
    scores.readEnable.set(weights.readEnable);
    scores.readIndex.set(weights.readIndex);
    connect(weights.entry, scores.entry);
    weights
        .requests
        .map(
            request -> new SliceReader.ValueToken(request.row(), request.lane(), request.weights()))
        .to(reader.values);
    reader
        .valueBeats
        .map(
            beat ->
                new WeightStage.ValueWord(beat.data(), beat.weights(), beat.index(), beat.last()))
        .to(weights.values);
    connect(weightSums, weights.weightSums);
    skipped.set(weights.skipped);
    weighted.set(weights.done);
    weights.readQuery.set(readQuery);
    weights.readElement.set(readElement);
    sum.set(weights.sum);
    sumInvalid.set(weights.sumInvalid);
  }
}
