/**
 * Attention over the selected tokens: scores of keys ({@link sluice.accel.attention.ExactDot},
 * {@link sluice.accel.attention.ScoreScale}), weights of scores ({@link
 * sluice.accel.attention.WeightUnit}), weighted sums of values ({@link
 * sluice.accel.attention.ValueAccumulator}) and their division ({@link
 * sluice.accel.attention.Normalizer}). A slice has one of each of the first four; the last is
 * shared. All sums are exact, so that tokens may come in any order. May import: {@code hdl}, {@code
 * config}, and the signal types of {@code accel}.
 */
package sluice.accel.attention;
