package sluice.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A matrix of 32-bit integers.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values element (i, j) at {@code i * columns + j}; not copied
 */
public record IntMatrix(int rows, int columns, int[] values) {

  /** Checks the number of elements. */
  public IntMatrix {
    if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "a matrix of " + rows + " x " + columns + " cannot have " + values.length + " elements");
    }
  }

  /**
   * The matrix of rows of different lengths, as wide as the longest.
   *
   * @param rows the rows
   * @param padding what fills the shorter rows
   */
  public static IntMatrix padded(List<int[]> rows, int padding) {
    int columns = 0;
    for (int[] row : rows) {
      columns = Math.max(columns, row.length);
    }
    int[] values = new int[rows.size() * columns];
    Arrays.fill(values, padding);
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * columns, rows.get(i).length);
    }
    return new IntMatrix(rows.size(), columns, values);
  }

  /** An element. */
  public int get(int row, int column) {
    return values[row * columns + column];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntMatrix matrix
        && rows == matrix.rows
        && columns == matrix.columns
        && Arrays.equals(values, matrix.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "IntMatrix[" + rows + " x " + columns + "]";
  }
}
