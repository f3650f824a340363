package sluice.accel.attention;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * One beat of a value with the weights of its token.
 *
 * @param values halves [E]
 * @param weights in units of 2^-16, at most 65536, [G]
 * @param bank which sums it counts in
 * @param index of the beat in the vector
 * @param last whether it is the last of its value
 */
public record ValueBeat(Vec<UInt> values, Vec<UInt> weights, UInt bank, UInt index, Bool last)
    implements Bundle {

  /** The type for a configuration. */
  public static ValueBeat type(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    return new ValueBeat(
        Vec.of(config.elementsPerBeat(), types.half()),
        types.weights(),
        UInt.index(ValueAccumulator.BANKS),
        types.beatIndex(),
        Bool.of());
  }
}
