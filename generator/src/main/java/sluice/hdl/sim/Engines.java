package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import sluice.hdl.netlist.Design;

/** Finds engines by name. */
final class Engines {
  private Engines() {}

  static SimulationEngine start(Design design, Hierarchy hierarchy, SimulatorOptions options) {
    List<String> names = new ArrayList<>(List.of(SimulatorOptions.JVM));
    if (options.engine().equals(SimulatorOptions.JVM)) {
      return new JvmEngine(hierarchy, options);
    }
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals(options.engine())) {
        return provider.start(design, options);
      }
      names.add(provider.name());
    }
    throw new IllegalArgumentException("no engine " + options.engine() + " among " + names);
  }
}
