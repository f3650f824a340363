package sluice.hdl.sim;

/**
 * What decides how fast compiled code is, and nothing else.
 *
 * @param operations of a part of the schedule, about: small ones cost calls, large ones are
 *     compiled badly by the JVM
 * @param countedCycles cycles in which changing parts are counted: a circuit may be busy for a
 *     while only
 * @param plainCycles cycles without comparing, before it is tried again for a few
 * @param mostChanging share of the parts up to which it pays to look for those that change
 */
record Tuning(int operations, int countedCycles, int plainCycles, double mostChanging) {

  /** Found with the accelerator and with arrays of which every cell works in every cycle. */
  static Tuning standard() {
    return new Tuning(80, 1024, 1 << 13, 0.8);
  }
}
