/**
 * Matrices of FP16 and int32 numbers, and the NumPy files that hold them.
 *
 * <p>May import the JDK only.
 */
package sluice.tensor;
