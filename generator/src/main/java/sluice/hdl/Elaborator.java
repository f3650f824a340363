package sluice.hdl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.hdl.check.Checks;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.check.Policy;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.pass.Pass;

/** Ends the construction of a circuit and gives its netlists. */
public final class Elaborator {
  private Elaborator() {}

  /**
   * The finished design below a top module; warnings go to standard error.
   *
   * @throws ElaborationException if the circuit cannot be hardware
   */
  public static Design elaborate(Module top) {
    return elaborate(top, Policy.standard());
  }

  /**
   * The finished design below a top module, with warnings by a policy.
   *
   * @throws ElaborationException if the circuit cannot be hardware, or has what the policy refuses
   */
  public static Design elaborate(Module top, Policy policy) {
    return elaborate(top, policy, Pass.standard());
  }

  /**
   * The finished design below a top module with everything in it that has a name, used or not; no
   * warnings.
   *
   * @throws ElaborationException if the circuit cannot be hardware
   */
  public static Design forSimulation(Module top) {
    return elaborate(top, Policy.quiet(), Pass.simulation());
  }

  /**
   * The finished design below a top module, after passes of one's own choice.
   *
   * @throws ElaborationException if the circuit cannot be hardware, or has what the policy refuses
   */
  public static Design elaborate(Module top, Policy policy, List<Pass> passes) {
    top.finish();
    if (top instanceof BlackBox) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.BLACK_BOX,
              top.describe() + " is a black box and the top",
              top.netlist().site(),
              null,
              "place it in a module with instance(...)"));
    }
    Design design = Design.of(top.netlist());
    List<Netlist> modules = design.modules();
    // Several objects of one class make one mistake once.
    Set<Diagnostic> mistakes = new LinkedHashSet<>(top.drivers().mistakes());
    Checks checks = new Checks();
    mistakes.addAll(checks.of(modules));
    if (mistakes.isEmpty()) {
      mistakes.addAll(checks.warnings(modules, policy));
    }
    if (!mistakes.isEmpty()) {
      throw new ElaborationException(List.copyOf(mistakes));
    }
    return Pass.all(passes, design);
  }
}
