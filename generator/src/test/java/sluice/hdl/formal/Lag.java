package sluice.hdl.formal;

import java.util.List;
import java.util.Set;

/**
 * How much later a circuit with feedback is than one that does the same in fewer stages.
 *
 * @param outputs cycles by which its outputs are later
 * @param registers the registers with feedback, as Yosys selects wires: a star stands for anything
 * @param state cycles by which these registers are later
 * @param lateInputs inputs that are given as much later as the registers
 */
public record Lag(int outputs, List<String> registers, int state, Set<String> lateInputs) {

  /** Keeps copies. */
  public Lag {
    registers = List.copyOf(registers);
    lateInputs = Set.copyOf(lateInputs);
  }

  /** A circuit without feedback. */
  static Lag of(int latency) {
    return new Lag(latency, List.of(), 0, Set.of());
  }

  /** Cycles from the first one to that in which nothing is left of what registers held then. */
  int cycles() {
    return registers.isEmpty() ? outputs : Math.max(outputs, state + 1);
  }
}
