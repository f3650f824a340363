package sluice.accel.topk;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigValidation;
import sluice.config.TestConfigs;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Stalls;

/** Configurations whose rows differ: 1 to 256 tokens, one row to hundreds. */
enum TopKConfigs {
  FOUR_LANES(1, 64, 8, 2, 4, 64, 1024, 64),
  /** Two tokens a row; fewer score bits than bucket bits. */
  TWO_LANES(2, 64, 16, 4, 2, 1024, 64, 2),
  /** One token a row. */
  ONE_LANE(1, 64, 16, 4, 4, 16, 128, 4),
  EIGHT_LANES(1, 512, 32, 2, 8, 256, 512, 8),
  /** The longest sequence is one row. */
  ONE_ROW(4, 64, 8, 2, 4, 16, 16, 16),
  MANY_LANES(16, 256, 32, 2, 4, 32, 512, 64),
  MOST_LANES(32, 512, 32, 2, 4, 16, 1024, 256);

  private final AcceleratorConfig config;

  TopKConfigs(
      int channels,
      int channelBits,
      int heavy,
      int keyBits,
      int queryBits,
      int buckets,
      int context,
      int pageTokens) {
    config = of(channels, channelBits, heavy, keyBits, queryBits, buckets, context, pageTokens);
  }

  /** A configuration; what has nothing to do with the selection is as small as it can be. */
  static AcceleratorConfig of(
      int channels,
      int channelBits,
      int heavy,
      int keyBits,
      int queryBits,
      int buckets,
      int context,
      int pageTokens) {
    return ConfigValidation.check(
        TestConfigs.operators(
            channels,
            channelBits,
            32,
            1,
            heavy,
            keyBits,
            queryBits,
            buckets,
            context,
            context,
            pageTokens,
            1,
            8,
            1,
            32));
  }

  AcceleratorConfig config() {
    return config;
  }

  static Stream<TopKConfigs> shapes() {
    return EngineShapes.of(Stream.of(values()));
  }

  /** Each of them under each pattern of stalls. */
  static Stream<Arguments> stalled() {
    return Stalls.of(shapes());
  }

  /** Those that simulate fast. */
  static Stream<TopKConfigs> small() {
    return shapes().filter(c -> c.config.rowTokens() <= 16);
  }

  int rowsOf(int tokens) {
    return (tokens + config.rowTokens() - 1) / config.rowTokens();
  }

  /** Numbers of tokens at the edges of rows, and the longest sequence. */
  int[] lengths() {
    int lanes = config.rowTokens();
    return Stream.of(
            1, 2, 3, 4, lanes - 1, lanes, lanes + 1, 2 * lanes, 3 * lanes - 1, config.context())
        .mapToInt(Integer::intValue)
        .filter(n -> n >= 1 && n <= config.context())
        .distinct()
        .toArray();
  }
}
