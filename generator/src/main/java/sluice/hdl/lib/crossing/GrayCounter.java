package sluice.hdl.lib.crossing;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * A counter modulo 2^width whose value is there as a number and in {@linkplain GrayCode Gray code}.
 * Both come from registers, so that the code may go through a {@link Synchronizer}. Counts in the
 * cycles in which {@code advance} is high; begins at 0.
 */
public final class GrayCounter extends Module {
  /** Counts on at the end of the cycle. */
  public final Bool advance = input(Bool.of());

  /** The count; a register. */
  public final UInt number;

  /** The Gray code of {@code number}; a register. */
  public final UInt code;

  /**
   * @param width bits
   */
  public GrayCounter(int width) {
    super("gray_counter" + width);
    Parameter.of("GrayCounter", "width", width).atLeast(1);
    describe("Counter modulo 2^" + width + " with its Gray code.");
    number = output(UInt.of(width));
    code = output(UInt.of(width));
    UInt count = register(UInt.of(width)).reset(0);
    UInt gray = register(UInt.of(width)).reset(0);
    UInt next = count.plusWrap(1);
    when(
        advance,
        () -> {
          count.set(next);
          gray.set(GrayCode.encode(next));
        });
    number.set(count);
    code.set(gray);
  }
}
