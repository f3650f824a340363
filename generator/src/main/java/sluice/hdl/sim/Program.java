package sluice.hdl.sim;

import java.util.Map;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * A design compiled for the {@link Interpreter}.
 *
 * @param code instructions, in an order in which every value is computed before it is used
 * @param tables offsets of the values that instructions choose from
 * @param offsets where each node that makes a value is
 * @param words length of the array of values
 * @param constants the constants
 * @param registers the registers
 * @param memories the memories, as numbered in the instructions
 */
record Program(
    int[] code,
    int[][] tables,
    Map<Node, Integer> offsets,
    int words,
    Constant[] constants,
    Register[] registers,
    Map<MemoryBlock, Integer> memories) {

  /** A constant and where it is. */
  record Constant(int offset, Node.Constant node) {}

  /**
   * A register.
   *
   * @param offset where its value is
   * @param next where its next value is
   */
  record Register(int offset, int next, Node.Register node) {}
}
