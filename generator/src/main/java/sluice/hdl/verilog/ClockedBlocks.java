package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StateMachine;

/** Writes registers as clocked blocks: choices on the way to a register become {@code if}s. */
final class ClockedBlocks {
  private final Usage usage;
  private final Declarations declarations;
  private final Expressions expressions;
  private final ClockPorts clocks;
  private final Locators locators;
  private final StringBuilder out;

  /** The state machines by their registers. */
  private final Map<Node, StateMachine> machines = new HashMap<>();

  /** What is still to be written, the next on top: blocks may lie deeply within each other. */
  private final Deque<Task> tasks = new ArrayDeque<>();

  /** What a task under expansion consists of, in order. */
  private final List<Task> parts = new ArrayList<>();

  /** A piece of text with its indentation: a line, or statements that are not expanded yet. */
  private record Task(int indent, String line, List<Update> updates) {}

  /**
   * A register and what remains to be written of its next value.
   *
   * @param condition the Java line of the condition around it; that of the register if none is
   */
  private record Update(Node.Register register, Node value, Site condition) {
    boolean holds() {
      return value == register;
    }
  }

  ClockedBlocks(
      Netlist netlist,
      Usage usage,
      Declarations declarations,
      Expressions expressions,
      ClockPorts clocks,
      Locators locators,
      StringBuilder out) {
    this.usage = usage;
    for (StateMachine machine : netlist.stateMachines()) {
      machines.put(machine.register(), machine);
    }
    this.clocks = clocks;
    this.locators = locators;
    this.declarations = declarations;
    this.expressions = expressions;
    this.out = out;
  }

  /** For each clock a block for the registers with a reset value, and one for those without. */
  void write(List<Clock> order, List<Node.Register> registers) {
    for (Clock clock : order) {
      write(clock, registers.stream().filter(register -> register.clock() == clock).toList());
    }
  }

  private void write(Clock clock, List<Node.Register> registers) {
    List<Update> withReset = new ArrayList<>();
    List<Update> withoutReset = new ArrayList<>();
    for (Node.Register register : registers) {
      (register.resetValue() == null ? withoutReset : withReset)
          .add(new Update(register, register.next(), register.site()));
    }
    if (!withReset.isEmpty()) {
      out.append("\n  always @(").append(clocks.events(clock)).append(") begin\n");
      out.append("    if (").append(clocks.inReset(clock)).append(") begin\n");
      for (Update update : withReset) {
        out.append("      ").append(declarations.identifier(update.register())).append(" <= ");
        out.append(resetValue(update.register())).append(';');
        out.append(locators.mark(update.register().site())).append('\n');
      }
      List<Update> active = withReset.stream().filter(u -> !u.holds()).toList();
      if (active.isEmpty()) {
        out.append("    end\n  end\n");
      } else {
        out.append("    end else begin\n");
        writeStatements(active, 3);
        out.append("    end\n  end\n");
      }
    }
    if (withoutReset.stream().anyMatch(u -> !u.holds())) {
      out.append("\n  always @(posedge ").append(clocks.clock(clock)).append(") begin\n");
      writeStatements(withoutReset, 2);
      out.append("  end\n");
    }
  }

  /** The reset value: a state by its name. */
  private String resetValue(Node.Register register) {
    BigInteger value = register.resetValue();
    StateMachine machine = machines.get(register);
    if (machine != null) {
      for (StateMachine.State state : machine.states()) {
        if (state.code().equals(value)) {
          return declarations.symbol(state.name(), register, value);
        }
      }
    }
    return Expressions.literal(register.width(), value);
  }

  private void writeStatements(List<Update> updates, int indent) {
    tasks.push(new Task(indent, null, updates));
    while (!tasks.isEmpty()) {
      Task task = tasks.pop();
      if (task.line() != null) {
        out.append("  ".repeat(task.indent())).append(task.line()).append('\n');
        continue;
      }
      expand(task.updates(), task.indent());
      for (int i = parts.size() - 1; i >= 0; i--) {
        tasks.push(parts.get(i));
      }
      parts.clear();
    }
  }

  private void line(int indent, String text) {
    parts.add(new Task(indent, text, null));
  }

  private void line(int indent, String text, Site site) {
    line(indent, text + locators.mark(site));
  }

  /** The line of a condition is that of the choice which it decides. */
  private Site siteOf(List<Update> choices) {
    return choices.get(0).value().site();
  }

  private void statements(List<Update> updates, int indent) {
    parts.add(new Task(indent, null, updates));
  }

  private boolean isChoice(Update update) {
    return usage.isProcedural(update.value());
  }

  private Node condition(Update update) {
    return update.value().operands().get(0);
  }

