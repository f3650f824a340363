package sluice.hdl.pass;

import java.util.List;
import sluice.hdl.netlist.Design;

/** A change of a design that keeps what the circuit does at its ports. */
@FunctionalInterface
public interface Pass {

  /** The changed design. Doing it twice is the same as once. */
  Design apply(Design design);

  /** The design after some passes, one after the other. */
  static Design all(List<Pass> passes, Design design) {
    Design result = design;
    for (Pass pass : passes) {
      result = pass.apply(result);
    }
    return result;
  }

  /**
   * The passes before a design is written. Equal modules are sought first, so that the others see
   * each of them once, and again last, when what the others have changed may make more of them
   * equal.
   */
  static List<Pass> standard() {
    return List.of(
        new ModuleDeduplication(),
        new AliasRemoval(),
        new ConstantFolding(),
        new CommonSubexpressions(),
        new DeadLogic(),
        new ModuleDeduplication());
  }

  /** The passes before a design is simulated: nothing that has a name is left out. */
  static List<Pass> simulation() {
    return List.of(new AliasRemoval(), new CommonSubexpressions());
  }
}
