package sluice.hdl.sim;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * How the streams of a block under test stall, each by a seed of its own. Gaps of sources starve a
 * block, refusals of sinks fill it up; what fails under one often holds under the others.
 */
public enum Stalls {
  /** All streams go on in every cycle. */
  NEVER(0, 0),
  /** The block waits for its inputs; outputs are taken at once. */
  SOURCES(0.6, 0),
  /** The block is held up at its outputs; inputs are there at once. */
  SINKS(0, 0.6),
  /** All stall now and then. */
  SOME(0.3, 0.3),
  /** Long runs without stalls and with nothing but stalls, in turn and apart at each stream. */
  RUNS(0.5, 0.5),
  /** Hardly anything goes on. */
  NEARLY_ALWAYS(0.9, 0.9);

  private static final int LONGEST_RUN = 24;

  private final double sources;
  private final double sinks;

  Stalls(double sources, double sinks) {
    this.sources = sources;
    this.sinks = sinks;
  }

  /** For the driver of a stream. */
  public StallPattern source(long seed) {
    return pattern(sources, seed);
  }

  /** For the sink of a stream. */
  public StallPattern sink(long seed) {
    return pattern(sinks, seed);
  }

  /** For what both offers and takes, such as a memory: the probability of a stall. */
  public double both() {
    return Math.max(sources, sinks);
  }

  private StallPattern pattern(double probability, long seed) {
    return this == RUNS
        ? StallPattern.bursts(LONGEST_RUN, LONGEST_RUN, seed)
        : StallPattern.random(probability, seed);
  }

  /** Arguments of a parameterized test: each of something, under each of these patterns. */
  public static Stream<Arguments> of(Stream<?> things) {
    return things.flatMap(thing -> Stream.of(values()).map(stalls -> Arguments.of(thing, stalls)));
  }
}
