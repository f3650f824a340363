package sluice.hdl.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import sluice.hdl.check.Checks;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.ResetStyle;

/** Says whether a design does something else than it should. */
@FunctionalInterface
interface Oracle {

  /** What differs; null if nothing does, or if what the design does is not defined. */
  Difference difference(Trial trial);

  /**
   * Compares the engines of the JVM simulator after passes with the interpreted one before them.
   */
  static Oracle jvm(Variant variant) {
    return trial -> {
      JvmRun expected = expected(trial);
      return expected == null ? null : inJvm(trial, expected, variant);
    };
  }

  /**
   * Compares a simulator of Verilog with the JVM simulator.
   *
   * @param texts what is done to the Verilog of each module before
   * @param folder for files
   */
  static Oracle verilog(
      ExternalSimulator simulator,
      Variant variant,
      ResetStyle style,
      UnaryOperator<String> texts,
      Path folder) {
    return trial -> {
      JvmRun expected = expected(trial);
      if (expected == null) {
        return null;
      }
      String where = simulator.label() + ", " + variant;
      try {
        Design written = variant.apply(DesignCopy.of(trial.design()));
        Bench bench = Bench.of("dut", variant.name(), written, style, trial.stimulus(), expected);
        return simulator.run(List.of(bench.withTexts(texts)), folder).get(0);
      } catch (RuntimeException e) {
        return Difference.refusal(where, e.toString());
      }
    };
  }

  /** What a design should do; null if that depends on its state at the start, or on itself. */
  static JvmRun expected(Trial trial) {
    boolean loops =
        new Checks()
            .of(trial.design().modules()).stream()
                .anyMatch(found -> found.kind() == Diagnostic.Kind.COMBINATIONAL_LOOP);
    if (loops || trial.stimulus().cycles().size() <= Stimulus.WARM_UP) {
      return null;
    }
    JvmRun run = JvmRun.interpreted(trial.design(), trial.stimulus(), 1);
    for (long seed = 2; seed < 4; seed++) {
      if (run.firstDifference(JvmRun.interpreted(trial.design(), trial.stimulus(), seed)) >= 0) {
        return null;
      }
    }
    return run;
  }

  /** What differs in an engine of the JVM simulator after passes, or null. */
  static Difference inJvm(Trial trial, JvmRun expected, Variant variant) {
    Design changed;
    try {
      changed = variant.apply(DesignCopy.of(trial.design()));
    } catch (RuntimeException e) {
      return Difference.refusal(variant.name(), e.toString());
    }
    for (String engine : JvmRun.ENGINES) {
      String where = "JVM simulator, " + engine + ", " + variant;
      Difference difference;
      try {
        JvmRun run = JvmRun.of(changed, trial.stimulus(), engine, 4);
        difference = expected.difference(run, trial.design(), where);
      } catch (RuntimeException e) {
        difference = Difference.refusal(where, e.toString());
      }
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }
}
