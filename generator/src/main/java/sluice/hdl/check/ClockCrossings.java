package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;

/**
 * Finds data of one clock domain that is taken in another. Ports are the contract between modules:
 * within a module an input is data of its domain, and an output has to be; so each module is looked
 * at by itself, children first. A stage of a synchronizer may take any domain's data, if no logic
 * is between it and the register that the data comes from, in this module or another.
 */
final class ClockCrossings {

  /** What takes data, and the domain that it has to be of. */
  private record Sink(Node value, Clock domain, String what, Node target, String name, Site site) {}

  /** Where data of a wrong domain comes from, its first way to where it is taken, and how often. */
  private static final class Found {
    final List<Node> path;
    final Sink sink;
    int more;

    Found(List<Node> path, Sink sink) {
      this.path = path;
      this.sink = sink;
    }
  }

  /** The domain of asynchronous inputs, and that of values that depend on several. */
  private final Clock asynchronous = new Clock("", null, null, false, Site.NONE);

  private final Clock several = new Clock("", null, null, false, Site.NONE);

  /** For each module, the inputs that have to be registers where they come from. */
  private final Map<Netlist, Set<Port>> direct = new HashMap<>();

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  List<Diagnostic> of(List<Netlist> modules) {
    for (Netlist netlist : modules) {
      SynchronizerInputs inputs = new SynchronizerInputs(netlist, direct);
      diagnostics.addAll(inputs.check());
      direct.put(netlist, inputs.ports());
      if (!hasOneDomain(netlist)) {
        check(netlist);
      }
    }
    return diagnostics;
  }

  /** Whether nothing can be of another domain than the implicit one. */
  private static boolean hasOneDomain(Netlist netlist) {
    Clock implicit = netlist.clock();
    return netlist.clocks().size() == 1
        && netlist.ports().stream().allMatch(port -> port.clock() == implicit)
        && netlist.instances().stream()
            .allMatch(
                instance ->
                    instance.clocks().values().stream().allMatch(clock -> clock == implicit)
                        && instance.child().ports().stream().allMatch(p -> p.clock() != null));
  }

  private void check(Netlist netlist) {
    Map<Node, Port> inputs = new HashMap<>();
    netlist.ports().forEach(port -> inputs.put(port.node(), port));
    Clock[] domains = new Clock[netlist.nodes().size()];
    propagate(netlist, inputs, domains);
    Map<Node, Found> found = new LinkedHashMap<>();
    for (Sink sink : sinks(netlist)) {
      Clock domain = domains[sink.value().id()];
      if (domain != null && domain != sink.domain()) {
        List<Node> path = path(sink, domains, inputs);
        Found first = found.putIfAbsent(path.get(0), new Found(path, sink));
        if (first != null) {
          first.more++;
        }
      }
    }
    found.values().forEach(crossing -> report(netlist, crossing, domains));
  }

  /** The domain of what begins a path: a register, a memory, a port; null for a constant. */
  private Clock begins(Node node, Map<Node, Port> inputs) {
    if (node instanceof Node.Register register) {
      return register.clock().root();
    }
    if (node instanceof Node.MemoryRead read) {
      return read.clock().root();
    }
    if (node instanceof Node.Input) {
      Clock clock = inputs.get(node).clock();
      return clock == null ? asynchronous : clock.root();
    }
    if (node instanceof Node.InstanceOutput output) {
      Clock clock = output.port().clock();
      return clock == null ? asynchronous : bound(output.instance(), clock);
    }
    return null;
  }

  /**
   * The parent's domain of a child's clock; null if it is bound to none, which is said elsewhere.
   */
  private static Clock bound(Instance instance, Clock ofChild) {
    Clock clock = instance.clocks().get(ofChild.root());
    return clock == null ? null : clock.root();
  }

  private static boolean isBeginning(Node node) {
    return node instanceof Node.Register
        || node instanceof Node.MemoryRead
        || node instanceof Node.Input
        || node instanceof Node.InstanceOutput;
  }

  /** Finds the domain of every value. */
  private void propagate(Netlist netlist, Map<Node, Port> inputs, Clock[] domains) {
    boolean[] entered = new boolean[domains.length];
    Deque<Node> path = new ArrayDeque<>();
    for (Node start : netlist.nodes()) {
      if (entered[start.id()]) {
        continue;
      }
      path.push(start);
      while (!path.isEmpty()) {
        Node node = path.peek();
        if (isBeginning(node)) {
          entered[node.id()] = true;
          domains[node.id()] = begins(node, inputs);
          path.pop();
        } else if (!entered[node.id()]) {
          entered[node.id()] = true;
          for (Node operand : node.operands()) {
            if (!entered[operand.id()]) {
              path.push(operand);
            }
          }
        } else {
          path.pop();
          for (Node operand : node.operands()) {
            domains[node.id()] = join(domains[node.id()], domains[operand.id()]);
          }
        }
      }
    }
  }

  private Clock join(Clock a, Clock b) {
    return a == null || a == b ? b : b == null ? a : several;
  }

