package sluice.accel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import sluice.accel.attention.MaximumStage;
import sluice.accel.attention.OutputStage;
import sluice.accel.control.ControlRegisters;
import sluice.accel.control.DecodeSequencer;
import sluice.accel.control.JobDescriptor;
import sluice.accel.control.JobFetcher;
import sluice.accel.control.JobReporter;
import sluice.accel.control.PerformanceCounters;
import sluice.accel.memory.Appender;
import sluice.accel.memory.HostPort;
import sluice.accel.memory.HostWriter;
import sluice.accel.memory.MemoryPorts;
import sluice.accel.memory.PickSerializer;
import sluice.accel.memory.RangeWriter;
import sluice.accel.scan.QueryPreparation;
import sluice.accel.topk.BitmapPacker;
import sluice.accel.topk.Bucketing;
import sluice.accel.topk.PickRow;
import sluice.accel.topk.Pooling;
import sluice.accel.topk.TopK;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.StreamFork;
import sluice.hdl.lib.axi.AxiLite;
import sluice.hdl.lib.axi.AxiMaster;
import sluice.layout.HostLayout;
import sluice.layout.RegisterMap;

/**
 * The accelerator: registers, job control and the shared blocks, and a slice for each memory
 * channel.
 */
public final class Accelerator extends Module {
  /** The register port. */
  public final AxiLite registers;

  /** Descriptors, tables, queries, outputs, and tokens to append. */
  public final AxiMaster host;

  /** The KV cache, a port for each channel. */
  public final List<AxiMaster> channels;

  /** High while an enabled event is pending. */
  public final Bool irq = output(Bool.of());

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final MemoryPorts ports;
  private final ControlRegisters registerBlock;
  private final UInt kvBase;
  private final JobFetcher jobs;
  private final JobReporter reports;
  private final DecodeSequencer decode;
  private final Appender append;
  private final HostPort hostPort;
  private final QueryPreparation prepare;
  private final Pooling pooling;
  private final Bucketing bucketing;
  private final TopK topK;
  private final BitmapPacker bitmap;
  private final RangeWriter bitmapWriter;
  private final RangeWriter outputWriter;
  private final MaximumStage maximum;
  private final OutputStage outputStage;
  private final PerformanceCounters counters;
  private final List<ChannelSlice> slices = new ArrayList<>();

  public Accelerator(AcceleratorConfig config) {
    super("accelerator");
    describe(header(config));
    this.config = config;
    types = new SignalTypes(config);
    ports = new MemoryPorts(config);
    registers = input(AxiLite.of(RegisterMap.ADDRESS_BITS, 32), "s_axil");
    host = output(ports.host(), "m_axi_host");
    List<AxiMaster> masters = new ArrayList<>();
    for (int c = 0; c < config.channels(); c++) {
      masters.add(output(ports.channel(), "m_axi_ch" + c));
    }
    channels = List.copyOf(masters);

    registerBlock = instance(new ControlRegisters(config));
    kvBase = registerBlock.wideValue("KV_BASE").truncate(config.addressBits());
    jobs = instance(new JobFetcher(config));
    reports = instance(new JobReporter(config));
    decode = instance(new DecodeSequencer(config));
    append = instance(new Appender(config));
    hostPort = instance(new HostPort(config));
    prepare = instance(new QueryPreparation(config));
    pooling = instance(new Pooling(config));
    bucketing = instance(new Bucketing(config));
    topK = instance(new TopK(config));
    bitmap = instance(new BitmapPacker(config));
    bitmapWriter = instance(new RangeWriter(config));
    outputWriter = instance(new RangeWriter(config));
    maximum = instance(new MaximumStage(config));
    for (int c = 0; c < config.channels(); c++) {
      slices.add(instance(new ChannelSlice(config)));
    }
    outputStage = instance(new OutputStage(config, slices.get(0).readLatency()));
    counters = instance(new PerformanceCounters(counterTypes()));

    connectRegisters();
    connectHost();
    connectErrors();
    connectJobs();
    connectAppend();
    connectSlices();
    connectHeads();
    connectSelection();
    connectOutput();
    count();
  }

