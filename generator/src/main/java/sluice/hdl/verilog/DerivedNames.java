package sluice.hdl.verilog;

import java.util.function.Function;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.ValueText;

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
  /** Values passed on the way to one with a name. */
  private static final int FARTHEST = 1000;

  private final Netlist netlist;
  private final Usage usage;
  private final Function<Node, String> given;
  private final Function<MemoryBlock, String> memories;
  private final Function<Instance, String> instances;
  private final ValueText text;

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
    this.text = new ValueText(given);
  }

  /** A name that is not made unique yet; null if nothing around the value has a name. */
  String of(Node node) {
    if (node instanceof Node.Register register) {
      String of = register.next() == register ? null : text.ofAnyLength(register.next());
      return of == null ? within(node) : of + "_delayed";
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
    String what = text.of(node);
    return what == null ? within(node) : what;
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
        return place.name() + "_" + ValueText.word(node);
      }
      Node user = place.user();
      String name = user == null ? null : given.apply(user);
      if (name != null) {
        boolean condition = value == node && place.operand() == 0 && isChoice(user);
        return name + "_" + (condition ? "select" : ValueText.word(node));
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
}
