package sluice.hdl.pass;

import java.util.List;
import sluice.hdl.netlist.Netlist;

/** A change of a netlist that keeps what the circuit does. */
public interface Pass {

  /** Changes a netlist. Doing it twice is the same as once. */
  void apply(Netlist netlist);

  /** The passes that every design goes through, in order. */
  static List<Pass> standard() {
    return List.of(new AliasRemoval(), new CommonSubexpressions());
  }
}
