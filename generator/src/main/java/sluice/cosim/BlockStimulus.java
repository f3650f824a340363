package sluice.cosim;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done to a block in one run. Words are packed: the first signal of a payload is the
 * highest. Inputs that are not mentioned are 0; streams that are not mentioned send nothing, or
 * must not give anything.
 */
public final class BlockStimulus {
  private final Map<String, List<BigInteger>> sent = new LinkedHashMap<>();
  private final Map<String, Integer> expected = new LinkedHashMap<>();
  private final Map<String, BigInteger> constants = new LinkedHashMap<>();
  private final Map<String, List<BigInteger>> driven = new LinkedHashMap<>();
  private final Map<String, Double> stalls = new LinkedHashMap<>();
  private long seed = 1;

  /** Sends words into a stream. */
  public BlockStimulus send(String stream, List<BigInteger> words) {
    sent.put(stream, List.copyOf(words));
    return this;
  }

  /** Waits for so many words of a stream; another one later is a failure. */
  public BlockStimulus expect(String stream, int words) {
    expected.put(stream, words);
    return this;
  }

  /** Keeps an input at a value. */
  public BlockStimulus set(String input, long value) {
    constants.put(input, BigInteger.valueOf(value));
    return this;
  }

  /** Gives an input a value a cycle, from the first one after reset; it keeps the last. */
  public BlockStimulus drive(String input, long... values) {
    driven.put(input, Arrays.stream(values).mapToObj(BigInteger::valueOf).toList());
    return this;
  }

  /** Raises an input in the first cycle after reset. */
  public BlockStimulus pulse(String input) {
    return drive(input, 1, 0);
  }

  /** The probability that a stream waits in a cycle, 0 to 0.99. */
  public BlockStimulus stall(String stream, double probability) {
    stalls.put(stream, probability);
    return this;
  }

  /** The seed of everything random. */
  public BlockStimulus seed(long number) {
    this.seed = number;
    return this;
  }

  Map<String, List<BigInteger>> sent() {
    return sent;
  }

  Map<String, Integer> expected() {
    return expected;
  }

  Map<String, BigInteger> constants() {
    return constants;
  }

  Map<String, List<BigInteger>> driven() {
    return driven;
  }

  Map<String, Double> stalls() {
    return stalls;
  }

  long seed() {
    return seed;
  }
}
