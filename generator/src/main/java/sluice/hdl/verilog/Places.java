package sluice.hdl.verilog;

import java.util.List;
import java.util.function.Function;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Property;

/** Where the values of a part of a netlist are used first. */
final class Places {

  /**
   * Where a value is used.
   *
   * @param user the value computed from it; null where {@code name} is the place
   * @param name of a port of a child or of a memory, or of what a property says; or null
   * @param operand which operand of the user it is
   */
  record Place(Node user, String name, int operand) {}

  private final Place[] places;

  Places(
      Netlist netlist,
      Usage part,
      Function<MemoryBlock, String> memories,
      Function<Instance, String> instances) {
    places = new Place[netlist.idBound()];
    netlist.nodes().stream().filter(part::isLive).forEach(this::putOperands);
    for (Instance instance : part.instances()) {
      putInputs(instance, Names.stem(instances.apply(instance)));
    }
    for (MemoryBlock memory : part.memories()) {
      putPorts(memory, Names.stem(memories.apply(memory)));
    }
    if (part.isOfProperties()) {
      netlist.properties().forEach(this::putOperands);
    }
  }

  /** The place of a value; null where it is used by nothing of the part. */
  Place of(Node node) {
    return places[node.id()];
  }

  private void put(Node node, Node user, String name, int operand) {
    if (node != null && places[node.id()] == null) {
      places[node.id()] = new Place(user, name, operand);
    }
  }

  private void put(Node node, String name) {
    put(node, null, name, 0);
  }

  private void putOperands(Node user) {
    List<Node> operands = user.operands();
    for (int i = 0; i < operands.size(); i++) {
      put(operands.get(i), user, null, i);
    }
    if (user instanceof Node.Register register && register.next() != register) {
      put(register.next(), register, null, 0);
    }
  }

  private void putInputs(Instance instance, String name) {
    instance.inputs().forEach((port, wire) -> put(wire.driver(), name + "_" + port.name()));
  }

  private void putPorts(MemoryBlock memory, String name) {
    for (int i = 0; i < memory.writes().size(); i++) {
      MemoryBlock.Write write = memory.writes().get(i);
      String port = name + "_write" + (memory.writes().size() == 1 ? "" : i);
      put(write.enable(), port + "_enable");
      put(write.address(), port + "_address");
      put(write.data(), port + "_data");
      put(write.mask(), port + "_mask");
    }
    for (int i = 0; i < memory.reads().size(); i++) {
      Node.MemoryRead read = memory.reads().get(i);
      String port = name + "_read" + (memory.reads().size() == 1 ? "" : i);
      put(read.address(), port + "_address");
      put(read.enable(), port + "_enable");
    }
    for (int i = 0; i < memory.readWrites().size(); i++) {
      MemoryBlock.ReadWrite shared = memory.readWrites().get(i);
      String port = name + (memory.readWrites().size() == 1 ? "" : "_port" + i);
      put(shared.read().address(), port + "_address");
      put(shared.read().enable(), port + "_enable");
      put(shared.mode(), port + "_mode");
      put(shared.data(), port + "_data");
      put(shared.mask(), port + "_mask");
    }
  }

  private void putOperands(Property property) {
    String name = Names.of(property);
    put(property.enable(), name + "_when");
    put(property.condition(), name);
  }
}
