package sluice.config;

/**
 * The parameters of one accelerator. Every size in the generated hardware follows from these
 * fields; derived quantities are methods here, so that no two places compute them differently.
 *
 * @param channels memory channels, C: 1, 2, 4, 8, 16 or 32; one slice of the hardware for each
 * @param channelBits data bits of a memory channel's AXI4 port, W: 64, 128, 256 or 512
 * @param headDim head dimension, d: 16 to 256, a power of two
 * @param groupQueries query heads that share one KV head (the GQA group), G: 1 to 8
 * @param heavyChannels key channels kept for prediction, h: 8 to d
 * @param keyBits bits of a key code, kb: 2 or 4
 * @param queryBits bits of a query code, sign included, qb: 2 to 8
 * @param buckets buckets of the Top-K histogram, B: 16 to 1024, a power of two
 * @param context most tokens of a sequence, a power of two
 * @param maxSelected most tokens a job may select for one head: sink + recent + budget
 * @param pageTokens tokens of a page of the KV cache, a power of two
 * @param kvHeads KV heads that a page holds: 1 to 256
 * @param readsInFlight reads that a slice may have outstanding at its memory port: 1 to 64
 * @param dividers dividers that turn sums into outputs: 1 to 64
 * @param addressBits bits of a memory address: 32 to 64
 * @param arithmetic how long sums and products are written
 */
public record AcceleratorConfig(
    int channels,
    int channelBits,
    int headDim,
    int groupQueries,
    int heavyChannels,
    int keyBits,
    int queryBits,
    int buckets,
    int context,
    int maxSelected,
    int pageTokens,
    int kvHeads,
    int readsInFlight,
    int dividers,
    int addressBits,
    ArithmeticStyle arithmetic) {

  /** Data bits of the host port: descriptors, queries, outputs, tables and appended tokens. */
  public static final int HOST_BITS = 64;

  /** Jobs in work at once: one that ends while the next begins. */
  public static final int JOBS_IN_WORK = 2;

  /**
   * Heads in work at once, from the query to the output: enough for every stage to have one, a
   * power of two.
   */
  public static final int HEADS_IN_FLIGHT = 4;

  /** The same accelerator with another {@code maxSelected}. */
  public AcceleratorConfig withMaxSelected(int tokens) {
    return new AcceleratorConfig(
        channels,
        channelBits,
        headDim,
        groupQueries,
        heavyChannels,
        keyBits,
        queryBits,
        buckets,
        context,
        tokens,
        pageTokens,
        kvHeads,
        readsInFlight,
        dividers,
        addressBits,
        arithmetic);
  }

  /** The same accelerator, its arithmetic written another way. */
  public AcceleratorConfig withArithmetic(ArithmeticStyle style) {
    return new AcceleratorConfig(
        channels,
        channelBits,
        headDim,
        groupQueries,
        heavyChannels,
        keyBits,
        queryBits,
        buckets,
        context,
        maxSelected,
        pageTokens,
        kvHeads,
        readsInFlight,
        dividers,
        addressBits,
        style);
  }

  /** Bits of a key record in memory: h codes of kb bits, padded to a power of two. */
  public int recordBits() {
    return Integer.highestOneBit(Math.max(1, heavyChannels * keyBits * 2 - 1));
  }

  /** Thresholds of a key channel, N = 2^kb - 1. */
  public int thresholds() {
    return (1 << keyBits) - 1;
  }

  /** Key records in one beat of a channel: the predictor lanes of a slice, r. */
  public int lanes() {
    return channelBits / recordBits();
  }

  /** Tokens of a row, R: one beat of key records from every channel. */
  public int rowTokens() {
    return lanes() * channels;
  }

  /** Rows of the longest sequence. */
  public int rows() {
    return context / rowTokens();
  }

  /** Halves in one beat of a channel, E: the products of a slice and query head a cycle. */
  public int elementsPerBeat() {
    return channelBits / 16;
  }

  /** Beats of a key or value vector. */
  public int beatsPerVector() {
    return headDim / elementsPerBeat();
  }

  /** Bytes of a key or value vector. */
  public int vectorBytes() {
    return headDim * 2;
  }

  /** Pages of the longest sequence: entries of a block table. */
  public int pages() {
    return context / pageTokens;
  }

  /** Rows of a page; also the key record beats of a page and head in each channel. */
  public int rowsPerPage() {
    return pageTokens / rowTokens();
  }

  /** Most entries of a slice's score buffer: all picks of a head may fall into one channel. */
  public int scoreEntries() {
    return Math.min(context / channels, maxSelected);
  }

  /**
   * Places for a slice's picks and their scores, a power of two: the picks of any one head fit, and
   * usually those of all heads in flight.
   */
  public int pickPlaces() {
    return Math.max(2, 1 << (32 - Integer.numberOfLeadingZeros(scoreEntries() - 1)));
  }

  /**
   * Most tokens of a dense job, which reads every token: tokens are dealt to the channels by lanes,
   * so that the score buffers fill evenly.
   */
  public int denseTokens() {
    return scoreEntries() / lanes() * lanes() * channels();
  }

  /** Most tokens that are read for one head, of any job. */
  public int mostTokens() {
    return Math.max(maxSelected, denseTokens());
  }
}
