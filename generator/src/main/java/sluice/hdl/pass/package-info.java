/**
 * Passes: each takes a finished design and gives one that does the same and reads better.
 *
 * <ul>
 *   <li>{@link sluice.hdl.pass.ModuleDeduplication}: equal modules become one with several
 *       instances;
 *   <li>{@link sluice.hdl.pass.AliasRemoval}: what a wire without a name is driven by takes its
 *       place;
 *   <li>{@link sluice.hdl.pass.ConstantFolding}: operations that are constant, or only pass an
 *       operand on, go;
 *   <li>{@link sluice.hdl.pass.CommonSubexpressions}: equal values are computed once;
 *   <li>{@link sluice.hdl.pass.DeadLogic}: what reaches no output, no property and no black box is
 *       left out.
 * </ul>
 *
 * <p>None changes what the circuit does at its ports, takes a name from a value that is still used,
 * or knows of another. Netlists that were built keep all their nodes, and instances the netlists
 * that were built for them: what a pass leaves out is missing in the design that it returns only.
 * So the same object can be written and simulated, in any order. Checks come before passes, so that
 * warnings speak of all that was built. May import: {@code netlist}.
 */
package sluice.hdl.pass;
