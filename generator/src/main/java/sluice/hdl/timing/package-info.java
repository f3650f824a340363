/**
 * How long combinational values take, and where registers cut them: a {@linkplain
 * sluice.hdl.timing.DelayModel model of delays} and the {@linkplain sluice.hdl.timing.StagePlan
 * plan of a pipeline}. Reads netlists and changes none. May import: {@code netlist}.
 */
package sluice.hdl.timing;
