package sluice.hdl;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.timing.Cone;
import sluice.hdl.timing.StagePlan;

/** Builds the values of a function again, with the registers of a plan between them. */
final class StageRegisters {
  private final Netlist netlist;
  private final Clock clock;
  private final StagePlan plan;

  /** High in the cycles in which the registers advance; null for always. */
  private final Node advance;

  /** What results are called that have no names of their own. */
  private final Map<Node, String> resultNames;

  /** The names that the values had before they were built again. */
  private final Map<Node, String> names = new IdentityHashMap<>();

  /** What is called after a value; the names of ports are only known at the end of a module. */
  private final List<Carried> carried = new ArrayList<>();

  /** A register that carries a value to a stage. */
  private record Carried(Node.Register register, Node value, int stage) {}

  /** Nodes from here on are those that are built. */
  private final int firstBuilt;

  /** Each value in the stages from its own on. */
  private final Map<Node, List<Node>> values = new IdentityHashMap<>();

  StageRegisters(
      Netlist netlist, Clock clock, StagePlan plan, Node advance, Map<Node, String> resultNames) {
    this.netlist = netlist;
    this.clock = clock;
    this.plan = plan;
    this.advance = advance;
    this.resultNames = resultNames;
    this.firstBuilt = netlist.nodes().size();
  }

  void build(Cone cone) {
    Map<Node, Boolean> usedAtOnce = new IdentityHashMap<>();
    for (Node node : cone.computed()) {
      for (Node operand : node.operands()) {
        if (!(operand instanceof Node.Constant) && plan.stageOf(operand) == plan.stageOf(node)) {
          usedAtOnce.put(operand, true);
        }
      }
    }
    for (Node start : cone.starts()) {
      values.put(start, new ArrayList<>(List.of(start)));
      carry(start);
    }
    for (Node node : cone.computed()) {
      Node again = again(node);
      values.put(node, new ArrayList<>(List.of(again)));
      // What only a register takes is written there, and needs no name beside the register's.
      if (usedAtOnce.containsKey(node) && again.id() >= firstBuilt && again.name() == null) {
        again.rename(node.name(), node.nameLevel());
      }
      carry(node);
    }
    // The values as they were before are of no more use.
    for (Node node : cone.computed()) {
      names.put(node, node.name() == null ? resultNames.get(node) : node.name());
      node.rename(null);
    }
  }

  /** Names the registers, when all that they carry has its name. */
  void name() {
    for (Carried entry : carried) {
      entry.register().rename(baseName(entry.value()) + "_s" + entry.stage());
    }
  }

  /** A value as it is in a stage. */
  Node valueIn(Node node, int stage) {
    return node instanceof Node.Constant ? node : values.get(node).get(stage - plan.stageOf(node));
  }

  /** The value with operands of its stage. */
  private Node again(Node node) {
    int stage = plan.stageOf(node);
    List<Node> operands = node.operands().stream().map(operand -> valueIn(operand, stage)).toList();
    if (node instanceof Node.Operation operation) {
      return new Node.Operation(netlist, operation.operator(), node.width(), operands, node.site());
    }
    if (node instanceof Node.Slice slice) {
      return new Node.Slice(netlist, operands.get(0), slice.low(), node.width(), node.site());
    }
    // A wire is what drives it.
    return operands.get(0);
  }

  private void carry(Node node) {
    List<Node> inStages = values.get(node);
    for (int stage = plan.stageOf(node) + 1; stage <= plan.lastUse(node); stage++) {
      Node before = inStages.get(inStages.size() - 1);
      Node.Register register =
          new Node.Register(netlist, clock, Crossing.NONE, node.width(), node.site());
      carried.add(new Carried(register, node, stage));
      register.setNext(
          advance == null ? before : Build.mux(netlist, advance, before, register, node.site()));
      inStages.add(register);
    }
  }

  /** The name of a value, or one from what it is, which no edit elsewhere changes. */
  private String baseName(Node node) {
    if (nameOf(node) != null) {
      return nameOf(node);
    }
    if (node instanceof Node.InstanceOutput output) {
      return output.instance().name() + "_" + output.port().name();
    }
    if (node instanceof Node.MemoryRead read) {
      return read.memory().name() == null ? "word" : read.memory().name() + "_word";
    }
    if (node instanceof Node.Slice slice) {
      String range = slice.low() + slice.width() - 1 + "_" + slice.low();
      String place = slice.width() == 1 ? String.valueOf(slice.low()) : range;
      return nameOf(slice.source()) == null
          ? "bits_" + place
          : nameOf(slice.source()) + "_" + place;
    }
    if (node instanceof Node.Operation operation) {
      String word = operation.operator().name().toLowerCase(Locale.ROOT);
      for (Node operand : operation.operands()) {
        if (nameOf(operand) != null) {
          return word + "_" + nameOf(operand);
        }
      }
      return word;
    }
    return "value";
  }

  private String nameOf(Node node) {
    String name = names.get(node);
    return name == null ? node.name() : name;
  }
}
