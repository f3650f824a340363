/**
 * Control of the accelerator: the registers, the descriptor ring, the checks of a job, and the
 * sequence of a decode job's heads. May import: {@code hdl}, {@code layout}, {@code config}, and
 * the blocks that it starts.
 */
package sluice.accel.control;
