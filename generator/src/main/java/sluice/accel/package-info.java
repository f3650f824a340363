/**
 * The accelerator: {@link sluice.accel.Accelerator} on top, a slice for each memory channel, and a
 * package for each block: {@code scan} (query preparation, prediction), {@code topk} (pooling,
 * buckets, selection), {@code attention} (scores, weights, sums, division), {@code memory} (read
 * and write engines, the KV cache), {@code control} (jobs and registers). May import: {@code hdl},
 * {@code layout}, {@code config}.
 */
package sluice.accel;
