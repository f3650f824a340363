package sluice.hdl.lib.crossing;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * Brings a signal of another clock domain, or an asynchronous one, into the domain that the part is
 * placed in: registers in a row, of which the first may become metastable. Latency: as many cycles
 * as stages, or one more. The value after reset is 0.
 *
 * <p>What comes in is a register's output. A change that lasts for less than a cycle may be missed.
 * Of more than one bit, at most one may change within a cycle, as in a {@linkplain GrayCode Gray
 * code}: otherwise a value comes out that never went in.
 *
 * @param <T> the type of the signal
 */
public final class Synchronizer<T extends Data> extends Module {
  /** The usual number of stages, and the fewest. */
  public static final int STAGES = 2;

  /** What comes in, of no domain: it may change at any time. */
  public final T in;

  /** The same some cycles later, in the domain that the part is placed in; a register. */
  public final T out;

  /**
   * @param type the signal's type, usually {@code Bool.of()}
   * @param stages registers in a row, at least 2; more where the clock is fast
   */
  public Synchronizer(T type, int stages) {
    super("synchronizer" + stages + (widthOf(type) == 1 ? "" : "x" + widthOf(type)));
    requireStages("Synchronizer", stages);
    describe("Synchronizer of " + stages + " stages.");
    in = asynchronousInput(type);
    out = output(type);

    UInt last = pack(in);
    for (int i = 0; i < stages; i++) {
      last = synchronizerStage(last).reset(0).named("stage" + i);
    }
    connect(out, unpack(type, last));
  }

  static void requireStages(String part, int stages) {
    Parameter.of(part, "stages", stages).atLeast(STAGES);
  }

  /** A synchronizer of one signal, of the usual number of stages. */
  public static Synchronizer<Bool> ofBool() {
    return new Synchronizer<>(Bool.of(), STAGES);
  }
}