  private static String header(AcceleratorConfig config) {
    return """
    Sparse attention for decoding, with a slice for each memory channel.
    Channels: %d of %d bits. Head dimension %d, %d query heads a KV head.
    Prediction: %d channels, keys of %d bits, queries of %d bits; %d tokens a row.
    Top-K: %d buckets, context %d tokens, at most %d selected.
    KV cache: pages of %d tokens and %d KV heads."""
        .formatted(
            config.channels(),
            config.channelBits(),
            config.headDim(),
            config.groupQueries(),
            config.heavyChannels(),
            config.keyBits(),
            config.queryBits(),
            config.rowTokens(),
            config.buckets(),
            config.context(),
            config.maxSelected(),
            config.pageTokens(),
            config.kvHeads());
  }

  private void connectRegisters() {
    connect(registerBlock.axi, registers);
    irq.set(registerBlock.interrupt);
    registerBlock.irqSet.set(
        reports.jobDone.and(reports.jobFailed).asUInt().concat(reports.jobDone.asUInt()));
    jobs.enable.set(registerBlock.value("CONTROL").asBool());
    jobs.ringBase.set(registerBlock.wideValue("RING_BASE"));
    jobs.ringLog2.set(registerBlock.value("RING_LOG2"));
    jobs.ringTail.set(registerBlock.value("RING_TAIL"));
    jobs.hostBase.set(registerBlock.wideValue("HOST_BASE"));
    jobs.hostLimit.set(registerBlock.wideValue("HOST_LIMIT"));
    jobs.kvPages.set(registerBlock.value("KV_PAGES"));
    Bool ringEmpty = reports.ringHead.eq(registerBlock.value("RING_TAIL"));
    registerBlock.source("STATUS").set(ringEmpty.asUInt().concat(busy().asUInt()));
    registerBlock.source("RING_HEAD").set(reports.ringHead);
    registerBlock.source("LAST_STATUS").set(reports.lastStatus);
    registerBlock.setWideSource("ERROR_ADDRESS", reports.errorAddress);
    for (String counter : counterTypes().keySet()) {
      registerBlock.source(counter).set(counters.total(counter));
    }
  }

  private Bool busy() {
    return jobs.busy.or(reports.noneInWork.not());
  }

  private void connectHost() {
    connect(host, hostPort.axi);
    jobs.readCommands.to(hostPort.jobReads);
    hostPort.jobWords.to(jobs.readWords);
    decode.readCommands.to(hostPort.decodeReads);
    hostPort.decodeWords.to(decode.readWords);
    append.readCommands.to(hostPort.appendReads);
    hostPort.appendWords.to(append.readWords);
    reports.writeCommands.to(hostPort.jobWrites);
    reports.writeWords.to(hostPort.recordWords);
    bitmap.words.to(bitmapWriter.words);
    bitmapWriter.commands.to(hostPort.bitmapWrites);
    bitmapWriter.data.to(hostPort.bitmapWords);
    outputStage.words.to(outputWriter.words);
    outputWriter.commands.to(hostPort.outputWrites);
    outputWriter.data.to(hostPort.outputWords);
    reports.writerIdle.set(hostPort.writerIdle);
    reports.outputGone.set(outputWriter.rangeGone);
    reports.bitmapGone.set(bitmapWriter.rangeGone);
  }

  /** The first error of any memory ends the jobs in work. */
  private void connectErrors() {
    Bool anyError = hostPort.error;
    UInt address = hostPort.errorAddress;
    hostPort.clearError.set(jobs.clearError);
    for (ChannelSlice slice : slices) {
      address = mux(anyError, address, slice.errorAddress);
      anyError = anyError.or(slice.error);
      slice.clearError.set(jobs.clearError);
    }
    Bool busError = delayed(anyError);
    UInt busErrorAddress = delayed(address);
    jobs.busError.set(busError);
    reports.busError.set(busError);
    reports.busErrorAddress.set(busErrorAddress);
    decode.busError.set(busError);
    append.busError.set(busError);
    bitmapWriter.discard.set(busError);
    outputWriter.discard.set(busError);
  }

