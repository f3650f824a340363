package sluice.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Results as an aligned table: a line a row if the lines are not too long, else a line a field,
 * with the rows side by side.
 */
final class BenchTable {
  private static final int MOST_COLUMNS = 100;
  private static final String GAP = "  ";

  private BenchTable() {}

  /** One text, and the side it keeps to. */
  private record Cell(String text, boolean right) {}

  /**
   * The lines of the table.
   *
   * @param rows at least one; all have the same fields
   */
  static String of(List<BenchRow> rows) {
    List<String> names = List.copyOf(rows.get(0).fields().keySet());
    List<List<Cell>> lines = new ArrayList<>();
    lines.add(names.stream().map(name -> new Cell(name, isOfNumbers(name, rows))).toList());
    for (BenchRow row : rows) {
      if (!List.copyOf(row.fields().keySet()).equals(names)) {
        throw new IllegalArgumentException(row.fields().keySet() + " in a table of " + names);
      }
      lines.add(
          names.stream().map(name -> new Cell(row.text(name), isOfNumbers(name, rows))).toList());
    }
    String upright = aligned(lines);
    return upright.lines().mapToInt(String::length).max().orElse(0) <= MOST_COLUMNS
        ? upright
        : aligned(turned(lines));
  }

  /** Numbers keep to the right, with what stands in their column where there is none. */
  private static boolean isOfNumbers(String name, List<BenchRow> rows) {
    return rows.stream().anyMatch(row -> row.isNumber(name));
  }

  /** Names go to the left, and all others to the right: words and numbers share a column. */
  private static List<List<Cell>> turned(List<List<Cell>> lines) {
    List<List<Cell>> turned = new ArrayList<>();
    for (int field = 0; field < lines.get(0).size(); field++) {
      List<Cell> line = new ArrayList<>();
      for (int row = 0; row < lines.size(); row++) {
        line.add(new Cell(lines.get(row).get(field).text, row > 0));
      }
      turned.add(line);
    }
    return turned;
  }

  private static String aligned(List<List<Cell>> lines) {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<Cell> line : lines) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], line.get(column).text.length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<Cell> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        Cell cell = line.get(column);
        String padding = " ".repeat(widths[column] - cell.text.length());
        text.append(column == 0 ? "" : GAP);
        text.append(cell.right ? padding + cell.text : cell.text + padding);
      }
      table.append(text.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }
}
