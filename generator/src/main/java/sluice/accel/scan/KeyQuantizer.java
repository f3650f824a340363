package sluice.accel.scan;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Counter;
import sluice.hdl.lib.numeric.FloatFields;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.layout.HeadTableLayout;

/**
 * Makes the key records of appended keys: the code of a heavy channel is the number of its
 * thresholds that are not above the key's element there. A channel a cycle. The next key's words
 * are taken as soon as the elements of this one are read.
 */
public final class KeyQuantizer extends Module {

  /** Begins a KV head: takes a new table, and abandons a key in work or a record that waits. */
  public final Bool start;

  /** All words of the head table's entry: heavy channels, weights (not used), thresholds. */
  public final Stream<UInt> table;

  /** Whether the table is complete; low from the cycle after start on until then. */
  public final Bool tableLoaded;

  /**
   * Key vectors, 4 halves a word, lowest first; taken while the table is complete and start is low.
   */
  public final Stream<UInt> key;

  /** A record for every key: code i at bits [i * kb ..), padded with 0. */
  public final Stream<UInt> record;

  /** The quantizer of an accelerator. */
  public KeyQuantizer(AcceleratorConfig config) {
    int h = config.heavyChannels();
    int keyBits = config.keyBits();
    describe(
        """
        Key records of %d codes of %d bits: how many of a channel's thresholds are not above the
        key's element there. Latency from the last word of a key: %d cycles."""
            .formatted(h, keyBits, latency(config)));
    start = input(Bool.of());
    table = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    tableLoaded = output(Bool.of());
    key = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    record = output(Stream.of(UInt.of(config.recordBits())));

    Bool loaded = register(Bool.of()).reset(false);
    Bool walking = register(Bool.of()).reset(false);
    UInt channel = register(UInt.index(h)).reset(0);
    Counter channels = new Counter(channel, h);
    Bool recordValid = register(Bool.of()).reset(false);
    UInt codes = register(UInt.of(h * keyBits));

    ElementStore heavyChannels = instance(new ElementStore(h, 8));
    ThresholdStore thresholds = instance(new ThresholdStore(config));
    ElementStore elements = instance(new ElementStore(config.headDim(), 16));
    heavyChannels.start.set(start);
    thresholds.start.set(start);
    splitTable(config, heavyChannels, thresholds);
    when(start, () -> loaded.set(false)).elseWhen(thresholds.full, () -> loaded.set(true));
    tableLoaded.set(loaded);
    key.holdUnless(loaded.andNot(start)).to(elements.words);

    // The heavy channel; the key's element there and its thresholds; which of them it reaches.
    heavyChannels.read.set(walking);
    heavyChannels.index.set(channel);
    Bool channelValid = delayed(walking.andNot(start)).reset(false);
    UInt thresholdIndex = delayed(channel);
    elements.read.set(channelValid);
    elements.index.set(heavyChannels.element.resize(UInt.bitsFor(config.headDim() - 1L)));
    thresholds.read.set(channelValid);
    thresholds.index.set(thresholdIndex);
    elements.start.set(start.or(channelValid.andNot(walking)));
    Bool elementValid = delayed(channelValid.andNot(start)).reset(false);
    SInt rank = FloatFields.rank(FloatFormat.FP16, elements.element);
    List<UInt> reached = new ArrayList<>();
    for (SInt threshold : thresholds.ranks) {
      reached.add(delayed(threshold.le(rank)).named("reached_" + reached.size()).asUInt());
    }
    Bool reachedValid = delayed(elementValid.andNot(start)).reset(false);
    UInt code = sum(reached).resize(keyBits);

    Bool busy = walking.or(channelValid).or(elementValid).or(reachedValid).or(recordValid);
    when(
            walking,
            () -> {
              channels.advance();
              walking.set(channels.isLast().not());
            })
        .elseWhen(elements.full.andNot(busy), () -> walking.set(true));
    UInt shiftedCodes = code.concat(codes.shiftRight(keyBits));
    when(reachedValid, () -> codes.set(shiftedCodes));
    when(record.fires(), () -> recordValid.set(false));
    when(reachedValid.andNot(elementValid), () -> recordValid.set(true));
    when(
        start,
        () -> {
          walking.set(false);
          channel.set(0);
          recordValid.set(false);
        });
    record.valid().set(recordValid);
    record.payload().set(codes);
  }

  /** Cycles from the last word of a key until its record is valid. */
  public static int latency(AcceleratorConfig config) {
    return config.heavyChannels() + 5;
  }

  /** First the heavy channels, then the weights, which are dropped, then the thresholds. */
  private void splitTable(
      AcceleratorConfig config, ElementStore heavyChannels, ThresholdStore thresholds) {
    int weightWords = new HeadTableLayout(config).weightsBytes() / (table.payload().width() / 8);
    UInt dropped = register(UInt.upTo(weightWords)).reset(0);
    Bool pastChannels = heavyChannels.full;
    Bool inWeights = pastChannels.and(dropped.ne(weightWords));
    Bool inThresholds = pastChannels.and(dropped.eq(weightWords));
    when(start, () -> dropped.set(0))
        .elseWhen(inWeights.and(table.valid()), () -> dropped.set(dropped.plusWrap(1)));
    connect(heavyChannels.words.payload(), table.payload());
    connect(thresholds.words.payload(), table.payload());
    heavyChannels.words.valid().set(table.valid().andNot(pastChannels));
    thresholds.words.valid().set(table.valid().and(inThresholds));
    table
        .ready()
        .set(
            heavyChannels
                .words
                .ready()
                .or(inWeights)
                .or(thresholds.words.ready().and(inThresholds)));
  }

  private static UInt sum(List<UInt> bits) {
    if (bits.size() == 1) {
      return bits.get(0);
    }
    int half = bits.size() / 2;
    return sum(bits.subList(0, half)).plus(sum(bits.subList(half, bits.size())));
  }
}
