package sluice.hdl;

import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;

/**
 * A number that a part is built with, to be checked by the part before it builds anything. One that
 * is not allowed ends construction with a {@link Diagnostic} of the kind {@code parameter}, at the
 * line that uses the part.
 *
 * <pre>{@code
 * Parameter.of("Throttle", "interval", interval).atLeast(2);
 * }</pre>
 */
public final class Parameter {
  private final String what;
  private final long value;

  private Parameter(String what, long value) {
    this.what = what;
    this.value = value;
  }

  /**
   * A parameter, to be followed by what is allowed.
   *
   * @param part the class that has the parameter
   * @param name the parameter as its Javadoc has it
   * @param value what was given
   */
  public static Parameter of(String part, String name, long value) {
    return new Parameter(name + " of " + part, value);
  }

  /** Demands a number that is not below the least. */
  public void atLeast(long least) {
    require(value >= least, "at least " + least, "give " + least + " or more");
  }

  /** Demands a number from the least to the most, both included. */
  public void within(long least, long most) {
    String allowed = least == most ? "only " + least : least + " to " + most;
    require(value >= least && value <= most, allowed, "give " + nearest(least, most));
  }

  /** Demands a power of two that is not below the least, which is one itself. */
  public void powerOfTwo(long least) {
    require(
        value >= least && Long.bitCount(value) == 1,
        "a power of two of at least " + least,
        "give " + nearestPower(least, Long.highestOneBit(Long.MAX_VALUE)));
  }

  /** Demands a power of two from the least to the most, which are powers themselves. */
  public void powerOfTwo(long least, long most) {
    require(
        value >= least && value <= most && Long.bitCount(value) == 1,
        "a power of two from " + least + " to " + most,
        "give " + nearestPower(least, most));
  }

  /**
   * Demands what no other method says.
   *
   * @param holds whether the number is allowed
   * @param allowed what is, to follow "allowed is"
   * @param advice what to do about one that is not
   */
  public void require(boolean holds, String allowed, String advice) {
    if (!holds) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.PARAMETER,
              what + " is " + value + "; allowed is " + allowed,
              Trace.use(),
              null,
              advice));
    }
  }

  private long nearest(long least, long most) {
    return value < least ? least : most;
  }

  private String nearestPower(long least, long most) {
    if (value <= least || value >= most) {
      return Long.toString(nearest(least, most));
    }
    long below = Long.highestOneBit(value);
    return below + " or " + 2 * below;
  }
}
