package sluice.docs.sample;

import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.Policy;
import sluice.hdl.check.Severity;
import sluice.hdl.netlist.Design;

/** A circuit elaborated with a policy of its own. */
public final class Warnings {
  private Warnings() {}

  /** Elaborates a circuit; what is unused is refused, except in test modules. */
  public static Design strictly(Module top) {
    Policy policy =
        Policy.standard()
            .with(Kind.UNUSED_INSTANCE, Severity.ERROR)
            .with(Kind.UNUSED_SIGNAL, Severity.ERROR)
            .with(Kind.UNUSED_SIGNAL, "probe_*", Severity.OFF);
    return Elaborator.elaborate(top, policy);
  }
}
