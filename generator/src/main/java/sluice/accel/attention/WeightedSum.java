package sluice.accel.attention;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;

/**
 * One element of a query head's output, as far as a slice knows it.
 *
 * @param sum of weights times values, exact, in units of 2^-40
 * @param invalid whether a value was NaN or infinity at a weight above 0
 */
record WeightedSum(SInt sum, Bool invalid) implements Bundle {}
