package sluice.docs.sample;

import sluice.hdl.Balanced;
import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Pipeline;

/** The square of the distance of each point from the origin. */
public final class Distance extends Module {

  /** A point, and whose it is. */
  public record Point(SInt x, SInt y, UInt owner) implements Bundle {}

  /** A squared distance, and whose it is. */
  public record Square(UInt length, UInt owner) implements Bundle {}

  public final Stream<Point> points;
  public final Stream<Square> squares;

  /**
   * @param depth of the pipeline
   */
  public Distance(Depth depth) {
    points = input(Stream.of(new Point(SInt.of(9), SInt.of(9), UInt.of(4))));
    squares = output(Stream.of(new Square(UInt.of(18), UInt.of(4))));

    Balanced<Square> pipeline =
        Pipeline.balanced(
            points,
            squares,
            depth,
            point -> {
              SInt squareX = point.x().times(point.x());
              SInt squareY = point.y().times(point.y());
              UInt length = squareX.plus(squareY).asUInt().truncate(18);
              return new Square(length, point.owner());
            });
    describe(
        "Latency: %d cycles; at most %d levels of logic in a stage; %d bits of registers."
            .formatted(pipeline.latency(), pipeline.worstStage(), pipeline.registerBits()));
  }
}
