package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * What kind of number one is; exactly one of the kinds holds. Their order is that of RISC-V's
 * {@code fclass}, from its lowest bit.
 */
public record FloatClass(
    Bool negativeInfinity,
    Bool negativeNormal,
    Bool negativeSubnormal,
    Bool negativeZero,
    Bool positiveZero,
    Bool positiveSubnormal,
    Bool positiveNormal,
    Bool positiveInfinity,
    Bool signalingNan,
    Bool quietNan)
    implements Bundle {

  /** Classifies, combinational. */
  public static FloatClass of(FloatFormat format, UInt number) {
    FloatFields fields = FloatFields.of(format, number);
    Bool negative = fields.negative();
    Bool positive = negative.not();
    Bool normal = fields.normal().andNot(fields.special());
    Bool subnormal = fields.normal().or(fields.zero()).not();
    return new FloatClass(
        negative.and(fields.infinite()),
        negative.and(normal),
        negative.and(subnormal),
        negative.and(fields.zero()),
        positive.and(fields.zero()),
        positive.and(subnormal),
        positive.and(normal),
        positive.and(fields.infinite()),
        fields.signaling(),
        fields.nan().andNot(fields.signaling()));
  }
}
