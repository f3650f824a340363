package sluice.hdl.fuzz;

import java.util.Objects;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.verilog.ResetStyle;

/**
 * What is tried of a seed.
 *
 * @param style how the Verilog is reset
 * @param expected what the design should do; null if that depends on its state at the start
 */
record Plan(long seed, Trial trial, ResetStyle style, JvmRun expected) {

  /**
   * A random design, and what drives it.
   *
   * @param cycles after the warm-up
   */
  static Plan of(long seed, int cycles) {
    Design design = RandomDesign.of(seed);
    ResetStyle style = style(seed, design);
    boolean atOnce = style == ResetStyle.ASYNC_LOW || style == ResetStyle.ASYNC_HIGH;
    Trial trial = new Trial(design, Stimulus.random(design, seed, cycles, !atOnce));
    return new Plan(seed, trial, style, Oracle.expected(trial));
  }

  /**
   * Where all resets are ports, they may be such that act at once, and are then active only at the
   * start: the JVM simulator has none for a whole design.
   */
  private static ResetStyle style(long seed, Design design) {
    boolean ports =
        design.modules().stream()
            .map(Netlist::clocks)
            .flatMap(clocks -> clocks.stream().map(Clock::base))
            .allMatch(Objects::isNull);
    ResetStyle[] styles = ResetStyle.values();
    return styles[Math.floorMod(seed, ports ? styles.length : 2)];
  }

  /**
   * The design as Verilog.
   *
   * @param mark tells benches of one design apart
   */
  Bench bench(char mark, Variant variant) {
    Design written = variant.apply(DesignCopy.of(trial.design()));
    return Bench.of("d" + seed + mark, variant.name(), written, style, trial.stimulus(), expected);
  }
}
