package sluice.hdl.netlist;

/** How a register takes data from another clock domain. */
public enum Crossing {
  /** Not at all: its data belongs to its own domain. */
  NONE,
  /**
   * A stage of a synchronizer: takes a register's output in every cycle, and may be metastable for
   * most of a cycle if it is the first stage.
   */
  SYNCHRONIZER,
  /**
   * Takes a register's output under a condition of its own domain. Whoever builds the condition
   * sees to it that the data is still by then.
   */
  CAPTURE
}
