package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;

/**
 * Finds what a module builds in vain: nothing of it reaches an output, a child or a property.
 * Signals count by the line that declares them, since data with several signals is often used in
 * parts.
 */
final class UnusedParts {
  private final Netlist netlist;
  private final BitSet live = new BitSet();
  private final Set<MemoryBlock> memories = new HashSet<>();
  private final Deque<Node> pending = new ArrayDeque<>();

  UnusedParts(Netlist netlist) {
    this.netlist = netlist;
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        use(port.node());
      }
    }
    netlist.instances().forEach(instance -> instance.inputs().values().forEach(this::use));
    for (Property property : netlist.properties()) {
      property.operands().forEach(this::use);
    }
    for (Clock clock : netlist.clocks()) {
      if (clock.reset() != null) {
        use(clock.reset());
      }
    }
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      node.operands().forEach(this::use);
      if (node instanceof Node.Register register) {
        use(register.next());
      } else if (node instanceof Node.MemoryRead read) {
        use(read.address());
        if (read.enable() != null) {
          use(read.enable());
        }
        useWrites(read.memory());
      }
    }
  }

  private void use(Node node) {
    if (!live.get(node.id())) {
      live.set(node.id());
      pending.push(node);
    }
  }

  private void useWrites(MemoryBlock memory) {
    if (memories.add(memory)) {
      memory.writeOperands().forEach(this::use);
    }
  }

  void find(BiConsumer<String, Diagnostic> found) {
    findSignals(found);
    for (MemoryBlock memory : netlist.memories()) {
      if (!memories.contains(memory)) {
        found.accept(netlist.name(), signal("memory", memory.name(), 0, memory.site()));
      }
    }
    netlist.instances().forEach(instance -> findOutputs(instance, found));
  }

  private void findSignals(BiConsumer<String, Diagnostic> found) {
    Map<Site, List<Node>> unused = new LinkedHashMap<>();
    Set<Site> used = new HashSet<>();
    for (Node node : netlist.nodes()) {
      // A wire without a name of the user's is one of the language's own, or was passed over.
      boolean declared =
          (node instanceof Node.Register && node.name() != null)
              || (node instanceof Node.Wire && node.isNamed());
      if (declared) {
        if (live.get(node.id())) {
          used.add(node.site());
        } else {
          unused.computeIfAbsent(node.site(), s -> new ArrayList<>()).add(node);
        }
      }
    }
    unused.keySet().removeAll(used);
    unused.forEach(
        (site, nodes) -> {
          Node first = nodes.get(0);
          String word = first instanceof Node.Register ? "register" : "wire";
          found.accept(netlist.name(), signal(word, first.name(), nodes.size() - 1, site));
        });
  }

  private Diagnostic signal(String word, String name, int more, Site site) {
    return new Diagnostic(
        Diagnostic.Kind.UNUSED_SIGNAL,
        word
            + (name == null ? "" : " " + name)
            + (more == 0 ? "" : " and " + more + " more")
            + " of "
            + netlist.name()
            + (more == 0 ? " reaches" : " reach")
            + " no output and no child",
        site,
        null,
        "use it, or leave it out");
  }

  private void findOutputs(Instance instance, BiConsumer<String, Diagnostic> found) {
    List<String> dropped = new ArrayList<>();
    instance
        .outputs()
        .forEach(
            (port, output) -> {
              if (!live.get(output.id())) {
                dropped.add(port.name());
              }
            });
    if (dropped.isEmpty()) {
      return;
    }
    boolean all = dropped.size() == instance.outputs().size();
    String where = "child " + instance.name() + " of " + netlist.name();
    found.accept(
        netlist.name(),
        all
            ? new Diagnostic(
                Diagnostic.Kind.UNUSED_INSTANCE,
                "no output of " + where + " is used",
                instance.site(),
                null,
                "use an output, or leave the child out")
            : new Diagnostic(
                Diagnostic.Kind.DROPPED_OUTPUT,
                "of " + where + " these outputs are not used: " + String.join(", ", dropped),
                instance.site(),
                null,
                "use them, or silence this kind for the module"));
  }
}