  private void connectJobs() {
    jobs.slotFree.set(reports.slotFree);
    jobs.noneInWork.set(reports.noneInWork);
    jobs.oneInWork.set(reports.oneInWork);
    jobs.decodes.to(decode.jobs);
    jobs.appendDone.set(append.done);
    reports.begins.set(jobs.begins);
    reports.enters.set(jobs.enters);
    reports.slot.set(jobs.slot);
    connect(reports.descriptor, jobs.descriptor);
    reports.reportable.set(jobs.reportable);
    reports.refused.set(jobs.refused);
    reports.refusedStatus.set(jobs.status);
    reports.refusedAddress.set(jobs.faultAddress);
    reports.appended.set(append.done);
    reports.headHandedOver.set(decode.heads.fires());
    reports.bitmapWanted.set(decode.descriptor.bitmap().ne(0));
    reports.allHandedOver.set(decode.jobEnds);
    reports.decodeSlot.set(decode.jobSlot);

    prepare.start.set(decode.headWrite);
    decode.table.to(prepare.table);
    prepare.query.valid().set(decode.query.valid());
    prepare.query.payload().set(decode.query.payload());
    decode.query.ready().set(prepare.query.ready());
    decode.prepared.set(prepare.done);
  }

  private void connectAppend() {
    append.start.set(jobs.appendStart);
    append.firstHead.set(jobs.descriptor.firstHead());
    append.heads.set(jobs.descriptor.heads());
    int tokenBits = types.tokens().width();
    UInt total = jobs.descriptor.tokens().truncate(tokenBits);
    UInt appended = jobs.descriptor.budget().truncate(tokenBits);
    append.firstToken.set(total.minusWrap(appended));
    append.count.set(appended);
    append.keysPointer.set(jobs.descriptor.query().truncate(config.addressBits()));
    append.valuesPointer.set(jobs.descriptor.output().truncate(config.addressBits()));
    append.tablePointer.set(jobs.descriptor.headTable().truncate(config.addressBits()));
    append.kvBase.set(kvBase);
    append.table.set(jobs.slot);
    append.tableWrite.set(jobs.tableWrite);
    append.tableIndex.set(jobs.tableIndex);
    append.tablePage.set(jobs.tablePage);
    List<Bool> idle = new ArrayList<>();
    for (int c = 0; c < config.channels(); c++) {
      append.writeCommands.get(c).to(slices.get(c).writeCommands);
      append.writeBeats.get(c).to(slices.get(c).writeBeats);
      idle.add(slices.get(c).writerIdle);
    }
    append.writersIdle.set(BalancedTree.reduce(idle, Bool::and));
  }

  private void connectSlices() {
    Bool queryWrite = decode.query.fires();
    for (int c = 0; c < config.channels(); c++) {
      ChannelSlice slice = slices.get(c);
      connect(channels.get(c), slice.axi);
      slice.kvBase.set(kvBase);
      slice.tableWrite.set(jobs.tableWrite);
      slice.tableIndex.set(jobs.tableIndex);
      slice.tablePage.set(jobs.tablePage);
      slice.headWrite.set(decode.headWrite);
      slice.headSlot.set(decode.headSlot);
      slice.kvHead.set(decode.kvHead);
      slice.headTable.set(decode.jobSlot);
      slice.factor.set(decode.descriptor.factor());
      slice.queryWrite.set(queryWrite);
      slice.queryIndex.set(decode.queryIndex);
      slice.queryWord.set(decode.query.payload());
      connect(slice.codes, prepare.codes);
      slice.scoredHeads.to(maximum.scored.get(c));
      maximum.heads.get(c).to(slice.weightHeads);
      slice.weightedHeads.to(outputStage.heads.get(c));
      slice.read.set(outputStage.read);
      slice.readQuery.set(outputStage.readQuery);
      slice.readElement.set(outputStage.readElement);
    }
  }

