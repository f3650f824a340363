package sluice.hdl.pass;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.StreamPorts;

/**
 * Everything that a module consists of but for the Java lines, as a sequence of values: modules are
 * equal if their sequences are. Nodes stand for themselves by their numbers, which equal
 * constructions give equally.
 */
final class ModuleShape {
  private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

  private ModuleShape() {}

  /** A child, which is equal to another only if it is the same. */
  private record Child(Netlist netlist) {}

  private record NodeShape(
      Class<?> kind, int id, int width, Name name, Object detail, List<Integer> operands) {}

  private record Name(String name, NameLevel level) {
    static Name of(Node node) {
      return new Name(node.name(), node.nameLevel());
    }
  }

  /** A value that was left out, whose name stays taken. */
  private record Taken(int id, Name name) {}

  private record RegisterShape(int clock, Crossing crossing, BigInteger resetValue) {}

  private record ReadShape(int clock, int memory) {}

  /** Of a clock; numbers are places in the list of clocks, -1 for none. */
  private record ClockShape(
      String name, int base, int resetNode, boolean asynchronousReset, boolean hasReset) {}

  private record ConstantShape(BigInteger value, String symbol) {}

  private record PortShape(
      String name, Port.Direction direction, int node, String group, int clock) {}

  private record StreamShape(String valid, String ready) {}

  private record MemoryShape(
      String name,
      int depth,
      int width,
      boolean synchronous,
      List<Integer> reads,
      List<List<Integer>> writes) {}

  private record InstanceShape(
      String name,
      boolean named,
      Child child,
      List<Integer> clocks,
      List<Integer> inputs,
      List<Integer> outputs) {}

  private record Header(String name, String description) {}

  static boolean equal(Netlist a, Netlist b) {
    Iterator<Object> left = parts(a).iterator();
    Iterator<Object> right = parts(b).iterator();
    while (left.hasNext() && right.hasNext()) {
      if (!left.next().equals(right.next())) {
        return false;
      }
    }
    return left.hasNext() == right.hasNext();
  }

  static long hash(Netlist netlist) {
    long hash = 1;
    for (Iterator<Object> parts = parts(netlist).iterator(); parts.hasNext(); ) {
      hash = hash * FACTOR + parts.next().hashCode();
    }
    return hash;
  }

  private static Stream<Object> parts(Netlist netlist) {
    return Stream.of(
            Stream.of(new Header(netlist.name(), netlist.description())),
            netlist.clocks().stream().map(clock -> clock(clock, netlist)),
            netlist.ports().stream().map(port -> port(port, netlist)),
            netlist.streams().stream().map(ModuleShape::stream),
            netlist.built().nodes().stream().flatMap(node -> node(node, netlist)),
            netlist.memories().stream().map(memory -> memory(memory, netlist)),
            netlist.instances().stream().map(instance -> instance(instance, netlist)))
        .flatMap(parts -> parts);
  }

  private static int index(Clock clock, Netlist netlist) {
    return netlist.clocks().indexOf(clock);
  }

  private static Object clock(Clock clock, Netlist netlist) {
    return new ClockShape(
        clock.name(),
        index(clock.base(), netlist),
        clock.reset() == null ? -1 : clock.reset().id(),
        clock.asynchronousReset(),
        clock.hasReset());
  }

  private static Object port(Port port, Netlist netlist) {
    int clock = index(port.clock(), netlist);
    return new PortShape(port.name(), port.direction(), port.node().id(), port.group(), clock);
  }

  private static Object stream(StreamPorts stream) {
    return new StreamShape(stream.valid().name(), stream.ready().name());
  }

  private static MemoryShape memory(MemoryBlock memory, Netlist netlist) {
    return new MemoryShape(
        memory.name(),
        memory.depth(),
        memory.width(),
        memory.synchronous(),
        memory.reads().stream().map(Node::id).toList(),
        memory.writes().stream().map(write -> write(write, netlist)).toList());
  }

  private static List<Integer> write(MemoryBlock.Write write, Netlist netlist) {
    List<Integer> ids = ids(write.enable(), write.address(), write.data());
    ids.add(index(write.clock(), netlist));
    return ids;
  }

  private static InstanceShape instance(Instance instance, Netlist parent) {
    List<Port> ports = instance.child().ports();
    List<Integer> inputs = new ArrayList<>();
    List<Integer> outputs = new ArrayList<>();
    for (Port port : ports) {
      if (port.direction() == Port.Direction.INPUT) {
        inputs.add(instance.inputs().get(port).driver().id());
      } else {
        outputs.add(instance.outputs().get(port).id());
      }
    }
    return new InstanceShape(
        instance.name(),
        instance.isNamed(),
        new Child(parent.child(instance)),
        instance.child().clocks().stream()
            .map(clock -> index(instance.clocks().get(clock), parent))
            .toList(),
        inputs,
        outputs);
  }

  private static Stream<Object> node(Node node, Netlist netlist) {
    if (!netlist.contains(node)) {
      return node.name() == null ? Stream.of() : Stream.of(new Taken(node.id(), Name.of(node)));
    }
    Object detail = null;
    List<Integer> operands = List.of();
    if (node instanceof Node.Operation operation) {
      detail = operation.operator();
      operands = ids(operation.operands().toArray(Node[]::new));
    } else if (node instanceof Node.Constant constant) {
      detail = new ConstantShape(constant.value(), constant.symbol());
    } else if (node instanceof Node.Slice slice) {
      detail = slice.low();
      operands = ids(slice.source());
    } else if (node instanceof Node.Register register) {
      detail =
          new RegisterShape(
              index(register.clock(), netlist), register.crossing(), register.resetValue());
      operands = ids(register.next());
    } else if (node instanceof Node.Wire wire) {
      operands = wire.driver() == null ? List.of() : ids(wire.driver());
    } else if (node instanceof Node.MemoryRead read) {
      detail =
          new ReadShape(index(read.clock(), netlist), netlist.memories().indexOf(read.memory()));
      operands = read.enable() == null ? ids(read.address()) : ids(read.address(), read.enable());
    } else if (node instanceof Node.InstanceOutput output) {
      detail = output.port().name();
    }
    return Stream.of(
        new NodeShape(node.getClass(), node.id(), node.width(), Name.of(node), detail, operands));
  }

  private static List<Integer> ids(Node... nodes) {
    List<Integer> ids = new ArrayList<>(nodes.length);
    for (Node node : nodes) {
      ids.add(node.id());
    }
    return ids;
  }
}
