package sluice.hdl;

import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.timing.DelayModel;
import sluice.hdl.timing.LogicLevels;

/**
 * How deep a {@linkplain Balanced balanced pipeline} is: a number of stages, or the longest time of
 * a stage, from which the number follows.
 */
public final class Depth {
  private final int stages;
  private final int limit;
  private final DelayModel model;

  private Depth(int stages, int limit, DelayModel model) {
    this.stages = stages;
    this.limit = limit;
    this.model = model;
  }

  /**
   * A number of stages, each as short in levels of logic as that number allows.
   *
   * @param stages cycles of latency; with 0 there are no registers
   */
  public static Depth stages(int stages) {
    return stages(stages, new LogicLevels());
  }

  /** A number of stages, each as short as that number allows in the unit of a model. */
  public static Depth stages(int stages, DelayModel model) {
    check(stages, 0, "stages");
    return new Depth(stages, 0, model);
  }

  /**
   * As few stages as possible, at least one, each of at most so many levels of logic.
   *
   * @param levels at least 1; see {@link LogicLevels}
   */
  public static Depth levels(int levels) {
    return within(levels, new LogicLevels());
  }

  /**
   * As few stages as possible, at least one, each of at most a time in the unit of a model: for
   * example picoseconds.
   *
   * @param limit at least 1
   */
  public static Depth within(int limit, DelayModel model) {
    check(limit, 1, "for a stage");
    return new Depth(-1, limit, model);
  }

  private static void check(int value, int least, String what) {
    if (value < least) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.OUT_OF_RANGE,
              "a pipeline with " + value + " " + what,
              Trace.fault(),
              null,
              "the least is " + least));
    }
  }

  boolean isLimit() {
    return stages < 0;
  }

  int stages() {
    return stages;
  }

  int limit() {
    return limit;
  }

  DelayModel model() {
    return model;
  }
}
