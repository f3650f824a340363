package sluice.hdl.fuzz;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Design;
import sluice.hdl.pass.AliasRemoval;
import sluice.hdl.pass.CommonSubexpressions;
import sluice.hdl.pass.ConstantFolding;
import sluice.hdl.pass.DeadLogic;
import sluice.hdl.pass.ModuleDeduplication;
import sluice.hdl.pass.Pass;

/**
 * Passes that a design goes through.
 *
 * @param name in messages
 */
public record Variant(String name, List<Pass> passes) {

  public Variant {
    passes = List.copyOf(passes);
  }

  /** The design as it was built. */
  static final Variant NONE = new Variant("no passes", List.of());

  /** What is done before a design is written. */
  static final Variant STANDARD = new Variant("standard passes", Pass.standard());

  /** Each pass by itself. */
  static final List<Variant> SINGLE =
      List.of(
          new Variant("alias removal", List.of(new AliasRemoval())),
          new Variant("constant folding", List.of(new ConstantFolding())),
          new Variant("common subexpressions", List.of(new CommonSubexpressions())),
          new Variant("dead logic", List.of(new DeadLogic())),
          new Variant("module deduplication", List.of(new ModuleDeduplication())));

  /** All that is tried: no passes, each by itself, and those of a circuit that is built. */
  public static List<Variant> all() {
    List<Variant> all = new ArrayList<>(List.of(NONE));
    all.addAll(SINGLE);
    all.add(new Variant("passes for simulation", Pass.simulation()));
    all.add(STANDARD);
    List<Pass> twice = new ArrayList<>(Pass.standard());
    twice.addAll(Pass.standard());
    all.add(new Variant("standard passes, twice", twice));
    return all;
  }

  /** A design after the passes, which change it. */
  public Design apply(Design design) {
    Design changed = design;
    for (Pass pass : passes) {
      changed = pass.apply(changed);
    }
    return changed;
  }

  @Override
  public String toString() {
    return name;
  }
}
