package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.hdl.netlist.ModuleWork;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/**
 * Finds loops without a register, through children too. A register that may be reset without an
 * edge of its clock depends on its reset within the cycle: of a reset that is a signal, no register
 * may be a part that it resets.
 */
final class CombinationalLoops {
  private static final byte ON_PATH = 1;
  private static final byte DONE = 2;

  private final CombinationalPaths paths;

  /**
   * @param paths takes the paths of each module that is looked at
   */
  CombinationalLoops(CombinationalPaths paths) {
    this.paths = paths;
  }

  List<Diagnostic> of(List<Netlist> modules) {
    Map<Netlist, List<Diagnostic>> found = new ConcurrentHashMap<>();
    ModuleWork.forEachUpwards(
        modules,
        netlist -> {
          found.put(netlist, findLoops(netlist));
          paths.add(netlist);
        });
    return modules.stream().flatMap(netlist -> found.get(netlist).stream()).toList();
  }

  /** Finds loops that share no value: breaking one of two entangled loops may break both. */
  private List<Diagnostic> findLoops(Netlist netlist) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    BitSet reported = new BitSet();
    List<Node> nodes = netlist.nodes();
    byte[] states = new byte[nodes.size()];
    Deque<Step> path = new ArrayDeque<>();
    for (Node start : nodes) {
      if (states[start.id()] == DONE) {
        continue;
      }
      List<Node> ofStart = dependencies(start);
      if (areDone(ofStart, states)) {
        states[start.id()] = DONE;
        continue;
      }
      path.push(new Step(start, ofStart));
      states[start.id()] = ON_PATH;
      while (!path.isEmpty()) {
        Step step = path.peek();
        if (step.next == step.dependencies.size()) {
          path.pop();
          states[step.node.id()] = DONE;
          continue;
        }
        Node next = step.dependencies.get(step.next++);
        if (states[next.id()] == ON_PATH) {
          Diagnostic loop = describe(netlist, next, path, reported);
          if (loop != null) {
            diagnostics.add(loop);
          }
        } else if (states[next.id()] != DONE) {
          path.push(new Step(next, dependencies(next)));
          states[next.id()] = ON_PATH;
        }
      }
    }
    return diagnostics;
  }

  private static boolean areDone(List<Node> nodes, byte[] states) {
    for (int i = 0; i < nodes.size(); i++) {
      if (states[nodes.get(i).id()] != DONE) {
        return false;
      }
    }
    return true;
  }

  private List<Node> dependencies(Node node) {
    List<Node> resets = paths.resets(node);
    if (resets.isEmpty()) {
      return paths.dependencies(node);
    }
    List<Node> result = new ArrayList<>(paths.dependencies(node));
    result.addAll(resets);
    return result;
  }

  /** A node on the path that is followed, and how many of its dependencies have been. */
  private static final class Step {
    final Node node;
    final List<Node> dependencies;
    int next;

    Step(Node node, List<Node> dependencies) {
      this.node = node;
      this.dependencies = dependencies;
    }
  }

  /** The loop at the end of a path; null if a part of it is reported already. */
  private Diagnostic describe(Netlist netlist, Node closing, Deque<Step> path, BitSet reported) {
    List<Node> loop = new ArrayList<>();
    boolean known = false;
    for (Step step : path) {
      loop.add(step.node);
      known |= reported.get(step.node.id());
      if (step.node == closing) {
        break;
      }
    }
    if (known) {
      return null;
    }
    boolean throughReset = false;
    StringBuilder text = new StringBuilder();
    Node before = closing;
    for (Node node : loop) {
      throughReset |= !paths.dependencies(node).contains(before);
      before = node;
      reported.set(node.id());
      text.append("\n      ").append(SignalName.of(netlist, node));
      text.append(" at ").append(node.site());
    }
    String what =
        throughReset
            ? "a loop through a reset, which may act without an edge, in "
            : "a loop without a register in ";
    return new Diagnostic(
        Diagnostic.Kind.COMBINATIONAL_LOOP,
        what + netlist.name() + ":" + text,
        closing.site(),
        null,
        throughReset
            ? "make the reset of registers that it does not reset"
            : "break the loop with a register");
  }
}
