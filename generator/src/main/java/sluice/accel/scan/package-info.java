/**
 * The scan: what is prepared of a query before it, and what is predicted from the key records. Also
 * how key records are made, as the head table says both. {@link sluice.accel.scan.QueryPreparation}
 * makes the query codes, {@link sluice.accel.scan.PredictorArray} the predicted scores, {@link
 * sluice.accel.scan.KeyQuantizer} the records of appended keys.
 *
 * <p>May import: {@code hdl}, {@code layout}, {@code config}, {@link sluice.accel.SignalTypes}.
 */
package sluice.accel.scan;