  private static List<Sink> sinks(Netlist netlist) {
    List<Sink> sinks = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register) {
        Clock domain = register.clock().root();
        for (Node value : ownDomain(register)) {
          sinks.add(new Sink(value, domain, "a register", node, null, node.site()));
        }
      }
    }
    for (MemoryBlock memory : netlist.memories()) {
      String name = memory.name() == null ? "a memory" : memory.name();
      for (Node.MemoryRead read : memory.reads()) {
        Clock domain = read.clock().root();
        sinks.add(new Sink(read.address(), domain, "a read port", null, name, read.site()));
        if (read.enable() != null) {
          sinks.add(new Sink(read.enable(), domain, "a read port", null, name, read.site()));
        }
      }
      for (MemoryBlock.Write write : memory.writes()) {
        for (Node value : write.operands()) {
          sinks.add(
              new Sink(value, write.clock().root(), "a write port", null, name, write.site()));
        }
      }
      for (MemoryBlock.ReadWrite port : memory.readWrites()) {
        Clock domain = port.read().clock().root();
        for (Node value : port.operands()) {
          sinks.add(new Sink(value, domain, "a port", null, name, port.site()));
        }
      }
    }
    for (Property property : netlist.properties()) {
      Clock domain = property.clock().root();
      for (Node value : property.operands()) {
        String text = "\"" + property.text() + "\"";
        sinks.add(new Sink(value, domain, "a property", null, text, property.site()));
      }
    }
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT && port.clock() != null) {
        Node node = port.node();
        sinks.add(new Sink(node, port.clock().root(), "an output", node, null, node.site()));
      }
    }
    for (Instance instance : netlist.instances()) {
      for (Map.Entry<Port, Node.Wire> input : instance.inputs().entrySet()) {
        Clock clock = input.getKey().clock();
        Clock domain = clock == null ? null : bound(instance, clock);
        if (domain != null) {
          Node wire = input.getValue();
          sinks.add(new Sink(wire, domain, "an input of a child", wire, null, wire.site()));
        }
      }
    }
    for (Clock clock : netlist.clocks()) {
      if (clock.reset() != null && !clock.asynchronousReset()) {
        String name = "reset of " + clock.name();
        sinks.add(new Sink(clock.reset(), clock.root(), "a reset", null, name, clock.site()));
      }
    }
    return sinks;
  }

  /** What a register needs to be of its own domain: of one that captures, only the conditions. */
  private static List<Node> ownDomain(Node.Register register) {
    if (register.crossing() == Crossing.NONE) {
      return List.of(register.next());
    }
    List<Node> conditions = new ArrayList<>();
    if (register.crossing() == Crossing.CAPTURE) {
      Deque<Node> values = new ArrayDeque<>(List.of(register.next()));
      while (!values.isEmpty()) {
        if (values.pop() instanceof Node.Operation choice && choice.operator() == Operator.MUX) {
          conditions.add(choice.operands().get(0));
          values.push(choice.operands().get(1));
          values.push(choice.operands().get(2));
        }
      }
    }
    return conditions;
  }

  /**
   * The way from the nearest beginning of another domain to what is taken, in order of the flow.
   */
  private List<Node> path(Sink sink, Clock[] domains, Map<Node, Port> inputs) {
    Map<Node, Node> towards = new HashMap<>();
    Deque<Node> pending = new ArrayDeque<>(List.of(sink.value()));
    towards.put(sink.value(), null);
    Node node = pending.remove();
    while (!isBeginning(node) || begins(node, inputs) == sink.domain()) {
      if (!isBeginning(node)) {
        for (Node operand : node.operands()) {
          Clock domain = domains[operand.id()];
          if (domain != null && domain != sink.domain() && !towards.containsKey(operand)) {
            towards.put(operand, node);
            pending.add(operand);
          }
        }
      }
      node = pending.remove();
    }
    List<Node> path = new ArrayList<>();
    for (Node step = node; step != null; step = towards.get(step)) {
      path.add(step);
    }
    return path;
  }

  private void report(Netlist netlist, Found found, Clock[] domains) {
    Node source = found.path.get(0);
    Sink sink = found.sink;
    Clock from = domains[source.id()];
    CrossingPath path = new CrossingPath(netlist);
    String fromPort = from == asynchronous ? "asynchronous" : from.port();
    path.source(source, fromPort);
    for (Node node : found.path.subList(1, found.path.size())) {
      if (node != sink.target()) {
        path.step(node);
      }
    }
    path.target(sink.target(), sink.name(), sink.site(), sink.domain().port());
    String what = from == asynchronous ? "asynchronous data" : "data of " + fromPort;
    String taken = sink.what() + " of " + sink.domain().port() + " in " + netlist.name();
    String more = found.more == 0 ? "" : "\n      and in " + found.more + " more places";
    diagnostics.add(
        new Diagnostic(
            Diagnostic.Kind.CLOCK_CROSSING,
            what + " reaches " + taken + ":" + path.text() + more,
            sink.site(),
            null,
            advice(sink)));
  }

  private static String advice(Sink sink) {
    return switch (sink.what()) {
      case "an output" ->
          "declare the output in the domain of its data, or take the data through a part of"
              + " hdl.lib.crossing";
      case "a property" ->
          "declare the property in the domain of what it speaks of, with inDomain(...)";
      default -> "take it through a synchronizer, a queue or another part of hdl.lib.crossing";
    };
  }
}
