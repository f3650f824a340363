package sluice.cosim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import sluice.config.AcceleratorConfig;
import sluice.layout.AppendJob;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;

/**
 * A ring of random jobs over random memories: several sequences, appended or there from the start,
 * with jobs that append to them and decode them in turn.
 */
final class RandomJobs {
  /** Sequences are not longer than this, though the accelerator may allow more. */
  private static final int MOST_TOKENS = 1024;

  /** Vectors that all appends of a run write together, keys apart from values. */
  private static final int MOST_APPENDED = 600;

  private static final int MOST_JOBS = 8;

  private final AcceleratorConfig config;
  private final Random random;
  private final JobMemory memory;
  private final List<RandomSequence> sequences = new ArrayList<>();
  private int appendsLeft = MOST_APPENDED;

  private RandomJobs(AcceleratorConfig config, long seed) {
    this.config = config;
    random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    int jobs = 1 + random.nextInt(MOST_JOBS);
    int ringLog2 = Integer.SIZE - Integer.numberOfLeadingZeros(jobs - 1) + random.nextInt(2);
    long ringBytes = (long) DescriptorLayout.BYTES << ringLog2;
    long ring = 8L * random.nextInt(1024);
    long hostBase = ring + ringBytes + 8L * random.nextInt(16);
    int mostPages = Math.max(1, Math.min(config.pages(), MOST_TOKENS / config.pageTokens()));
    int[] pagesOf = random.ints(1 + random.nextInt(3), 1, mostPages + 1).toArray();
    int kvPages = IntStream.of(pagesOf).sum() + random.nextInt(3);
    long kvBase = 4096L * random.nextInt(5);
    memory = new JobMemory(config, random, hostBase, kvBase, kvPages, ring, ringLog2);

    int[] permutation = random.ints(0, kvPages).distinct().limit(kvPages).toArray();
    int next = 0;
    for (int pages : pagesOf) {
      int from = next;
      next += pages;
      long[] table = IntStream.range(from, next).mapToLong(i -> permutation[i]).toArray();
      RandomSequence sequence = new RandomSequence(memory, random, table);
      if (random.nextInt(3) != 0) {
        sequence.preload(tokens(sequence.capacity));
      }
      sequences.add(sequence);
    }
    for (int job = 0; job < jobs; job++) {
      addJob();
    }
  }

  /** The memories with the jobs of a seed. */
  static JobMemory of(AcceleratorConfig config, long seed) {
    return new RandomJobs(config, seed).memory;
  }

  private void addJob() {
    RandomSequence sequence = sequences.get(random.nextInt(sequences.size()));
    boolean full = sequence.tokens == sequence.capacity && random.nextInt(4) != 0;
    if ((sequence.tokens == 0 || random.nextInt(3) == 0) && !full && appendsLeft > 0) {
      append(sequence);
    } else {
      decode(sequence);
    }
  }

  /** A number of tokens, 1 to most; the corners are frequent. */
  private int tokens(int most) {
    int page = config.pageTokens() * (1 + random.nextInt(3));
    int n =
        switch (random.nextInt(6)) {
          case 0 -> 1 + random.nextInt(4);
          case 1 -> page + random.nextInt(3) - 1;
          case 2 -> config.rowTokens() * (1 + random.nextInt(6)) + random.nextInt(3) - 1;
          case 3 -> most;
          default -> 1 + random.nextInt(most);
        };
    return Math.max(1, Math.min(n, most));
  }

  private HeadRange heads() {
    int first = random.nextInt(config.kvHeads());
    return new HeadRange(first, 1 + random.nextInt(config.kvHeads() - first));
  }

  /** New tokens behind those that are there, or in place of some of them. */
  private void append(RandomSequence sequence) {
    HeadRange heads = heads();
    int before = sequence.tokens;
    if (before == sequence.capacity || random.nextInt(8) == 0) {
      before = random.nextInt(sequence.capacity);
    }
    int room = sequence.capacity - before;
    int most = Math.max(1, Math.min(room, appendsLeft / heads.count()));
    int count = random.nextInt(3) == 0 ? 1 : tokens(most);
    appendsLeft -= count * heads.count();
    sequence.tokens = Math.max(sequence.tokens, before + count);
    memory.add(
        new AppendJob(
            heads,
            before + count,
            count,
            sequence.blockTable(before + count),
            memory.host.halves(sequence.keys(count * heads.count())),
            memory.host.halves(sequence.values(count * heads.count())),
            sequence.headTable,
            memory.results(CompletionLayout.BYTES),
            tag()));
  }

  /** Attention over the tokens that are there; now and then over fewer or more. */
  private void decode(RandomSequence sequence) {
    HeadRange heads = heads();
    HostLayout layout = new HostLayout(config);
    int n = sequence.tokens;
    if (n == 0 || random.nextInt(3) == 0) {
      n = tokens(sequence.capacity);
    }
    boolean dense = random.nextInt(5) == 0;
    if (dense) {
      n = Math.min(n, config.denseTokens());
    }
    int rows = heads.count() * config.groupQueries();
    int specials = random.nextInt(8) == 0 ? 1 : 0;
    memory.add(
        new DecodeJob(
            heads,
            dense ? DecodeParameters.dense(n, factor(), skip()) : parameters(n),
            sequence.blockTable(n),
            memory.host.halves(
                HalfKind.any(random).matrix(random, rows, config.headDim(), specials)),
            memory.results(layout.queryBytes(heads.count())),
            sequence.headTable,
            random.nextInt(4) == 0 ? 0 : memory.results(layout.bitmapsBytes(heads.count())),
            memory.results(CompletionLayout.BYTES),
            tag()));
  }

  private DecodeParameters parameters(int n) {
    int left = config.maxSelected();
    int sink = forced(n, left);
    left -= sink;
    int recent = forced(n, left);
    left -= recent;
    int budget =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> left;
          case 2 -> Math.min(left, n);
          default -> random.nextInt(Math.min(left, n) + 1);
        };
    int window = 1 + 2 * random.nextInt(4);
    return new DecodeParameters(n, budget, sink, recent, window, factor(), skip());
  }

  private int skip() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(DecodeParameters.MAX_SKIP + 1);
      case 1 -> DecodeParameters.MAX_SKIP;
      case 2 -> 64;
      default -> 0;
    };
  }

  private int forced(int n, int left) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(left + 1);
      case 1 -> Math.min(left, random.nextInt(n + 1));
      case 2 -> 0;
      default -> Math.min(left, random.nextInt(9));
    };
  }

  private int factor() {
    if (random.nextInt(3) != 0) {
      return DecodeParameters.defaultFactor(config.headDim());
    }
    int least = DecodeParameters.MIN_FACTOR_EXPONENT;
    int exponent = least + random.nextInt(DecodeParameters.MAX_FACTOR_EXPONENT - least + 1);
    return exponent << 23 | random.nextInt(1 << 23);
  }

  private long tag() {
    return random.nextInt() & 0xFFFF_FFFFL;
  }
}
