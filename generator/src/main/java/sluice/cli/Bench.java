package sluice.cli;

import java.io.IOException;
import java.util.List;
import sluice.config.ConfigException;

/**
 * A measurement. Its options are fields of the class with picocli's annotations; every bench is a
 * command {@code bench NAME}.
 */
interface Bench {

  /** What it is called on the command line. */
  String name();

  /** What is measured, on what data, and how; the first line stands in the list of benches. */
  List<String> description();

  /**
   * Measures.
   *
   * @return the results; all rows have the same fields
   * @throws UserError if the options are not possible
   * @throws ConfigException if the configuration is not
   */
  List<BenchRow> run() throws IOException;

  /**
   * The results for people.
   *
   * @param rows what {@link #run} gave
   */
  default String table(List<BenchRow> rows) {
    return BenchTable.of(rows);
  }
}
