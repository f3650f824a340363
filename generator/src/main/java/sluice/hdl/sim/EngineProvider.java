package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import sluice.hdl.netlist.Design;

/**
 * Starts an engine that is not part of this package. Found by {@link java.util.ServiceLoader}, so
 * that simulation does not know of other tools.
 */
public interface EngineProvider {

  /** What {@link SimulatorOptions#engine} calls it. */
  String name();

  /**
   * Starts a circuit, with all inputs 0.
   *
   * @param design the checked circuit, as for simulation: with all that has a name
   * @param options seed and treatment of undefined bits
   * @throws IllegalStateException if a tool that it needs refuses
   */
  SimulationEngine engine(Design design, SimulatorOptions options);

  /** The engine that options name, beside those of the JVM. */
  static SimulationEngine start(Design design, SimulatorOptions options) {
    List<String> names = new ArrayList<>(JvmEngine.NAMES);
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals(options.engine())) {
        return provider.engine(design, options);
      }
      names.add(provider.name());
    }
    throw new IllegalArgumentException("no engine " + options.engine() + " among " + names);
  }
}
