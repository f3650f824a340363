/**
 * The Top-K of head after head: {@link sluice.accel.topk.Pooling} and {@link
 * sluice.accel.topk.Bucketing} turn rows of predicted scores into rows of buckets, {@link
 * sluice.accel.topk.TopK} counts them, finds the threshold and picks the tokens worth reading. A
 * row is one token of every lane of every slice; token t is lane t mod R of row t / R. May import:
 * {@code hdl}, {@code config}, {@link sluice.accel.SignalTypes}.
 */
package sluice.accel.topk;