  /** A prepared head goes to the selection, and to all who need to know where its results go. */
  private void connectHeads() {
    JobDescriptor job = decode.descriptor;
    int tokenBits = types.tokens().width();
    UInt tokens = job.tokens().truncate(tokenBits);
    StreamFork<DecodeSequencer.PreparedHead> heads =
        instance(new StreamFork<>(decode.heads.payload(), 7));
    decode.heads.to(heads.in);

    // A head is scanned when all rows of the one before are counted.
    Bool scanning = register(Bool.of()).reset(false);
    Stream<DecodeSequencer.PreparedHead> next = heads.outs.get(0).holdUnless(scanning.not());
    next.map(
            head ->
                new TopK.Head(
                    tokens,
                    job.sink().truncate(tokenBits),
                    job.recent().truncate(tokenBits),
                    job.budget().truncate(tokenBits),
                    head.dense()))
        .to(topK.heads);
    Bool selects = topK.heads.fires();
    Bool scanStart = selects.andNot(next.payload().dense());
    when(selects, () -> scanning.set(true)).elseWhen(topK.counted, () -> scanning.set(false));
    int rowShift = Integer.numberOfTrailingZeros(config.rowTokens());
    UInt rows = tokens.plus(config.rowTokens() - 1L).shiftRight(rowShift);
    for (ChannelSlice slice : slices) {
      slice.scanStart.set(scanStart);
      slice.scanSlot.set(next.payload().slot());
      slice.rowCount.set(rows.truncate(types.rows().width()));
    }
    prepare.publish.set(scanStart);
    pooling.start.set(scanStart);
    pooling.tokens.set(tokens);
    UInt window = register(UInt.of(3));
    when(scanStart, () -> window.set(job.window().truncate(3)));
    pooling.window.set(window);

    Bool bitmapWanted = job.bitmap().ne(0);
    heads
        .outs
        .get(1)
        .map(head -> new BitmapPacker.BitmapHead(tokens, bitmapWanted))
        .to(bitmap.heads);
    UInt bitmapWords = job.tokens().plus(63).shiftRight(6);
    heads
        .outs
        .get(2)
        .filter(head -> bitmapWanted)
        .map(
            head ->
                new HostWriter.HostWriteCommand(
                    head.bitmap(), bitmapWords.resize(HostWriter.WORDS_BITS)))
        .to(bitmapWriter.ranges);
    UInt outputWords =
        UInt.literal(new HostLayout(config).groupBytes() / 8L, HostWriter.WORDS_BITS);
    heads
        .outs
        .get(3)
        .map(head -> new HostWriter.HostWriteCommand(head.output(), outputWords))
        .to(outputWriter.ranges);
    heads
        .outs
        .get(4)
        .map(head -> new OutputStage.BegunHead(decode.jobSlot, prepare.queryInvalid))
        .to(outputStage.begunHeads);
    heads.outs.get(5).map(head -> job.skip().truncate(types.weight().width())).to(maximum.skips);
    Queue<UInt> selecting =
        instance(new Queue<>(decode.jobSlot, AcceleratorConfig.HEADS_IN_FLIGHT));
    heads.outs.get(6).map(head -> decode.jobSlot).to(selecting.in);
    selecting.out.ready().set(topK.filtered);
    connect(
        reports.selected,
        new JobReporter.Amount(topK.filtered, selecting.out.payload(), topK.selected));
    UInt skipped = outputStage.skipped.resize(tokenBits);
    connect(
        reports.skipped,
        new JobReporter.Amount(outputStage.headLeaves, outputStage.leavingJob, skipped));
  }

