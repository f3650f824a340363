package sluice.hdl;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.check.Checks;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.pass.Pass;

/** Ends the construction of a circuit and gives its netlists. */
public final class Elaborator {
  private Elaborator() {}

  /**
   * The finished design below a top module.
   *
   * @throws ElaborationException if the circuit cannot be hardware
   */
  public static Design elaborate(Module top) {
    return elaborate(top, Pass.standard());
  }

  /**
   * The finished design below a top module, after passes of one's own choice.
   *
   * @throws ElaborationException if the circuit cannot be hardware
   */
  public static Design elaborate(Module top, List<Pass> passes) {
    top.finish();
    List<Netlist> modules = new ArrayList<>();
    collect(top.netlist(), new IdentityHashMap<>(), modules);
    List<Diagnostic> diagnostics = new Checks().of(modules);
    if (!diagnostics.isEmpty()) {
      throw new ElaborationException(diagnostics);
    }
    for (Pass pass : passes) {
      modules.forEach(pass::apply);
    }
    return new Design(modules);
  }

  private static void collect(Netlist netlist, Map<Netlist, Boolean> seen, List<Netlist> modules) {
    if (seen.put(netlist, true) != null) {
      return;
    }
    for (Instance instance : netlist.instances()) {
      collect(instance.child(), seen, modules);
    }
    modules.add(netlist);
  }
}
