package sluice.accel.scan;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.numeric.FloatFields;
import sluice.hdl.lib.numeric.FloatFormat;

/**
 * The thresholds of a head table. They arrive in host words, 4 halves a word in 4 cycles, and are
 * read a channel at a time, as ranks: integers that compare as the halves do.
 */
final class ThresholdStore extends Module {
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  /** Begins new contents: the words that follow replace the old ones. */
  final Bool start;

  /** The thresholds [h][N], ascending in each channel, with the padding of the last word. */
  final Stream<UInt> words;

  /** Whether all thresholds have arrived since the last start. */
  final Bool full;

  /** Reads the thresholds of the heavy channel {@code index}; only while full. */
  final Bool read;

  final UInt index;

  /** The ranks of the N thresholds read, one cycle after {@code read}, for one cycle. */
  final Vec<SInt> ranks;

  ThresholdStore(AcceleratorConfig config) {
    int h = config.heavyChannels();
    int n = config.thresholds();
    describe(
        """
        The %d thresholds of each of %d heavy channels, as integers that compare as halves do.
        Latency of a read: 1 cycle."""
            .formatted(n, h));
    start = input(Bool.of());
    words = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    full = output(Bool.of());
    read = input(Bool.of());
    index = input(UInt.index(h));
    ranks = output(Vec.of(n, SInt.of(16)));

    Bool filling = register(Bool.of()).reset(false);
    Bool complete = register(Bool.of()).reset(false);
    Bool wordHeld = register(Bool.of()).reset(false);
    UInt word = register(words.payload());
    UInt position = register(UInt.index(HALVES));
    UInt place = register(UInt.index(n));
    UInt channel = register(UInt.index(h));
    Vec<SInt> earlier = register(Vec.of(n - 1, SInt.of(16)));

    Vec<UInt> halves = Vec.generate(HALVES, i -> word.bits(16 * i + 15, 16 * i));
    UInt half = halves.get(position);
    SInt rank = FloatFields.rank(FloatFormat.FP16, half);
    List<SInt> channelRanks = new ArrayList<>(earlier.elements());
    channelRanks.add(rank);

    Bool channelEnds = place.eq(n - 1L);
    Bool tableEnds = channelEnds.and(channel.eq(h - 1L));
    Bool wordEnds = position.eq(HALVES - 1L);
    Bool takesRank = wordHeld.and(filling);
    words.ready().set(filling.and(wordHeld.not().or(wordEnds.andNot(tableEnds))));
    full.set(complete);

    Memory<Vec<SInt>> contents = memory(ranks, h);
    contents.write(takesRank.and(channelEnds), channel, Vec.from(channelRanks));
    connect(ranks, contents.read(index, read));

    when(
        takesRank,
        () -> {
          position.set(position.plusWrap(1));
          place.set(place.plusWrap(1));
          for (int i = 0; i < n - 1; i++) {
            earlier.get(i).set(channelRanks.get(i + 1));
          }
          when(wordEnds, () -> wordHeld.set(false));
          when(
              channelEnds,
              () -> {
                place.set(0);
                channel.set(channel.plusWrap(1));
              });
          when(
              tableEnds,
              () -> {
                filling.set(false);
                complete.set(true);
              });
        });
    when(
        words.fires(),
        () -> {
          word.set(words.payload());
          wordHeld.set(true);
        });
    when(
        start,
        () -> {
          filling.set(true);
          complete.set(false);
          wordHeld.set(false);
          position.set(0);
          place.set(0);
          channel.set(0);
        });
  }
}
