/**
 * The bit-exact reference of what the hardware computes.
 *
 * <p>Written from the numeric contract in plain arithmetic, a class for each of its subjects: query
 * codes, key records, prediction, pooling, selection, scores, weights, output. {@link
 * sluice.golden.DecodeStep} is one step of one KV head; {@link sluice.golden.GoldenMachine}
 * executes whole descriptors, memory image in, memory image out.
 *
 * <p>May import {@code sluice.layout}, {@code sluice.config}, {@code sluice.tensor}, Jackson and
 * the JDK; nothing of the hardware.
 */
package sluice.golden;
