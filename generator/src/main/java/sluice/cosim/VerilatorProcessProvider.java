package sluice.cosim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.pass.Pass;
import sluice.hdl.sim.EngineProvider;
import sluice.hdl.sim.NotObservableException;
import sluice.hdl.sim.SimulationEngine;
import sluice.hdl.sim.SimulatorOptions;

/**
 * The engine {@code verilator} of the simulator: the emitted Verilog in place of the netlist. Needs
 * Verilator, a C++ compiler, and the project's folder in the system property {@code sluice.root}.
 */
public final class VerilatorProcessProvider implements EngineProvider {

  @Override
  public String name() {
    return "verilator";
  }

  @Override
  public SimulationEngine engine(Design design, SimulatorOptions options) {
    String root = System.getProperty("sluice.root");
    if (root == null) {
      throw new IllegalStateException("the system property sluice.root is not set");
    }
    for (Netlist module : design.modules()) {
      if (module.blackBox() != null) {
        throw new NotObservableException(
            "black box " + module.name() + " has no Verilog that this engine knows");
      }
    }
    Design written = Pass.all(Pass.standard(), design);
    EnginePorts ports = EnginePorts.of(written.top());
    try {
      Path program = new EngineBuild(new ProjectFiles(Path.of(root))).program(written, ports);
      return new VerilatorProcess(program, ports, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
