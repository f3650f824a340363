package sluice.cli;

import java.util.List;

/** Options of the JVM under which Verilog is generated; {@code scripts/generate} has the same. */
final class GenerateJvm {
  /**
   * Most code of an elaboration runs too few times to repay the optimizing compiler, and one thread
   * does all the work.
   */
  static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private GenerateJvm() {}
}
