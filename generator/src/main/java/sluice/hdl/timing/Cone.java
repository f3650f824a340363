package sluice.hdl.timing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sluice.hdl.netlist.Node;

/** The combinational values between given values and results. Constants are no part of it. */
public final class Cone {
  private final List<Node> nodes;
  private final Map<Node, Integer> index;
  private final int starts;
  private final List<Node> ends;

  private Cone(List<Node> nodes, Map<Node, Integer> index, int starts, List<Node> ends) {
    this.nodes = nodes;
    this.index = index;
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * The values that results depend on within the cycle, without loops.
   *
   * @param ends the results
   * @param isStart whether a value is given; what it depends on is left out
   */
  public static Cone of(List<Node> ends, Predicate<Node> isStart) {
    List<Node> starts = new ArrayList<>();
    List<Node> computed = new ArrayList<>();
    Map<Node, Integer> seen = new IdentityHashMap<>();
    Deque<Node> path = new ArrayDeque<>();
    for (Node end : ends) {
      path.push(end);
      while (!path.isEmpty()) {
        Node node = path.peek();
        Integer state = seen.putIfAbsent(node, 0);
        if (state == null && !(node instanceof Node.Constant) && !isStart.test(node)) {
          for (Node operand : node.operands()) {
            if (!seen.containsKey(operand)) {
              path.push(operand);
            }
          }
          continue;
        }
        path.pop();
        if (seen.put(node, 1) == 1 || node instanceof Node.Constant) {
          continue;
        }
        (isStart.test(node) ? starts : computed).add(node);
      }
    }
    List<Node> nodes = new ArrayList<>(starts);
    nodes.addAll(computed);
    Map<Node, Integer> index = new IdentityHashMap<>();
    nodes.forEach(node -> index.put(node, index.size()));
    return new Cone(nodes, index, starts.size(), ends);
  }

  /** The given values, then the computed ones, each after what it depends on. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The given values. */
  public List<Node> starts() {
    return nodes.subList(0, starts);
  }

  /** The computed values, each after what it depends on. */
  public List<Node> computed() {
    return nodes.subList(starts, nodes.size());
  }

  /** The results, given ones and constants among them. */
  public List<Node> ends() {
    return ends;
  }

  /** The computed value that takes longest by itself; null if nothing is computed. */
  public Node slowest(DelayModel model) {
    Node slowest = null;
    for (Node node : computed()) {
      if (slowest == null || model.delay(node) > model.delay(slowest)) {
        slowest = node;
      }
    }
    return slowest;
  }

  /** Position among {@link #nodes()}; -1 for a constant. */
  int index(Node node) {
    return index.getOrDefault(node, -1);
  }
}
