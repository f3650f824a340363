package sluice.hdl.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/**
 * Makes a design smaller that does not do what it should, as long as it does not: fewer outputs,
 * nodes, children and memories, narrower values, fewer cycles. What reaches no output goes with
 * what it was for.
 */
final class Shrinker {
  private static final int[] WIDTHS = {1, 2, 3, 4, 8, 16, 32, 33, 64, 65, 128};

  private final Oracle oracle;
  private final int mostTries;
  private Trial best;
  private Difference difference;
  private int tries;

  /**
   * What is left.
   *
   * @param difference what it does that it should not
   * @param tries designs that were looked at
   */
  record Shrunk(Trial trial, Difference difference, int tries) {}

  /**
   * @param mostTries designs to look at
   */
  Shrinker(Oracle oracle, int mostTries) {
    this.oracle = oracle;
    this.mostTries = mostTries;
  }

  /**
   * Shrinks a design.
   *
   * @throws IllegalArgumentException if it does what it should
   */
  Shrunk shrink(Trial trial) {
    best = trial;
    difference = oracle.difference(trial);
    tries = 1;
    if (difference == null) {
      throw new IllegalArgumentException("the design does what it should");
    }
    long before;
    do {
      before = best.size();
      shorten();
      chooseModule();
      dropOutputs();
      tryIt(best.with(new Change()));
      tryIt(best.with(new Change().withoutProperties()));
      tryIt(best.with(new Change().withoutNames()));
      replaceByZero();
      replace(Change.Replacement.FIRST);
      replace(Change.Replacement.SECOND);
      replace(Change.Replacement.THIRD);
      narrow();
    } while (best.size() < before && tries < mostTries);
    calm();
    return new Shrunk(best, difference, tries);
  }

  /** Goes on with a design if it still does not do what it should. */
  private boolean attempt(Trial candidate) {
    if (tries >= mostTries) {
      return false;
    }
    tries++;
    Difference found = oracle.difference(candidate);
    if (found == null || found.isRefusal() != difference.isRefusal()) {
      return false;
    }
    best = candidate;
    difference = found;
    return true;
  }

  private boolean tryIt(Trial candidate) {
    return candidate.size() < best.size() && attempt(candidate);
  }

  /** Leaves out cycles after the one in which something differs, and before. */
  private void shorten() {
    if (!difference.isRefusal()) {
      tryIt(best.with(best.stimulus().until(difference.cycle() + 1)));
    }
    int start = Stimulus.WARM_UP;
    for (int chunk = (best.stimulus().cycles().size() - start) / 2; chunk > 0; chunk /= 2) {
      for (int from = start; from + chunk < best.stimulus().cycles().size(); ) {
        if (!tryIt(best.with(best.stimulus().without(from, from + chunk)))) {
          from += chunk;
        }
      }
    }
  }

  /** Takes a child for the whole; its inputs are driven like those of the top of equal names. */
  private void chooseModule() {
    for (Netlist netlist : best.design().modules()) {
      Design part = DesignCopy.of(Design.of(netlist), new Change());
      if (tryIt(new Trial(part, best.stimulus()))) {
        return;
      }
    }
  }

  private void dropOutputs() {
    List<Port> outputs = DesignCopy.outputs(best.design());
    Change all = new Change();
    for (Port port : outputs) {
      if (!port.name().equals(difference.output())) {
        all.drop(port);
      }
    }
    if (!difference.isRefusal() && tryIt(best.with(all))) {
      return;
    }
    for (Port port : outputs) {
      // Outputs of the design that was tried last have the same names.
      DesignCopy.outputs(best.design()).stream()
          .filter(other -> other.name().equals(port.name()))
          .findFirst()
          .filter(other -> DesignCopy.outputs(best.design()).size() > 1)
          .ifPresent(other -> tryIt(best.with(new Change().drop(other))));
    }
  }

  /** All nodes, from the top's last to those far below. */
  private static List<Node> nodes(Design design) {
    List<Node> nodes = new ArrayList<>();
    for (int i = design.modules().size() - 1; i >= 0; i--) {
      List<Node> own = design.modules().get(i).nodes();
      for (int j = own.size() - 1; j >= 0; j--) {
        nodes.add(own.get(j));
      }
    }
    return nodes;
  }

  private void replaceByZero() {
    for (int chunk = nodes(best.design()).size() / 2; chunk > 0; chunk /= 2) {
      for (int from = 0; from < nodes(best.design()).size() && tries < mostTries; ) {
        List<Node> nodes = nodes(best.design());
        int to = Math.min(from + chunk, nodes.size());
        if (!tryOn(nodes.subList(from, to), Shrinker::byZero)) {
          from += chunk;
        }
      }
    }
  }

  private static Change byZero(Change change, Node node) {
    return DesignCopy.isPossible(node, Change.Replacement.ZERO)
        ? change.replace(node, Change.Replacement.ZERO)
        : change;
  }

  private void replace(Change.Replacement by) {
    for (int i = 0; i < nodes(best.design()).size() && tries < mostTries; ) {
      Node node = nodes(best.design()).get(i);
      boolean smaller =
          DesignCopy.isPossible(node, by)
              && tryOn(List.of(node), (change, other) -> change.replace(other, by));
      if (!smaller) {
        i++;
      }
    }
  }

  private void narrow() {
    for (int width : WIDTHS) {
      if (tryIt(best.with(new Change().widest(width)))) {
        break;
      }
    }
    for (int i = 0; i < nodes(best.design()).size() && tries < mostTries; ) {
      Node node = nodes(best.design()).get(i);
      int width = node.width();
      boolean smaller =
          width > 1
              && (tryOn(List.of(node), (change, other) -> change.narrow(other, 1))
                  || tryOn(List.of(node), (change, other) -> change.narrow(other, width / 2))
                  || tryOn(List.of(node), (change, other) -> change.narrow(other, width - 1)));
      if (!smaller) {
        i++;
      }
    }
  }

  /** Makes a change of some nodes, and if that does not do, of those of equal modules, too. */
  private boolean tryOn(List<Node> nodes, BiFunction<Change, Node, Change> make) {
    Change change = new Change();
    nodes.forEach(node -> make.apply(change, node));
    if (tryIt(best.with(change))) {
      return true;
    }
    List<Node> twins = new ArrayList<>();
    List<Netlist> modules = best.design().modules();
    for (Node node : nodes) {
      for (Netlist netlist : modules) {
        if (owns(netlist, node)) {
          modules.stream()
              .filter(other -> other != netlist && isLike(other, netlist))
              .forEach(other -> twins.add(other.nodes().get(node.id())));
        }
      }
    }
    if (twins.isEmpty()) {
      return false;
    }
    twins.forEach(node -> make.apply(change, node));
    return tryIt(best.with(change));
  }

  private static boolean owns(Netlist netlist, Node node) {
    return node.id() < netlist.nodes().size() && netlist.nodes().get(node.id()) == node;
  }

  private static boolean isLike(Netlist one, Netlist other) {
    return one.name().equals(other.name()) && one.nodes().size() == other.nodes().size();
  }

  /** Takes away what happens at the ports and does not matter. */
  private void calm() {
    attempt(best.with(best.stimulus().withoutResets()));
    for (Port port : best.design().top().ports()) {
      if (port.direction() == Port.Direction.INPUT && !port.name().equals(Stimulus.RUN)) {
        attempt(best.with(best.stimulus().withZero(port.name())));
      }
    }
  }
}
