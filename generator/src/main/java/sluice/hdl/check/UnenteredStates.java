package sluice.hdl.check;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.StateMachine;

/** Finds states that nothing goes to, and that are not the one after reset. */
final class UnenteredStates {
  private UnenteredStates() {}

  static void find(Netlist netlist, BiConsumer<String, Diagnostic> found) {
    for (StateMachine machine : netlist.stateMachines()) {
      Set<BigInteger> entered = entered(machine);
      List<String> missing =
          machine.states().stream()
              .filter(state -> entered != null && !entered.contains(state.code()))
              .map(StateMachine.State::name)
              .toList();
      if (!missing.isEmpty()) {
        boolean one = missing.size() == 1;
        String names = String.join(", ", missing);
        found.accept(
            netlist.name(),
            new Diagnostic(
                Diagnostic.Kind.UNENTERED_STATE,
                (one ? "state " : "states ")
                    + names
                    + " of "
                    + machine.register().name()
                    + " in "
                    + netlist.name()
                    + (one ? " is" : " are")
                    + " never entered",
                machine.register().site(),
                null,
                one
                    ? "go there with set(" + names + "), or leave the state out"
                    : "go there with set(...), or leave the states out"));
      }
    }
  }

  /** The codes that the register takes; null where it takes something other than constants. */
  private static Set<BigInteger> entered(StateMachine machine) {
    Set<BigInteger> codes = new HashSet<>();
    codes.add(machine.register().resetValue());
    BitSet seen = new BitSet();
    Deque<Node> pending = new ArrayDeque<>(List.of(machine.register().next()));
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node == machine.register() || seen.get(node.id())) {
        continue;
      }
      seen.set(node.id());
      if (node instanceof Node.Constant constant) {
        codes.add(constant.value());
      } else if (node instanceof Node.Operation operation && operation.operator() == Operator.MUX) {
        pending.push(operation.operands().get(1));
        pending.push(operation.operands().get(2));
      } else {
        return null;
      }
    }
    return codes;
  }
}
