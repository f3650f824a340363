package sluice.hdl.verilog;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/**
 * Names for values that need an identifier and have none of their own, in this order:
 *
 * <ol>
 *   <li>from where it goes, if its only use is there: {@code queue_in_data} for an input of a
 *       child, {@code count_next} for a register, {@code table_write_enable} for a memory;
 *   <li>from what it is, if that is short: {@code page_times_65}, {@code words_fires}, {@code
 *       state_is_idle};
 *   <li>from what it is a part of: {@code total_sum} for a sum within {@code total}.
 * </ol>
 *
 * Only names of the user's, of ports, memories and children go in, never other derived names or
 * counters. So a name changes only with the expression that it stands for.
 */
final class DerivedNames {
  /** Characters of a name from what a value is; a longer one says less than its place. */
  private static final int LONGEST = 30;

  /** Operators within each other that a name spells out. */
  private static final int DEEPEST = 3;

  /** Values passed on the way to one with a name. */
  private static final int FARTHEST = 1000;

  private final Netlist netlist;
  private final Usage usage;
  private final Function<Node, String> given;
  private final Function<MemoryBlock, String> memories;
  private final Function<Instance, String> instances;

  /** Where values are used; null until a name is asked for. */
  private Places places;

  /**
   * @param usage the part of the netlist that is named
   * @param given the identifier of a value that has a name of its own, or null
   */
  DerivedNames(
      Netlist netlist,
      Usage usage,
      Function<Node, String> given,
      Function<MemoryBlock, String> memories,
      Function<Instance, String> instances) {
    this.netlist = netlist;
    this.usage = usage;
    this.given = given;
    this.memories = memories;
    this.instances = instances;
  }

  /** A name that is not made unique yet; null if nothing around the value has a name. */
  String of(Node node) {
    if (node instanceof Node.Register register) {
      String of = register.next() == register ? null : text(register.next(), DEEPEST);
      return isName(of) ? of + "_delayed" : within(node);
    }
    if (node instanceof Node.MemoryRead read) {
      return Names.stem(memories.apply(read.memory())) + "_data";
    }
    if (usage.uses(node) == 1) {
      String there = destination(node);
      if (there != null) {
        return there;
      }
    }
    String text = text(node, DEEPEST);
    return isName(text) && text.length() <= LONGEST ? text : within(node);
  }

  /** Whether there is a text, which does not begin with a number. */
  private static boolean isName(String text) {
    return text != null && !Character.isDigit(text.charAt(0));
  }

  /** The name of the register, memory or child's input that a value goes to as it is, or null. */
  private String destination(Node node) {
    Node value = node;
    for (int i = 0; i < FARTHEST; i++) {
      Places.Place place = place(value);
      if (place == null || place.name() != null) {
        return place == null ? null : place.name();
      }
      if (place.user() instanceof Node.Register register) {
        String name = given.apply(register);
        return name == null ? null : name + "_next";
      }
      // A clocked block assigns the value in one of its branches.
      if (!usage.isProcedural(place.user()) || place.operand() == 0) {
        return null;
      }
      value = place.user();
    }
    return null;
  }

  /** A name from the first value around this one that has a name. */
  private String within(Node node) {
    Node value = node;
    for (int i = 0; i < FARTHEST; i++) {
      Places.Place place = place(value);
      if (place == null) {
        return null;
      }
      if (place.name() != null) {
        return place.name() + "_" + word(node);
      }
      Node user = place.user();
      String name = user == null ? null : given.apply(user);
      if (name != null) {
        boolean condition = value == node && place.operand() == 0 && isChoice(user);
        return name + "_" + (condition ? "select" : word(node));
      }
      boolean held =
          value == node
              && place.operand() == 0
              && usage.isProcedural(user)
              && place(user) != null
              && user.operands().get(2) == place(user).user();
      if (held && given.apply(user.operands().get(2)) != null) {
        return given.apply(user.operands().get(2)) + "_enable";
      }
      value = user;
    }
    return null;
  }

  private static boolean isChoice(Node node) {
    return node instanceof Node.Operation operation && operation.operator() == Operator.MUX;
  }

  private Places.Place place(Node node) {
    if (places == null) {
      places = new Places(netlist, usage, memories, instances);
    }
    return places.of(node);
  }

