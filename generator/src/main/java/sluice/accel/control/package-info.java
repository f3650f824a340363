/**
 * The accelerator's control: the registers that software sees, and the jobs. May import: {@code
 * hdl}, {@code layout}, {@code config}, {@code accel}.
 */
package sluice.accel.control;
