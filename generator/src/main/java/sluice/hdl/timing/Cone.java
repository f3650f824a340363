package sluice.hdl.timing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sluice.hdl.netlist.Node;

/**
 * The combinational nodes between given values and results. Constants are no part of it. Slices and
 * wires are no values of their own: they show {@linkplain #bits bits} of one.
 */
public final class Cone {
  private final List<Node> nodes;
  private final int starts;
  private final List<Node> ends;

  /** What slices and wires show. */
  private final Map<Node, BitRange> shown = new IdentityHashMap<>();

  /** The given and the computed values, each after what it depends on. */
  private final List<Node> values = new ArrayList<>();

  private final Map<Node, Integer> index = new IdentityHashMap<>();

  private Cone(List<Node> nodes, int starts, List<Node> ends) {
    this.nodes = nodes;
    this.starts = starts;
    this.ends = ends;
    values.addAll(starts());
    for (Node node : computed()) {
      if (node instanceof Node.Slice slice) {
        BitRange source = bits(slice.source());
        shown.put(node, new BitRange(source.value(), source.low() + slice.low(), node.width()));
      } else if (node instanceof Node.Wire wire && wire.driver() != null) {
        shown.put(node, bits(wire.driver()));
      } else {
        values.add(node);
      }
    }
    values.forEach(value -> index.put(value, index.size()));
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
    return new Cone(nodes, starts.size(), ends);
  }

  /** The given values, then the computed nodes, each after what it depends on. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The given values. */
  public List<Node> starts() {
    return nodes.subList(0, starts);
  }

  /** The computed nodes, slices and wires among them, each after what it depends on. */
  public List<Node> computed() {
    return nodes.subList(starts, nodes.size());
  }

  /** The given values, then the computed ones: neither slices nor wires. */
  public List<Node> values() {
    return values;
  }

  /** The computed values, each after what it depends on. */
  public List<Node> operations() {
    return values.subList(starts, values.size());
  }

  /** The bits that a node shows: those of a slice's source or a wire's driver, or its own. */
  public BitRange bits(Node node) {
    BitRange bits = shown.get(node);
    return bits == null ? BitRange.of(node) : bits;
  }

  /** The results, given ones and constants among them. */
  public List<Node> ends() {
    return ends;
  }

  /** The computed value that takes longest by itself; null if nothing is computed. */
  public Node slowest(DelayModel model) {
    Node slowest = null;
    for (Node node : operations()) {
      if (slowest == null || model.delay(node) > model.delay(slowest)) {
        slowest = node;
      }
    }
    return slowest;
  }

  /** Position among {@link #values()} of the value that has a node's bits; -1 for a constant. */
  int index(Node node) {
    return index.getOrDefault(bits(node).value(), -1);
  }
}
