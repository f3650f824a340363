package sluice.synthesis;

import java.nio.file.Path;

/** What OpenSTA is told to do. */
final class StaScript {

  /** Longer than any path. */
  static final double LONG_PERIOD_NANOSECONDS = 1000;

  private StaScript() {}

  /** How long the clock's period has to be, where inputs arrive and outputs are due at its edge. */
  static String leastPeriod(Path liberty, String netlist, String top) {
    return """
        read_liberty %s
        read_verilog %s
        link_design %s
        create_clock -name clock -period %s [get_ports clock]
        foreach port [all_inputs] {
          if {[get_property $port full_name] != "clock"} {
            set_input_delay 0 -clock clock $port
          }
        }
        set_output_delay 0 -clock clock [all_outputs]
        report_worst_slack -digits 5
        """
        .formatted(liberty, netlist, top, LONG_PERIOD_NANOSECONDS);
  }
}
