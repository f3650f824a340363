package sluice.hdl.sim;

/** Compiled code for up to 64 parts of a schedule; the class of each is generated. */
interface CompiledBlock {

  /** Computes the parts that have something new to compute. */
  void settle();
}
