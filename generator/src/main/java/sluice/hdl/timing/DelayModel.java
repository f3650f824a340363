package sluice.hdl.timing;

import sluice.hdl.netlist.Node;

/**
 * How long a value takes after its operands, in a unit of the model's own: {@linkplain LogicLevels
 * levels of logic}, or picoseconds of a technology.
 */
@FunctionalInterface
public interface DelayModel {

  /**
   * The time from the last operand to the value; 0 for what is only wiring.
   *
   * @param node an operation, a slice or a wire
   * @return at least 0
   */
  int delay(Node node);
}
