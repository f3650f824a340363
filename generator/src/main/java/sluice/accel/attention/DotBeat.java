package sluice.accel.attention;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * One beat of a key with the same elements of the queries.
 *
 * @param key halves [E]
 * @param query halves [G][E]
 * @param last whether it is the last beat of the key
 */
public record DotBeat(Vec<UInt> key, Vec<Vec<UInt>> query, Bool last) implements Bundle {

  /** The type for a configuration. */
  public static DotBeat type(AcceleratorConfig config) {
    Vec<UInt> elements = Vec.of(config.elementsPerBeat(), UInt.of(16));
    return new DotBeat(elements, Vec.of(config.groupQueries(), elements), Bool.of());
  }
}
