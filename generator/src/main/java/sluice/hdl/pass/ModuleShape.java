package sluice.hdl.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.StateMachine;
import sluice.hdl.netlist.StreamPorts;

/**
 * Everything that a module consists of but for the Java lines, in a row of numbers and one of other
 * values: modules are equal if both rows are. Nodes stand for themselves by their numbers, which
 * equal constructions give equally; clocks and memories by their places in the module.
 */
final class ModuleShape {
  /** In place of a number where there is none. */
  private static final int NONE = -1;

  private final Netlist netlist;
  private final List<Object> objects = new ArrayList<>();
  private int[] numbers;
  private int count;

  ModuleShape(Netlist netlist) {
    this.netlist = netlist;
    this.numbers = new int[8 * netlist.nodes().size() + 64];
    objects.add(netlist.name());
    objects.add(netlist.description());
    addAll(netlist.clocks(), this::add);
    addAll(netlist.ports(), this::add);
    addAll(netlist.streams(), this::add);
    addAll(netlist.built().nodes(), this::add);
    addAll(netlist.memories(), this::add);
    addAll(netlist.stateMachines(), this::add);
    addAll(netlist.instances(), this::add);
    addAll(netlist.properties(), this::add);
    add(netlist.blackBox());
    this.numbers = Arrays.copyOf(numbers, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModuleShape shape
        && Arrays.equals(numbers, shape.numbers)
        && objects.equals(shape.objects);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(numbers) + objects.hashCode();
  }

  private void add(int number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  private void add(boolean fact) {
    add(fact ? 1 : 0);
  }

  private <T> void addAll(List<T> parts, Consumer<T> add) {
    add(parts.size());
    parts.forEach(add);
  }

  private void addId(Node node) {
    add(node == null ? NONE : node.id());
  }

  private void addIds(List<? extends Node> nodes) {
    add(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      add(nodes.get(i).id());
    }
  }

  private void addPlace(Clock clock) {
    add(netlist.clocks().indexOf(clock));
  }

  private void addName(Node node) {
    add(node.nameLevel().ordinal());
    if (node.name() != null) {
      objects.add(node.name());
    }
  }

  private void add(Clock clock) {
    objects.add(clock.name());
    addPlace(clock.base());
    addId(clock.reset());
    add(clock.asynchronousReset());
    add(clock.hasReset());
  }

  private void add(Port port) {
    objects.add(port.name());
    objects.add(port.direction());
    objects.add(port.group());
    addId(port.node());
    addPlace(port.clock());
  }

  private void add(StreamPorts stream) {
    objects.add(stream.valid().name());
    objects.add(stream.ready().name());
  }

  private void add(Node node) {
    add(netlist.contains(node));
    if (!netlist.contains(node)) {
      // Its name stays taken.
      addName(node);
      return;
    }
    add(node.id());
    add(node.width());
    addName(node);
    if (node instanceof Node.Operation operation) {
      add(0);
      add(operation.operator().ordinal());
      addIds(operation.operands());
    } else if (node instanceof Node.Slice slice) {
      add(1);
      add(slice.low());
      addId(slice.source());
    } else if (node instanceof Node.Constant constant) {
      add(2);
      objects.add(constant.value());
      objects.add(constant.symbol());
    } else if (node instanceof Node.Register register) {
      add(3);
      addPlace(register.clock());
      add(register.crossing().ordinal());
      addId(register.next());
      objects.add(register.resetValue());
    } else if (node instanceof Node.Wire wire) {
      add(4);
      addId(wire.driver());
    } else if (node instanceof Node.MemoryRead read) {
      add(5);
      addPlace(read.clock());
      add(netlist.memories().indexOf(read.memory()));
      addId(read.address());
      addId(read.enable());
    } else if (node instanceof Node.InstanceOutput output) {
      add(6);
      objects.add(output.port().name());
    } else {
      add(node instanceof Node.Input ? 7 : 8);
    }
  }

  private void add(MemoryBlock memory) {
    objects.add(memory.name());
    add(memory.depth());
    add(memory.width());
    add(memory.synchronous());
    add(memory.latency());
    add(memory.maskGranularity());
    objects.add(memory.contents());
    addIds(memory.reads());
    addAll(memory.writes(), this::add);
    addAll(memory.readWrites(), this::add);
  }

  private void add(MemoryBlock.Write write) {
    addId(write.enable());
    addId(write.address());
    addId(write.data());
    addId(write.mask());
    addPlace(write.clock());
  }

  private void add(MemoryBlock.ReadWrite port) {
    addId(port.read());
    addId(port.mode());
    addId(port.data());
    addId(port.mask());
  }

  private void add(StateMachine machine) {
    addId(machine.register());
    objects.add(machine.states());
  }

  private void add(Instance instance) {
    objects.add(instance.name());
    add(instance.isNamed());
    // A child is equal to another only if it is the same.
    objects.add(netlist.child(instance));
    for (Clock clock : instance.child().clocks()) {
      addPlace(instance.clocks().get(clock));
    }
    for (Port port : instance.child().ports()) {
      addId(
          port.direction() == Port.Direction.INPUT
              ? instance.inputs().get(port).driver()
              : instance.outputs().get(port));
    }
  }

  /** A property is told with its Java line, but that makes no other property of it. */
  private void add(Property property) {
    add(property.kind().ordinal());
    addPlace(property.clock());
    addId(property.enable());
    addId(property.condition());
    objects.add(property.text());
  }

  /** What a black box does in simulation is no part of the design. */
  private void add(BlackBox box) {
    add(box != null);
    if (box != null) {
      objects.add(box.parameters());
      objects.add(box.clock());
      objects.add(box.reset());
      add(box.resetActiveLow());
      for (Port port : netlist.ports()) {
        add(box.registered().contains(port.node()));
      }
    }
  }
}