  /** Splits statements into assignments, and one choice a condition. */
  private void expand(List<Update> updates, int indent) {
    Map<Node, List<Update>> choices = new HashMap<>();
    List<List<Update>> groups = new ArrayList<>(updates.size());
    for (Update update : updates) {
      if (!update.holds()) {
        List<Update> group = isChoice(update) ? choices.get(condition(update)) : null;
        if (group != null) {
          group.add(update);
        } else if (isChoice(update)) {
          group = new ArrayList<>(List.of(update));
          choices.put(condition(update), group);
          groups.add(group);
        } else {
          groups.add(List.of(update));
        }
      }
    }
    for (List<Update> group : groups) {
      Update first = group.get(0);
      if (isChoice(first)) {
        choice(group, indent);
      } else {
        String target = declarations.identifier(first.register());
        Site site = expressions.isInPlace(first.value()) ? first.value().site() : first.condition();
        line(indent, target + " <= " + expressions.of(first.value()) + ";", site);
      }
    }
  }

  private List<Update> branch(List<Update> group, int operand) {
    List<Update> result = new ArrayList<>();
    for (Update update : group) {
      Update inner =
          new Update(
              update.register(), update.value().operands().get(operand), update.value().site());
      if (!inner.holds()) {
        result.add(inner);
      }
    }
    return result;
  }

  /** The one condition that all updates start with, or null. */
  private Node commonCondition(List<Update> updates) {
    if (updates.isEmpty() || !updates.stream().allMatch(this::isChoice)) {
      return null;
    }
    Node condition = condition(updates.get(0));
    return updates.stream().allMatch(u -> condition(u) == condition) ? condition : null;
  }

  private void choice(List<Update> group, int indent) {
    Node condition = condition(group.get(0));
    Node selector = stateOf(condition);
    List<Update> others = branch(group, 2);
    if (selector != null
        && commonCondition(others) != null
        && stateOf(commonCondition(others)) == selector) {
      cases(group, selector, indent);
      return;
    }
    List<Update> thens = branch(group, 1);
    if (thens.isEmpty()) {
      unless(condition, group, indent);
      return;
    }
    line(indent, "if (" + expressions.of(condition) + ") begin", siteOf(group));
    statements(thens, indent + 1);
    Node next = commonCondition(others);
    while (next != null && stateOf(next) == null) {
      line(indent, "end else if (" + expressions.of(next) + ") begin", siteOf(others));
      statements(branch(others, 1), indent + 1);
      others = branch(others, 2);
      next = commonCondition(others);
    }
    if (!others.isEmpty()) {
      line(indent, "end else begin");
      statements(others, indent + 1);
    }
    line(indent, "end");
  }

  /** Updates under the opposite of a condition, and of all that follow it without a branch. */
  private void unless(Node condition, List<Update> group, int indent) {
    StringBuilder text = new StringBuilder(negated(condition));
    List<Update> rest = branch(group, 2);
    Node next = commonCondition(rest);
    while (next != null && stateOf(next) == null) {
      boolean onlyThen = branch(rest, 2).isEmpty();
      boolean onlyOtherwise = branch(rest, 1).isEmpty();
      if (!onlyThen && !onlyOtherwise) {
        break;
      }
      text.append(" && ").append(onlyThen ? grouped(next) : negated(next));
      rest = branch(rest, onlyThen ? 1 : 2);
      next = commonCondition(rest);
    }
    line(indent, "if (" + text + ") begin", siteOf(group));
    statements(rest, indent + 1);
    line(indent, "end");
  }

  private String grouped(Node condition) {
    return declarations.identifier(condition) != null || condition instanceof Node.Slice
        ? expressions.of(condition)
        : "(" + expressions.of(condition) + ")";
  }

  private void cases(List<Update> group, Node selector, int indent) {
    line(indent, "case (" + expressions.of(selector) + ")", siteOf(group));
    List<Update> rest = group;
    Node condition = condition(group.get(0));
    while (condition != null && stateOf(condition) == selector) {
      List<Update> thens = branch(rest, 1);
      if (!thens.isEmpty()) {
        line(indent + 1, expressions.of(condition.operands().get(1)) + ": begin", siteOf(rest));
        statements(thens, indent + 2);
        line(indent + 1, "end");
      } else {
        line(indent + 1, expressions.of(condition.operands().get(1)) + ": ;");
      }
      rest = branch(rest, 2);
      condition = commonCondition(rest);
    }
    if (rest.isEmpty()) {
      line(indent + 1, "default: ;");
    } else {
      line(indent + 1, "default: begin");
      statements(rest, indent + 2);
      line(indent + 1, "end");
    }
    line(indent, "endcase");
  }

  /**
   * The state register that a condition compares with a symbolic state, or null; null too where a
   * name of the user's would be left without a use.
   */
  private Node stateOf(Node condition) {
    if (declarations.identifier(condition) == null || !usage.onlyDecidesBranches(condition)) {
      if (condition instanceof Node.Operation operation
          && operation.operator() == Operator.EQUAL
          && operation.operands().get(1) instanceof Node.Constant constant
          && constant.symbol() != null) {
        return operation.operands().get(0);
      }
    }
    return null;
  }

  private String negated(Node condition) {
    if (condition instanceof Node.Operation operation
        && operation.operator() == Operator.NOT
        && declarations.identifier(condition) == null) {
      return grouped(operation.operands().get(0));
    }
    if (expressions.isComparison(condition)) {
      return expressions.not(condition);
    }
    return declarations.identifier(condition) != null || condition instanceof Node.Slice
        ? "!" + expressions.of(condition)
        : "!(" + expressions.of(condition) + ")";
  }
}
