package sluice.cosim.jvm;

/**
 * The behaviour of one memory. That of the random model changes in phases, as a memory behind a
 * busy interconnect would: always ready for a while, then hardly ever, then ready only once it has
 * seen VALID. Orders that AXI leaves to the slave are all taken in turn.
 */
final class Mood {
  private static final int HALF = 128;
  private static final int QUARTER = 64;
  private static final int SHORTEST = 32;
  private static final int LONGEST = 1024;
  private static final int[] PARTS = {0, 0, 24, 128, 232};

  /** What a memory waits for before it takes write data, or a write's address. */
  enum WriteOrder {
    ANY,
    ADDRESS_FIRST,
    DATA_FIRST
  }

  /** What a memory can hold back; the value is a probability in 256 parts for each cycle. */
  enum Channel {
    AR,
    AW,
    W,
    R,
    B
  }

  private final boolean orderKept;
  private final boolean alwaysAfterValid;
  private final int[] stalls = new int[Channel.values().length];
  private boolean readyAfterValid;
  private WriteOrder writeOrder;
  private long until;

  private Mood(boolean orderKept, boolean alwaysAfterValid, WriteOrder writeOrder) {
    this.orderKept = orderKept;
    this.alwaysAfterValid = alwaysAfterValid;
    this.writeOrder = writeOrder;
  }

  /** Everything at once, for ever. */
  static Mood steady() {
    return new Mood(true, false, WriteOrder.ANY);
  }

  /**
   * Phases by the generator. Half of the memories keep one write order, and a quarter wait for
   * VALID, for the whole run: a master that must not wait for them hangs, and not only for a phase.
   */
  static Mood changing(SeededRandom random) {
    boolean kept = random.chance(HALF);
    boolean after = random.chance(QUARTER);
    return new Mood(kept, after, order(random));
  }

  private static WriteOrder order(SeededRandom random) {
    WriteOrder[] orders = WriteOrder.values();
    return orders[random.below(orders.length)];
  }

  /** Draws the next phase, if the current one is over. */
  void advance(long cycle, SeededRandom random) {
    if (cycle < until) {
      return;
    }
    until = cycle + random.between(SHORTEST, LONGEST);
    for (int i = 0; i < stalls.length; i++) {
      stalls[i] = PARTS[random.below(PARTS.length)];
    }
    readyAfterValid = alwaysAfterValid || random.chance(QUARTER);
    if (!orderKept) {
      writeOrder = order(random);
    }
  }

  /** Whether a channel holds back in this cycle; draws. */
  boolean stalls(Channel channel, SeededRandom random) {
    return random.chance(stalls[channel.ordinal()]);
  }

  /** Whether READY waits for VALID. */
  boolean readyAfterValid() {
    return readyAfterValid;
  }

  WriteOrder writeOrder() {
    return writeOrder;
  }
}
