package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Waveforms as text, a row a signal and a column of equal width a cycle: {@code _} is low, {@code
 * -} is high, {@code |} bounds a value, {@code .} is no value.
 */
final class WaveformText {
  private static final int MOST_CHARACTERS = 16;

  /**
   * A row.
   *
   * @param level whether it is drawn as low and high, of cells "0" and "1"
   * @param cells what each cycle shows; null for no value
   */
  record Row(String name, boolean level, List<String> cells) {
    Row {
      cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }
  }

  private WaveformText() {}

  /**
   * Rows of one length.
   *
   * @param firstCycle the number of the first column
   */
  static String render(List<Row> rows, long firstCycle) {
    int cycles = rows.isEmpty() ? 0 : rows.get(0).cells().size();
    int width = 2;
    int nameWidth = "cycle".length();
    for (Row row : rows) {
      nameWidth = Math.max(nameWidth, row.name().length());
      for (String cell : row.cells()) {
        width = Math.max(width, row.level() || cell == null ? 0 : shown(cell).length() + 1);
      }
    }
    StringBuilder out = new StringBuilder();
    append(out, nameWidth, "cycle", numbers(firstCycle, cycles, width));
    for (Row row : rows) {
      append(out, nameWidth, row.name(), row.level() ? levels(row, width) : values(row, width));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int nameWidth, String name, String line) {
    String padded = name + " ".repeat(nameWidth - name.length());
    out.append((padded + "  " + line).stripTrailing()).append('\n');
  }

  /** The numbers of the cycles, of as many as there is room for. */
  private static String numbers(long first, int cycles, int width) {
    int digits = Long.toString(first + cycles).length();
    int every = (digits + width) / width;
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cycles; i++) {
      line.append(i % every == 0 ? Long.toString(first + i) : "");
      line.append(" ".repeat(Math.max(0, (i + 1) * width - line.length())));
    }
    return line.toString();
  }

  private static String levels(Row row, int width) {
    StringBuilder line = new StringBuilder();
    for (String cell : row.cells()) {
      line.append((cell == null ? "." : cell.equals("0") ? "_" : "-").repeat(width));
    }
    return line.toString();
  }

  private static String values(Row row, int width) {
    StringBuilder line = new StringBuilder();
    String before = null;
    for (String cell : row.cells()) {
      if (cell == null) {
        line.append(before == null ? "." : "|").append(".".repeat(width - 1));
      } else if (cell.equals(before)) {
        line.append(" ".repeat(width));
      } else {
        line.append('|').append(shown(cell));
        line.append(" ".repeat(width - 1 - shown(cell).length()));
      }
      before = cell;
    }
    return before == null ? line.toString() : line + "|";
  }

  /** A value, only its end if it is long. */
  private static String shown(String cell) {
    Objects.requireNonNull(cell);
    return cell.length() <= MOST_CHARACTERS
        ? cell
        : "~" + cell.substring(cell.length() - MOST_CHARACTERS + 1);
  }
}
