package sluice.tensor;

import java.util.Arrays;

/**
 * A matrix of FP16 numbers, as their bits.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param bits element (i, j) at {@code i * columns + j}; not copied
 */
public record HalfMatrix(int rows, int columns, short[] bits) {

  /** Checks the number of elements. */
  public HalfMatrix {
    if (rows < 0 || columns < 0 || (long) rows * columns != bits.length) {
      throw new IllegalArgumentException(
          "a matrix of " + rows + " x " + columns + " cannot have " + bits.length + " elements");
    }
  }

  /**
   * The matrix of some rows of equal length.
   *
   * @param rows at least one row
   */
  public static HalfMatrix ofRows(short[][] rows) {
    int columns = rows[0].length;
    short[] bits = new short[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " elements, row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, bits, i * columns, columns);
    }
    return new HalfMatrix(rows.length, columns, bits);
  }

  /** The bits of an element. */
  public short get(int row, int column) {
    return bits[row * columns + column];
  }

  /** A copy of a row. */
  public short[] row(int row) {
    return Arrays.copyOfRange(bits, row * columns, (row + 1) * columns);
  }

  /** A copy of some rows. */
  public HalfMatrix rows(int from, int to) {
    return new HalfMatrix(
        to - from, columns, Arrays.copyOfRange(bits, from * columns, to * columns));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HalfMatrix matrix
        && rows == matrix.rows
        && columns == matrix.columns
        && Arrays.equals(bits, matrix.bits);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "HalfMatrix[" + rows + " x " + columns + "]";
  }
}