  /** Predicted rows to picks: pooling, buckets, Top-K, and the picks back to the slices. */
  private void connectSelection() {
    // A row goes on when every slice has its part of it.
    List<Bool> valids = new ArrayList<>();
    List<SInt> row = new ArrayList<>();
    for (ChannelSlice slice : slices) {
      valids.add(slice.predicted.valid());
      row.addAll(slice.predicted.payload().elements());
    }
    Bool rowValid = BalancedTree.reduce(valids, Bool::and);
    Bool rowTaken = rowValid.and(pooling.rows.ready());
    pooling.rows.valid().set(rowValid);
    connect(pooling.rows.payload(), Vec.from(row));
    slices.forEach(slice -> slice.predicted.ready().set(rowTaken));

    bucketing.lowest.set(prepare.lowest);
    bucketing.shift.set(prepare.shift);
    pooling.pooled.to(bucketing.pooled);
    bucketing.buckets.to(topK.buckets);

    StreamFork<PickRow> picks =
        instance(new StreamFork<>(PickRow.type(config), config.channels() + 1));
    topK.picks.to(picks.in);
    int lanes = config.lanes();
    for (int c = 0; c < config.channels(); c++) {
      int first = c * lanes;
      picks
          .outs
          .get(c)
          .map(
              all ->
                  new PickSerializer.SlicePicks(
                      all.row(), Vec.generate(lanes, l -> all.picked().get(first + l)), all.last()))
          .to(slices.get(c).picks);
    }
    picks.outs.get(config.channels()).to(bitmap.rows);
  }

  private void connectOutput() {
    maximum.keyInvalid.to(outputStage.keyInvalid);
    decode.headLeaves.set(outputStage.headLeaves);
    for (int c = 0; c < config.channels(); c++) {
      outputStage.sums.get(c).set(slices.get(c).sum);
      outputStage.sumsInvalid.get(c).set(slices.get(c).sumInvalid);
    }
    reports.invalidOperand.set(outputStage.invalidSeen);
    reports.invalidSlot.set(outputStage.invalidJob);
  }

  private Map<String, UInt> counterTypes() {
    UInt event = UInt.of(1);
    UInt beats = UInt.upTo(config.channels());
    Map<String, UInt> counterTypes = new LinkedHashMap<>();
    for (String phase :
        List.of(
            "TOTAL",
            "FETCH",
            "PREPARE",
            "SCAN",
            "THRESHOLD",
            "FILTER",
            "SCORE",
            "WEIGHT",
            "OUTPUT")) {
      counterTypes.put("CYCLES_" + phase, event);
    }
    counterTypes.put("TOKENS_SELECTED", types.tokens());
    counterTypes.put("VALUES_SKIPPED", types.tokens());
    counterTypes.put("BEATS_RECORD", beats);
    counterTypes.put("BEATS_KEY", beats);
    counterTypes.put("BEATS_VALUE", beats);
    return counterTypes;
  }

  private void count() {
    counters.clear.set(jobs.clearError);
    add("TOTAL", busy());
    add("FETCH", jobs.fetching.or(decode.fetching));
    add("PREPARE", decode.preparing);
    // From the first row on: until then the memory is waited for.
    Bool rows = register(Bool.of()).reset(false);
    when(topK.counted, () -> rows.set(false)).elseWhen(topK.buckets.fires(), () -> rows.set(true));
    add("SCAN", topK.counting.and(rows.or(topK.buckets.valid())));
    add("THRESHOLD", topK.searching);
    add("FILTER", topK.filtering);
    add("SCORE", anySlice(slice -> slice.scoring));
    add("WEIGHT", anySlice(slice -> slice.weighing));
    add("OUTPUT", outputStage.busy);

    // What a head has selected is known after its filter, what it has skipped when it leaves.
    UInt nothing = UInt.literal(0, types.tokens().width());
    counters.amount("TOKENS_SELECTED").set(mux(topK.filtered, topK.selected, nothing));
    UInt skipped = outputStage.skipped.resize(types.tokens().width());
    counters.amount("VALUES_SKIPPED").set(mux(outputStage.headLeaves, skipped, nothing));
    counters
        .amount("BEATS_RECORD")
        .set(BalancedTree.count(slices.stream().map(slice -> slice.recordBeat).toList()));
    counters
        .amount("BEATS_KEY")
        .set(BalancedTree.count(slices.stream().map(slice -> slice.keyBeat).toList()));
    counters
        .amount("BEATS_VALUE")
        .set(BalancedTree.count(slices.stream().map(slice -> slice.valueBeat).toList()));
  }

  private Bool anySlice(Function<ChannelSlice, Bool> condition) {
    return BalancedTree.reduce(slices.stream().map(condition).toList(), Bool::or);
  }

  private void add(String phase, Bool event) {
    counters.amount("CYCLES_" + phase).set(event.asUInt());
  }
}
