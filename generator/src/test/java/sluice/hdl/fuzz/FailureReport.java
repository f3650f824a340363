package sluice.hdl.fuzz;

import java.util.Locale;
import java.util.Map;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Port;
import sluice.hdl.verilog.ResetStyle;
import sluice.hdl.verilog.VerilogWriter;

/** Prints a design that does not do what it should, in Java and in Verilog, and what it does. */
final class FailureReport {
  private FailureReport() {}

  /**
   * The report.
   *
   * @param variant passes before the Verilog is written
   */
  static String of(Shrinker.Shrunk shrunk, Variant variant, ResetStyle style) {
    Trial trial = shrunk.trial();
    StringBuilder out = new StringBuilder();
    out.append(shrunk.difference()).append("\n\n");
    out.append(cycles(trial)).append('\n');
    out.append(JavaPrinter.imports()).append('\n').append(JavaPrinter.print(trial.design()));
    out.append('\n');
    try {
      Design written = variant.apply(DesignCopy.of(trial.design()));
      Map<String, String> files = new VerilogWriter("", style).write(written);
      files.values().forEach(out::append);
    } catch (RuntimeException e) {
      out.append("no Verilog: ").append(e).append('\n');
    }
    return out.toString();
  }

  /** What goes in and should come out, from the end of the warm-up on. */
  private static String cycles(Trial trial) {
    StringBuilder out = new StringBuilder();
    JvmRun run = JvmRun.interpreted(trial.design(), trial.stimulus(), 1);
    for (int i = Stimulus.WARM_UP; i < run.outputs().size(); i++) {
      Stimulus.Cycle cycle = trial.stimulus().cycles().get(i);
      out.append(String.format(Locale.ROOT, "cycle %d:", i));
      for (Port port : trial.design().top().ports()) {
        if (port.direction() == Port.Direction.INPUT) {
          out.append(' ').append(port.name()).append('=').append(cycle.input(port).toString(16));
        }
      }
      out.append(" resets of ");
      out.append(Stimulus.CLOCKS.stream().filter(clock -> cycle.resets().get(clock)).toList());
      out.append(" ->");
      int number = 0;
      for (Port port : DesignCopy.outputs(trial.design())) {
        out.append(' ').append(port.name()).append('=');
        out.append(run.outputs().get(i).get(number++).toString(16));
      }
      out.append(", rising ").append(cycle.risingClocks()).append('\n');
    }
    return out.toString();
  }
}
