/**
 * The hardware construction language: circuits are Java objects.
 *
 * <p>A circuit extends {@link sluice.hdl.Module}; its constructor builds it; its ports are its
 * fields. Signals are typed ({@link sluice.hdl.Bool}, {@link sluice.hdl.UInt}, {@link
 * sluice.hdl.SInt}), records of signals are bundles ({@link sluice.hdl.Bundle}), {@link
 * sluice.hdl.Stream} is the one hand-shake. A type is a signal that is not bound yet. Results grow
 * so that nothing is lost; narrowing is always written. What cannot be hardware is refused with the
 * user's Java line by {@link sluice.hdl.check.ElaborationException}.
 *
 * <p>May import: {@code netlist}, {@code check}, {@code timing} and ASM. Knows nothing of the
 * accelerator.
 */
package sluice.hdl;