  /** What a value is, in words; null if it takes too many. */
  private String text(Node node, int depth) {
    String name = given.apply(node);
    if (name != null) {
      return Names.stem(name);
    }
    if (node instanceof Node.Constant constant) {
      return constant.symbol() != null
          ? constant.symbol().toLowerCase(Locale.ROOT)
          : constant.value().bitLength() <= 16 ? constant.value().toString() : null;
    }
    if (depth == 0) {
      return null;
    }
    if (node instanceof Node.Slice slice) {
      return joined(text(slice.source(), depth - 1), part(slice), null);
    }
    return node instanceof Node.Operation operation ? text(operation, depth) : null;
  }

  /** Which bits of its source a slice has. */
  private static String part(Node.Slice slice) {
    int high = slice.low() + slice.width() - 1;
    if (slice.width() == 1) {
      return "_" + slice.low();
    }
    if (slice.low() == 0) {
      return "_low";
    }
    return high == slice.source().width() - 1 ? "_high" : "_" + high + "_" + slice.low();
  }

  private String text(Node.Operation operation, int depth) {
    List<Node> operands = operation.operands();
    String a = text(operands.get(0), depth - 1);
    String b = operands.size() == 2 ? text(operands.get(1), depth - 1) : null;
    return switch (operation.operator()) {
      case NOT -> joined("not_", a, null);
      case AND -> isFiring(a, b) ? stem(a, "valid") + "_fires" : joined(a, "_and_", b);
      case OR -> joined(a, "_or_", b);
      case XOR -> joined(a, "_xor_", b);
      case ADD -> joined(a, "_plus_", b);
      case SUB -> joined(a, "_minus_", b);
      case MULTIPLY, MULTIPLY_SIGNED -> joined(a, "_times_", b);
      case EQUAL -> joined(a, "_is_", b);
      case NOT_EQUAL -> joined(a, "_is_not_", b);
      case LESS, LESS_SIGNED ->
          operands.get(0) instanceof Node.Constant
              ? joined(b, "_above_", a)
              : joined(a, "_below_", b);
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> joined(a, "_shifted", null);
      case REDUCE_AND -> joined("all_of_", a, null);
      case REDUCE_OR -> joined("any_of_", a, null);
      case REDUCE_XOR -> joined("parity_of_", a, null);
      case ZERO_EXTEND, SIGN_EXTEND -> a;
      case CHOOSE -> chosen(operation, a);
      case MUX, CONCAT -> null;
    };
  }

  private static String joined(String first, String second, String third) {
    if (first == null || second == null) {
      return null;
    }
    boolean two = third == null && (second.startsWith("_") && second.endsWith("_"));
    return two ? null : first + second + (third == null ? "" : third);
  }

  private static boolean isFiring(String a, String b) {
    return a != null
        && b != null
        && a.endsWith("valid")
        && b.endsWith("ready")
        && stem(a, "valid").equals(stem(b, "ready"))
        && !stem(a, "valid").isEmpty();
  }

  private static String stem(String name, String end) {
    String stem = name.substring(0, name.length() - end.length());
    return stem.endsWith("_") ? stem.substring(0, stem.length() - 1) : stem;
  }

  /** {@code words_at_index}, for elements {@code words_0}, {@code words_1}, ... */
  private String chosen(Node.Operation operation, String index) {
    String first = text(operation.operands().get(1), 1);
    if (first == null || !first.endsWith("_0") || index == null) {
      return null;
    }
    return first.substring(0, first.length() - 1) + "at_" + index;
  }

  private static String word(Node node) {
    if (!(node instanceof Node.Operation operation)) {
      return node instanceof Node.Slice ? "part" : "register";
    }
    return switch (operation.operator()) {
      case NOT -> "inverse";
      case AND, OR, XOR -> "term";
      case ADD -> "sum";
      case SUB -> "difference";
      case MULTIPLY, MULTIPLY_SIGNED -> "product";
      case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED -> "comparison";
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> "shifted";
      case REDUCE_AND -> "all";
      case REDUCE_OR -> "any";
      case REDUCE_XOR -> "parity";
      case MUX, CHOOSE -> "choice";
      case ZERO_EXTEND, SIGN_EXTEND -> "extended";
      case CONCAT -> "word";
    };
  }
}
