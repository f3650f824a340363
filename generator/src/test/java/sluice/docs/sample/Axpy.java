package sluice.docs.sample;

import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Pipeline;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.lib.numeric.FloatMultiplyAdd;
import sluice.hdl.lib.numeric.FloatResult;

/** {@code a * x + y} of floating-point numbers, rounded once. */
public final class Axpy extends Module {

  /** One element of both vectors. */
  public record Pair(UInt x, UInt y) implements Bundle {}

  public final Stream<Pair> pairs;
  public final Stream<FloatResult> sums;

  /** The factor; stable while there are pairs. */
  public final UInt a;

  /**
   * @param depth of the pipeline
   */
  public Axpy(FloatFormat format, Depth depth) {
    pairs = input(Stream.of(new Pair(format.type(), format.type())));
    sums = output(Stream.of(FloatResult.type(format.bits())));
    a = input(format.type());

    Pipeline.balanced(
        pairs, sums, depth, pair -> FloatMultiplyAdd.of(format, a, pair.x(), pair.y()));
  }
}
