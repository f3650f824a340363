package sluice.cosim.dram;

/** A read or write of a range of bytes, in one burst of the port. */
public final class DramAccess {

  /** {@link #answer} of an access that has not been answered. */
  public static final long NEVER = Long.MAX_VALUE;

  private final long address;
  private final long bytes;
  private final boolean write;
  private long accepted;
  private long order;
  private int commandsLeft;
  private long answer = NEVER;

  /**
   * An access.
   *
   * @param address of the first byte
   * @param bytes at least 1
   */
  public DramAccess(long address, long bytes, boolean write) {
    this.address = address;
    this.bytes = bytes;
    this.write = write;
  }

  long address() {
    return address;
  }

  long bytes() {
    return bytes;
  }

  boolean isWrite() {
    return write;
  }

  /** First cycle of the port in which it can be answered, all of it. */
  public long answer() {
    return answer;
  }

  void accept(long memoryCycle, long number, int commands) {
    accepted = memoryCycle;
    order = number;
    commandsLeft = commands;
  }

  /** The cycle of the memory in which it came. */
  long accepted() {
    return accepted;
  }

  /** Accesses are numbered as they come. */
  long order() {
    return order;
  }

  /** Counts a column command; says whether it was the last. */
  boolean commandIssued() {
    return --commandsLeft == 0;
  }

  void answerAt(long portCycle) {
    answer = portCycle;
  }
}
