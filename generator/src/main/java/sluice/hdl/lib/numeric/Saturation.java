package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** Narrowing to the nearest number that fits. */
public final class Saturation {
  private Saturation() {}

  /**
   * A number, or the largest or smallest of {@code width} bits where it is beyond.
   *
   * @param width fewer bits than the number has
   */
  public static SInt saturate(SInt value, int width) {
    Parameter.of("Saturation", "width", width).within(1, value.width() - 1L);
    BigInteger limit = BigInteger.ONE.shiftLeft(width - 1);
    UInt upperBits = value.shiftRight(width - 1).asUInt();
    Bool fits = upperBits.andReduce().or(upperBits.orReduce().not());
    SInt most = SInt.literal(limit.subtract(BigInteger.ONE), width);
    SInt least = SInt.literal(limit.negate(), width);
    SInt bound = mux(value.isNegative(), least, most);
    return mux(fits, value.truncate(width), bound);
  }
}
