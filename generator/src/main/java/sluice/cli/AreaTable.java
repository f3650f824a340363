package sluice.cli;

import java.util.ArrayList;
import java.util.List;

/** Units with their figures; below each, those of peers, and ours divided by theirs. */
final class AreaTable {
  private static final String INDENT = "  ";
  private static final String RATIO_LINE = INDENT + INDENT + "ratio";
  private static final String UNKNOWN = "-";
  private static final List<String> COLUMNS =
      List.of(
          AreaBench.AREA,
          AreaBench.AREA_PER_OPERATION,
          AreaBench.DELAY,
          AreaBench.DELAY_IS,
          AreaBench.FLOPS,
          AreaBench.TRANSISTORS);

  private AreaTable() {}

  /**
   * The lines of the table.
   *
   * @param rows of {@link AreaBench}
   */
  static String of(List<BenchRow> rows) {
    List<BenchRow> lines = new ArrayList<>();
    for (BenchRow row : rows) {
      lines.add(line(row.text(AreaBench.UNIT), row, ""));
      for (BenchRow peer : row.rows(AreaBench.PEERS)) {
        lines.add(line(INDENT + peer.text(AreaBench.PEER), peer, ""));
        lines.add(line(RATIO_LINE, peer, AreaBench.RATIO));
      }
    }
    return BenchTable.of(lines);
  }

  private static BenchRow line(String name, BenchRow figures, String suffix) {
    BenchRow line = new BenchRow().with(AreaBench.UNIT, name);
    for (String column : COLUMNS) {
      if (figures.has(column + suffix)) {
        line.with(column, figures, column + suffix);
      } else {
        line.with(column, UNKNOWN);
      }
    }
    return line;
  }
}
