package sluice.hdl;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Node;

/** Leads from the signals of a finished module to its netlist, for simulators and other readers. */
public final class Probe {
  private Probe() {}

  /**
   * A single signal of structured data.
   *
   * @param signal the signal
   * @param path name within the data, in snake case and without a leading underscore; "" for the
   *     data itself
   * @param flipped whether it flows against the data as a whole
   */
  public record Leaf(Bits signal, String path, boolean flipped) {}

  /** The single signals of structured data, in the order of {@link Module#pack}. */
  public static List<Leaf> leaves(Data data) {
    List<Leaf> leaves = new ArrayList<>();
    Leaves.visit(
        data,
        (bits, leaf) -> {
          String path = leaf.path().startsWith("_") ? leaf.path().substring(1) : leaf.path();
          leaves.add(new Leaf(bits, path, leaf.flipped()));
        });
    return leaves;
  }

  /** The node of a signal; of a port, the node inside the module that declares it. */
  public static Node node(Bits signal) {
    if (signal.source() instanceof Source.Boundary boundary) {
      return boundary.inside;
    }
    if (signal.source() instanceof Source.Local local) {
      return local.node();
    }
    throw new IllegalArgumentException("a type or a constant has no node");
  }
}
