package sluice.accel;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The types of the signals between blocks, each derived once from the configuration.
 *
 * @param config the accelerator
 */
public record SignalTypes(AcceleratorConfig config) {

  /** Bits of a dot product's exact sum without its growth: two significands, shifted in full. */
  private static final int PRODUCT_BITS = 80;

  /** Bits of a weight times a fixed-point half, with sign: 17 + 41. */
  private static final int WEIGHTED_BITS = 58;

  /** A number of tokens, 0 to context. */
  public UInt tokens() {
    return UInt.upTo(config.context());
  }

  /** A number of selected tokens, 0 to maxSelected. */
  public UInt selected() {
    return UInt.upTo(config.mostTokens());
  }

  /** The index of a row. */
  public UInt row() {
    return UInt.index(config.rows());
  }

  /** A number of rows, 0 to rows. */
  public UInt rows() {
    return UInt.upTo(config.rows());
  }

  /** The lane of a token in its slice. */
  public UInt lane() {
    return UInt.index(config.lanes());
  }

  /** A KV head of the cache. */
  public UInt kvHead() {
    return UInt.index(config.kvHeads());
  }

  /** One of the heads in flight: its number, of all that came, modulo their number. */
  public UInt headSlot() {
    return UInt.index(AcceleratorConfig.HEADS_IN_FLIGHT);
  }

  /** One of the jobs in work. */
  public static UInt jobSlot() {
    return UInt.index(AcceleratorConfig.JOBS_IN_WORK);
  }

  /** A place for a pick and its scores in a slice. */
  public UInt pickPlace() {
    return UInt.index(config.pickPlaces());
  }

  /** A selected token of a slice. */
  public SelectedToken selectedToken() {
    return new SelectedToken(row(), lane(), headSlot(), pickPlace());
  }

  /** A half. */
  public UInt half() {
    return UInt.of(16);
  }

  /** A query code. */
  public SInt queryCode() {
    return SInt.of(config.queryBits());
  }

  /** The query codes of all heads of the group, [G][h]. */
  public Vec<Vec<SInt>> queryCodes() {
    return Vec.of(config.groupQueries(), Vec.of(config.heavyChannels(), queryCode()));
  }

  /** A predicted score, or a bound of it. */
  public SInt predicted() {
    long most =
        (long) config.heavyChannels() * ((1 << (config.queryBits() - 1)) - 1) * config.thresholds();
    return SInt.range(-most, most);
  }

  /** The shift from a predicted score above its lower bound to its bucket. */
  public UInt bucketShift() {
    return UInt.upTo(predicted().width() + 1L);
  }

  /** A bucket of the histogram. */
  public UInt bucket() {
    return UInt.index(config.buckets());
  }

  /** One beat of a channel. */
  public UInt beat() {
    return UInt.of(config.channelBits());
  }

  /** The index of a beat in a vector. */
  public UInt beatIndex() {
    return UInt.index(config.beatsPerVector());
  }

  /** An exact dot product of halves, in units of 2^-48. */
  public SInt dot() {
    return SInt.of(PRODUCT_BITS + 1 + Integer.numberOfTrailingZeros(config.headDim()));
  }

  /** A score in units of 2^-14. */
  public SInt score() {
    return SInt.of(26);
  }

  /** The scores of one token for every head of the group. */
  public Vec<SInt> scores() {
    return Vec.of(config.groupQueries(), score());
  }

  /** A weight in units of 2^-16, 0 to 65536. */
  public UInt weight() {
    return UInt.of(17);
  }

  /** The weights of one token for every head of the group. */
  public Vec<UInt> weights() {
    return Vec.of(config.groupQueries(), weight());
  }

  /** A sum of weights over the selected tokens of a slice. */
  public UInt weightSum() {
    return UInt.upTo(65536L * config.scoreEntries());
  }

  /** A sum of weights over all selected tokens. */
  public UInt totalWeight() {
    return UInt.upTo(65536L * config.mostTokens());
  }

  /** An exact sum of weighted values over the selected tokens of a slice, in units of 2^-40. */
  public SInt weightedSum() {
    return SInt.of(WEIGHTED_BITS + UInt.bitsFor(config.scoreEntries()));
  }

  /** A memory address in bytes. */
  public UInt address() {
    return UInt.of(config.addressBits());
  }

  /** A flag for every head of the group. */
  public Vec<Bool> flags() {
    return Vec.of(config.groupQueries(), Bool.of());
  }

  /** The index of a word of the query, [G][d] halves. */
  public UInt queryWord() {
    return UInt.index(
        (long) config.groupQueries() * config.headDim() * 16 / AcceleratorConfig.HOST_BITS);
  }
}
