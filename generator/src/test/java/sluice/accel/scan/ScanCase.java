package sluice.accel.scan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Stalls;

/**
 * A configuration and a seed for a random test; its name says both.
 *
 * @param name what the configuration is
 * @param stalls how its streams stall
 */
record ScanCase(String name, AcceleratorConfig config, long seed, Stalls stalls) {

  /** Accelerators of different shapes: groups of 1 to 8, 8 to 256 heavy channels, 2 to 8 bits. */
  static Map<String, AcceleratorConfig> configs() {
    Map<String, AcceleratorConfig> configs = new LinkedHashMap<>();
    configs.put("tiny", TestConfigs.tiny());
    configs.put("trace G=3 kb=4", TestConfigs.trace(3, 4));
    configs.put("trace", TestConfigs.trace(1, 2));
    configs.put("wide", TestConfigs.wide());
    configs.put("coarse", TestConfigs.coarse());
    configs.put(
        "two bits", TestConfigs.operators(1, 64, 32, 2, 11, 2, 2, 1024, 256, 64, 64, 2, 8, 1, 40));
    configs.put(
        "all channels",
        TestConfigs.operators(1, 512, 128, 1, 128, 4, 8, 16, 256, 64, 64, 2, 8, 1, 40));
    configs.put(
        "eight heads",
        TestConfigs.operators(1, 128, 16, 8, 16, 4, 5, 64, 256, 64, 64, 2, 8, 1, 40));
    return configs;
  }

  /** Each configuration, named. */
  static Stream<Named<AcceleratorConfig>> shapes() {
    return EngineShapes.of(
        configs().entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue())));
  }

  /** Each configuration under each pattern of stalls. */
  static Stream<ScanCase> all() {
    return shapes()
        .flatMap(
            shape ->
                Stream.of(Stalls.values())
                    .map(
                        stalls ->
                            new ScanCase(
                                shape.getName(),
                                shape.getPayload(),
                                1 + stalls.ordinal(),
                                stalls)));
  }

  Random random() {
    return new Random(seed);
  }

  @Override
  public String toString() {
    return "%s, seed %d, stalls %s".formatted(name, seed, stalls);
  }
}
