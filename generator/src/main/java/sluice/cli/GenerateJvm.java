package sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of the JVM under which Verilog is generated; {@code scripts/generate} has the same. */
final class GenerateJvm {
  /** Most code of an elaboration runs too few times to repay the optimizing compiler. */
  static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /**
   * Much memory is only written once: large pages spare most of what it costs to get it. Linux may
   * not have them.
   */
  static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

  private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private GenerateJvm() {}

  /** The options on this machine. */
  static List<String> options() throws IOException {
    List<String> options = new ArrayList<>(OPTIONS);
    if (Files.isReadable(SETTING) && !Files.readString(SETTING).contains("[never]")) {
      options.add(LARGE_PAGES);
    }
    return options;
  }
}
