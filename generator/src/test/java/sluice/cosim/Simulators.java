package sluice.cosim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import sluice.accel.Accelerator;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigReader;
import sluice.cosim.jvm.SimulatedAccelerator;

/** Simulators of accelerators of a few shapes. A shape is a preset, with overrides behind it. */
final class Simulators {

  /** The smallest preset. */
  static final String TINY = "tiny";

  /** Four channels of one lane each, three queries a KV head, key codes of 4 bits. */
  static final String CHANNELS =
      "tiny,channels=4,heavyChannels=16,keyBits=4,groupQueries=3,kvHeads=3";

  /** Arithmetic as standard cells want it. */
  static final String GATES = "tiny,groupQueries=2,arithmetic=gates";

  private Simulators() {}

  /** Builds the simulator of a shape, unless that is there already. */
  static VerilatedAccelerator build(String shape) throws IOException {
    ProjectFiles project = new ProjectFiles(Path.of(System.getProperty("sluice.root")));
    return VerilatedAccelerator.build(config(shape), project, false);
  }

  /** The accelerator of a shape in the JVM simulator. */
  static SimulatedAccelerator inJvm(String shape) {
    AcceleratorConfig config = config(shape);
    return new SimulatedAccelerator(config, new Accelerator(config));
  }

  private static AcceleratorConfig config(String shape) {
    int comma = shape.indexOf(',');
    String preset = comma < 0 ? shape : shape.substring(0, comma);
    List<String> overrides = comma < 0 ? List.of() : List.of(shape.substring(comma + 1));
    return ConfigReader.read(preset, overrides).config();
  }
}
