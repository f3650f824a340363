package sluice.accel.memory;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigValidation;
import sluice.config.Presets;
import sluice.config.TestConfigs;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Stalls;

/** Accelerators whose caches have different shapes. */
final class Shapes {
  private Shapes() {}

  /** One of everything odd: see the comments; on an engine that compiles, the first. */
  static Stream<AcceleratorConfig> all() {
    return EngineShapes.of(every());
  }

  /** Each of them under each pattern of stalls. */
  static Stream<Arguments> stalled() {
    return Stalls.of(all());
  }

  /** The widest address, on any engine. */
  static AcceleratorConfig widestAddress() {
    return every().filter(config -> config.addressBits() == 64).findFirst().orElseThrow();
  }

  private static Stream<AcceleratorConfig> every() {
    return Stream.of(
        Presets.get("tiny"),
        TestConfigs.trace(1, 4),
        TestConfigs.wide(),
        // A page of one row.
        TestConfigs.coarse(),
        // One lane, one page, one head, one read in flight, the widest address.
        odd(1, 64, 32, 3, 32, 2, 128, 128, 1, 1, 64),
        // One lane, one row a page, one-beat vectors.
        odd(2, 512, 32, 1, 32, 4, 64, 8, 7, 3, 33));
  }

  private static AcceleratorConfig odd(
      int channels,
      int channelBits,
      int headDim,
      int groupQueries,
      int heavyChannels,
      int keyBits,
      int context,
      int pageTokens,
      int kvHeads,
      int readsInFlight,
      int addressBits) {
    return ConfigValidation.check(
        TestConfigs.operators(
            channels,
            channelBits,
            headDim,
            groupQueries,
            heavyChannels,
            keyBits,
            4,
            16,
            context,
            Math.min(context, 16),
            pageTokens,
            kvHeads,
            readsInFlight,
            1,
            addressBits));
  }
}
