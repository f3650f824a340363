package sluice.hdl.netlist;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What values without a name are, in words that a name can be made of: {@code page_times_65} for a
 * product, {@code words_fires} for a hand-shake, {@code state_is_idle} for a comparison.
 */
public final class ValueText {
  /** Characters of a name from what a value is; a longer one says less than its place. */
  private static final int LONGEST = 30;

  /** Operators within each other that a name spells out. */
  private static final int DEEPEST = 3;

  private final Function<Node, String> given;

  /**
   * @param given the name of a value that has one, or null
   */
  public ValueText(Function<Node, String> given) {
    this.given = given;
  }

  /** What a value is; null if that takes too many words, or begins with none. */
  public String of(Node node) {
    String text = ofAnyLength(node);
    return text != null && text.length() <= LONGEST ? text : null;
  }

  /** What a value is, in as many words as that takes for a few operators; or null. */
  public String ofAnyLength(Node node) {
    String text = text(node, DEEPEST);
    return text != null && !Character.isDigit(text.charAt(0)) ? text : null;
  }

  /** The kind of a value in one word, for a part of something that has a name. */
  public static String word(Node node) {
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

  /** What a value is, in words; null if it takes too many. */
  private String text(Node node, int depth) {
    String name = given.apply(node);
    if (name != null) {
      return stem(name);
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

  /** The underscore behind a keyword is not wanted within other names. */
  private static String stem(String name) {
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
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
}
