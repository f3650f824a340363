package sluice.cosim.jvm;

import sluice.cosim.dram.DramAccess;

/** A request that a memory has taken and not answered. */
class Transaction {
  private final AxiRequest request;
  private final int answers;
  private int answered;
  private long ready;
  private DramAccess access;

  /**
   * @param answers transfers that answer it: the beats of a read, the response of a write
   */
  Transaction(AxiRequest request, int answers) {
    this.request = request;
    this.answers = answers;
  }

  AxiRequest request() {
    return request;
  }

  /** Transfers that have answered it so far. */
  int answered() {
    return answered;
  }

  /** Counts a transfer; says whether it was the last. */
  boolean answer() {
    return ++answered == answers;
  }

  void readyAt(long cycle) {
    ready = cycle;
  }

  /** The access to DRAM that it waits for. */
  void readyWith(DramAccess ofDram) {
    access = ofDram;
  }

  /** First cycle of the answer, as far as it is known. */
  long ready() {
    return access == null ? ready : access.answer();
  }
}
