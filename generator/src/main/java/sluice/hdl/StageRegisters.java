package sluice.hdl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.timing.BitRange;
import sluice.hdl.timing.Cone;
import sluice.hdl.timing.StagePlan;

/**
 * Builds the values of a function again, with the registers of a plan between them. Bits of a value
 * that are carried to a stage are one register if they lie side by side; but what has a name of its
 * own is carried under it.
 */
final class StageRegisters {
  private final Netlist netlist;
  private final Clock clock;
  private final Cone cone;
  private final StagePlan plan;

  /** High in the cycles in which the registers advance; null for always. */
  private final Node advance;

  private final StageNames names;

  /** Each value in its own stage: itself in the first, where nothing changes. */
  private final Map<Node, Node> again = new IdentityHashMap<>();

  /** The registers of each value for each stage, from the lowest bit on. */
  private final Map<Node, List<List<Carried>>> registers = new IdentityHashMap<>();

  /** What slices are in each stage. */
  private final Map<Node, Map<Integer, Node>> shown = new IdentityHashMap<>();

  /** A register, and the bits of a value that are in it. */
  private record Carried(Node.Register register, BitRange bits) {}

  StageRegisters(
      Netlist netlist,
      Clock clock,
      Cone cone,
      StagePlan plan,
      Node advance,
      Map<Node, String> resultNames) {
    this.netlist = netlist;
    this.clock = clock;
    this.cone = cone;
    this.plan = plan;
    this.advance = advance;
    this.names = new StageNames(cone, plan, resultNames);
  }

  void build() {
    for (Node start : cone.starts()) {
      again.put(start, start);
      carry(start);
    }
    for (Node node : cone.operations()) {
      again.put(node, again(node));
      carry(node);
    }
  }

  /** Moves the names to what was built, when all of it is: results too. */
  void moveNames() {
    Set<Node> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : cone.operations()) {
      // What only a register takes is written there, and needs no name beside the register's.
      if (names.isUsedAtOnce(node)) {
        kept.add(node);
        names.move(node, again.get(node));
      }
    }
    shown.forEach(
        (node, stages) -> {
          Node first = stages.get(names.firstUse(node));
          if (first instanceof Node.Slice slice) {
            for (Node n = slice; n instanceof Node.Slice s && first == node; n = s.source()) {
              kept.add(n);
            }
            names.move(node, first);
          }
        });
    // The values as they were before are of no more use.
    for (Node node : cone.computed()) {
      boolean stays = kept.contains(node) && again.getOrDefault(node, node) == node;
      if (!stays) {
        node.rename(null);
      }
    }
  }

  /** Names the registers, when all that they carry has its name. */
  void name() {
    registers.forEach(
        (value, stages) -> {
          for (int i = 0; i < stages.size(); i++) {
            for (Carried entry : stages.get(i)) {
              entry.register().rename(names.of(entry.bits(), plan.stageOf(value) + 1 + i));
            }
          }
        });
  }

  /** A node as it is in a stage. */
  Node valueIn(Node node, int stage) {
    BitRange bits = cone.bits(node);
    Node value = bits.value();
    if (value instanceof Node.Constant) {
      return node;
    }
    if (stage == plan.stageOf(value) && bits.isWhole()) {
      // A wire is what drives it.
      return again.get(value);
    }
    return shown
        .computeIfAbsent(node, n -> new TreeMap<>())
        .computeIfAbsent(stage, k -> show(node, bits, k));
  }

  private Node show(Node node, BitRange bits, int stage) {
    if (stage == plan.stageOf(bits.value())) {
      Node value = again.get(bits.value());
      return isSliceOf(node, value) ? node : part(value, BitRange.of(bits.value()), bits, node);
    }
    for (Carried entry : registersOf(bits.value(), stage)) {
      if (entry.bits().contains(bits)) {
        return part(entry.register(), entry.bits(), bits, node);
      }
    }
    throw new IllegalStateException("no register carries a value to stage " + stage);
  }

  /** Whether a slice is one of a value, or of a slice of it, and so on. */
  private static boolean isSliceOf(Node node, Node value) {
    Node source = node;
    while (source instanceof Node.Slice slice && source != value) {
      source = slice.source();
    }
    return source == value;
  }

  private List<Carried> registersOf(Node value, int stage) {
    return registers.get(value).get(stage - plan.stageOf(value) - 1);
  }

  /** Some of the bits that a node has. */
  private Node part(Node whole, BitRange has, BitRange wanted, Node like) {
    return Build.slice(netlist, whole, wanted.low() - has.low(), wanted.width(), like.site());
  }

  /** The value with operands of its stage: itself, if these are what they were. */
  private Node again(Node node) {
    int stage = plan.stageOf(node);
    List<Node> operands = node.operands().stream().map(operand -> valueIn(operand, stage)).toList();
    if (!(node instanceof Node.Operation operation) || operands.equals(node.operands())) {
      return node;
    }
    return new Node.Operation(netlist, operation.operator(), node.width(), operands, node.site());
  }

  private void carry(Node value) {
    List<List<Carried>> stages = new ArrayList<>();
    registers.put(value, stages);
    Node whole = again.get(value);
    List<Carried> before = List.of();
    for (int stage = plan.stageOf(value) + 1; stage <= plan.stages(); stage++) {
      List<Carried> row = new ArrayList<>();
      for (BitRange bits : names.ranges(value, plan.carried(value, stage))) {
        Node source = before.isEmpty() ? part(whole, BitRange.of(value), bits, value) : null;
        for (Carried entry : before) {
          if (entry.bits().contains(bits)) {
            source = part(entry.register(), entry.bits(), bits, value);
          }
        }
        row.add(new Carried(register(source, bits, value), bits));
      }
      if (row.isEmpty()) {
        break;
      }
      stages.add(row);
      before = row;
    }
  }

  private Node.Register register(Node source, BitRange bits, Node value) {
    Node.Register register =
        new Node.Register(netlist, clock, Crossing.NONE, bits.width(), value.site());
    register.setNext(
        advance == null ? source : Build.mux(netlist, advance, source, register, value.site()));
    return register;
  }
}
