package sluice.synthesis.timing;

import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A memory as a cell of a Liberty library: its times and nothing of its function. */
final class MemoryLiberty {
  private static final String CLOCK = "_clk";

  private final TimingAssumptions times;

  MemoryLiberty(TimingAssumptions times) {
    this.times = times;
  }

  /**
   * A port of a memory.
   *
   * @param output whether it is data that is read
   * @param width in bits
   */
  record Port(boolean output, int width) {}

  /**
   * The text of a library with one cell.
   *
   * @param ports by name; what begins like a clock belongs to it: {@code R0_addr} to {@code R0_clk}
   */
  String library(String cell, Map<String, Port> ports) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        library(%s) {
          delay_model : table_lookup;
          time_unit : "1ns";
          voltage_unit : "1V";
          current_unit : "1uA";
          pulling_resistance_unit : "1kohm";
          leakage_power_unit : "1nW";
          capacitive_load_unit (1,pf);
          slew_upper_threshold_pct_rise : 80;
          slew_lower_threshold_pct_rise : 20;
          slew_upper_threshold_pct_fall : 80;
          slew_lower_threshold_pct_fall : 20;
          input_threshold_pct_rise : 50;
          input_threshold_pct_fall : 50;
          output_threshold_pct_rise : 50;
          output_threshold_pct_fall : 50;
          nom_process : 1;
          nom_voltage : 1.8;
          nom_temperature : 25;
        """
            .formatted(cell));
    for (int width : new TreeSet<>(ports.values().stream().map(Port::width).toList())) {
      text.append(
          "  type (bits%d) { base_type : array; data_type : bit; bit_width : %d; bit_from : %d; bit_to : 0; }\n"
              .formatted(width, width, width - 1));
    }
    text.append("  cell(").append(cell).append(") {\n    area : 0;\n");
    ports.forEach((name, port) -> text.append(port(name, port)));
    return text.append("  }\n}\n").toString();
  }

  private String port(String name, Port port) {
    if (name.endsWith(CLOCK)) {
      return "    pin(%s) { direction : input; clock : true; capacitance : 0.01; }\n"
          .formatted(name);
    }
    String clock = name.substring(0, name.indexOf('_')) + CLOCK;
    String body = port.output ? output(clock) : input(clock);
    return port.width == 1
        ? "    pin(%s) {\n%s    }\n".formatted(name, body)
        : "    bus(%s) {\n      bus_type : bits%d;\n%s    }\n".formatted(name, port.width, body);
  }

  private String input(String clock) {
    return "      direction : input;\n      capacitance : 0.01;\n"
        + constraint(clock, "setup_rising", times.memorySetup())
        + constraint(clock, "hold_rising", 0);
  }

  private static String constraint(String clock, String type, double time) {
    String value = "(scalar) { values(\"%s\"); }".formatted(nanoseconds(time));
    return "      timing() { related_pin : \"%s\"; timing_type : %s; rise_constraint%s fall_constraint%s }\n"
        .formatted(clock, type, value, value);
  }

  private String output(String clock) {
    String delay = "(scalar) { values(\"%s\"); }".formatted(nanoseconds(times.memoryDelay()));
    String slew = "(scalar) { values(\"0.1\"); }";
    return """
              direction : output;
              timing() {
                related_pin : "%s"; timing_type : rising_edge;
                cell_rise%s cell_fall%s rise_transition%s fall_transition%s
              }
        """
        .formatted(clock, delay, delay, slew, slew);
  }

  private static String nanoseconds(double time) {
    return String.format(Locale.ROOT, "%.4f", time);
  }
}
