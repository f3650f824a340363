package sluice.hdl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.ValueText;
import sluice.hdl.timing.BitRange;
import sluice.hdl.timing.Cone;
import sluice.hdl.timing.StagePlan;

/**
 * What the registers of a pipeline are called, {@code <value>_s<stage>}, and which bits they have,
 * since what has a name is carried under it. A value without a name is called after what it is, or
 * else after the next one that it goes to and that has a name; never after a number that an edit
 * elsewhere changes.
 */
final class StageNames {
  private final Cone cone;
  private final StagePlan plan;

  /** The names of nodes before these were built again, and those of results without any. */
  private final Map<Node, String> names = new IdentityHashMap<>();

  /** How firmly values hold on to their names; not for those of results. */
  private final Map<Node, NameLevel> levels = new IdentityHashMap<>();

  /** The first and the last stage in which an operation, or a result, takes a node. */
  private final Map<Node, Span> uses = new IdentityHashMap<>();

  /** For each value, one that uses it: the first that the user's Java made. */
  private final Map<Node, Node> users = new IdentityHashMap<>();

  /** For each value the nodes that show some of its bits, itself among them. */
  private final Map<Node, List<Node>> shows = new IdentityHashMap<>();

  private final ValueText text = new ValueText(this::nameOf);

  private record Span(int first, int last) {
    Span with(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /**
   * @param resultNames what results are called that have no names of their own
   */
  StageNames(Cone cone, StagePlan plan, Map<Node, String> resultNames) {
    this.cone = cone;
    this.plan = plan;
    cone.starts().forEach(node -> note(node, node.name()));
    for (Node node : cone.computed()) {
      note(node, node.name() == null ? resultNames.get(node) : node.name());
    }
    for (Node node : cone.operations()) {
      for (Node operand : node.operands()) {
        use(operand, plan.stageOf(node));
        users.merge(cone.bits(operand).value(), node, (a, b) -> a.id() < b.id() ? a : b);
      }
    }
    cone.ends().forEach(end -> use(end, plan.stages()));
  }

  private void note(Node node, String name) {
    Node value = cone.bits(node).value();
    shows.computeIfAbsent(value, v -> new ArrayList<>()).add(node);
    if (name != null) {
      // A value without a name has that of the wire that it drives.
      Node named = cone.bits(node).isWhole() ? value : node;
      if (names.putIfAbsent(named, name) == null && node.name() != null) {
        levels.put(named, node.nameLevel());
      }
    }
  }

  private void use(Node node, int stage) {
    uses.merge(node, new Span(stage, stage), Span::with);
  }

  /** The first stage in which an operation, or a result, takes a node. */
  int firstUse(Node node) {
    return uses.get(node).first();
  }

  /** Whether bits of a value are used in its own stage. */
  boolean isUsedAtOnce(Node value) {
    int stage = plan.stageOf(value);
    return shows.get(value).stream()
        .anyMatch(node -> uses.containsKey(node) && firstUse(node) == stage);
  }

  /** Gives the name of a node to what was built for it. */
  void move(Node node, Node built) {
    if (levels.containsKey(node) && built.name() == null) {
      built.rename(names.get(node), levels.get(node));
    }
  }

  /**
   * Cuts bits of a value that are carried to a stage into registers: what lies side by side is one,
   * unless a part of it has a name, and no later stage takes bits of that part and others together.
   */
  List<BitRange> ranges(Node value, BitSet bits) {
    BitSet cuts = new BitSet();
    for (Node node : shows.get(value)) {
      BitRange range = cone.bits(node);
      if (!range.isWhole() && names.containsKey(node) && isApart(range)) {
        cuts.set(range.low());
        cuts.set(range.end());
      }
    }
    List<BitRange> ranges = new ArrayList<>();
    int low = bits.nextSetBit(0);
    while (low >= 0) {
      int cut = cuts.nextSetBit(low + 1);
      int gap = bits.nextClearBit(low);
      int end = cut >= 0 && cut < gap ? cut : gap;
      ranges.add(new BitRange(value, low, end - low));
      low = bits.nextSetBit(end);
    }
    return ranges;
  }

  private boolean isApart(BitRange range) {
    for (Node node : shows.get(range.value())) {
      BitRange other = cone.bits(node);
      if (uses.containsKey(node)
          && uses.get(node).last() > plan.stageOf(range.value())
          && range.overlaps(other)
          && !range.contains(other)) {
        return false;
      }
    }
    return true;
  }

  /** The name of a register that carries bits of a value to a stage. */
  String of(BitRange bits, int stage) {
    Node nearest = null;
    for (Node node : shows.get(bits.value())) {
      boolean named = node == bits.value() ? nameOf(node) != null : names.containsKey(node);
      if (named
          && cone.bits(node).contains(bits)
          && (nearest == null || node.width() < nearest.width())) {
        nearest = node;
      }
    }
    String base = nearest == null ? described(bits.value()) : nameOf(nearest);
    BitRange all = cone.bits(nearest == null ? bits.value() : nearest);
    int low = bits.low() - all.low();
    String part =
        bits.width() == all.width()
            ? ""
            : bits.width() == 1 ? "_" + low : "_" + (low + bits.width() - 1) + "_" + low;
    return base + part + "_s" + stage;
  }

  private String described(Node value) {
    String what = text.of(value);
    if (what != null) {
      return what;
    }
    String word = ValueText.word(value);
    Node inner = value;
    for (Node user = users.get(value); user != null; user = users.get(user)) {
      if (nameOf(user) != null) {
        boolean decides =
            inner == value
                && user instanceof Node.Operation operation
                && operation.operator() == Operator.MUX
                && operation.operands().get(0) == value;
        return nameOf(user) + "_" + (decides ? "select" : word);
      }
      inner = user;
    }
    return word;
  }

  private String nameOf(Node node) {
    // Names of ports are known late.
    String name = node.name() == null ? names.get(node) : node.name();
    if (name != null) {
      return name;
    }
    if (node instanceof Node.InstanceOutput output) {
      return output.instance().name() + "_" + output.port().name();
    }
    if (node instanceof Node.MemoryRead read) {
      return read.memory().name() == null ? "word" : read.memory().name() + "_word";
    }
    return null;
  }
}
