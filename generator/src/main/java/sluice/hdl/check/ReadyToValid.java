package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.StreamPorts;

/**
 * Finds output streams whose {@code valid} waits for their own {@code ready}: two ends that wait
 * for each other stand still, or make a loop. What a parent offers to its child is not looked at:
 * it may know that the child's {@code ready} waits for nothing, and take room in a queue and
 * something else together.
 */
final class ReadyToValid {
  private final CombinationalPaths paths;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** The node by which the search came to a node; valid where the mark is that of the search. */
  private Node[] via;

  private int[] mark;
  private int search;

  /**
   * @param paths of all modules
   */
  ReadyToValid(CombinationalPaths paths) {
    this.paths = paths;
  }

  List<Diagnostic> of(List<Netlist> modules) {
    for (Netlist netlist : modules) {
      if (netlist.blackBox() != null) {
        continue;
      }
      via = new Node[netlist.nodes().size()];
      mark = new int[netlist.nodes().size()];
      search = 0;
      for (StreamPorts stream : netlist.streams()) {
        if (stream.isOutput()) {
          check(netlist, stream.valid().node(), stream.ready().node());
        }
      }
    }
    return diagnostics;
  }

  private void check(Netlist netlist, Node valid, Node ready) {
    search++;
    Deque<Node> pending = new ArrayDeque<>(List.of(valid));
    mark[valid.id()] = search;
    while (!pending.isEmpty()) {
      Node node = pending.poll();
      if (node == ready) {
        diagnostics.add(describe(netlist, valid, ready));
        return;
      }
      for (Node next : paths.dependencies(node)) {
        if (mark[next.id()] != search && !isReported(node, next)) {
          mark[next.id()] = search;
          via[next.id()] = node;
          pending.add(next);
        }
      }
    }
  }

  /** Whether a step leads through a child whose own stream waits: the child is reported. */
  private static boolean isReported(Node node, Node next) {
    if (node instanceof Node.InstanceOutput output) {
      for (StreamPorts stream : output.instance().child().streams()) {
        if (stream.valid() == output.port()
            && output.instance().inputs().get(stream.ready()) == next) {
          return true;
        }
      }
    }
    return false;
  }

  private Diagnostic describe(Netlist netlist, Node valid, Node ready) {
    String validName = SignalName.of(netlist, valid);
    String readyName = SignalName.of(netlist, ready);
    List<String> path = new ArrayList<>();
    for (Node node = ready; node != null; node = node == valid ? null : via[node.id()]) {
      path.add("\n      " + SignalName.of(netlist, node) + " at " + node.site());
    }
    return new Diagnostic(
        Diagnostic.Kind.VALID_WAITS_FOR_READY,
        validName
            + " of "
            + netlist.name()
            + " depends on "
            + readyName
            + " within the cycle:"
            + String.join("", path),
        valid.site(),
        null,
        "offer the value without looking at ready; a register or a queue breaks the path");
  }
}
