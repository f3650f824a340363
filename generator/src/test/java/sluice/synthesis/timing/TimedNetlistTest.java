package sluice.synthesis.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedNetlistTest {
  private static final String JSON =
      """
      {"creator": "Yosys", "modules": {
        "mem": {"attributes": {"blackbox": "1"},
          "ports": {"R0_clk": {"direction": "input", "bits": [2]},
                    "R0_data": {"direction": "output", "bits": [3, 4]}},
          "cells": {}, "netnames": {}},
        "top": {"attributes": {},
          "ports": {"clock": {"direction": "input", "bits": [2]},
                    "aresetn": {"direction": "input", "bits": [5]},
                    "out": {"direction": "output", "bits": [6, 7]}},
          "cells": {
            "$1": {"type": "DFFPOSX1", "attributes": {},
                   "connections": {"CLK": [2], "D": [8], "Q": [6]}},
            "$2": {"type": "AND2X1", "attributes": {},
                   "connections": {"A": [5], "B": ["x"], "Y": [8]}},
            "store": {"type": "mem", "attributes": {},
                      "connections": {"R0_clk": [2], "R0_data": [7, "1"]}}},
          "netnames": {
            "lane.total": {"hide_name": 0, "bits": [9, 6], "attributes": {}},
            "out": {"hide_name": 0, "bits": [6, 7], "attributes": {}}}}}}
      """;

  @TempDir Path folder;

  private TimedNetlist netlist() throws IOException {
    Path json = Files.writeString(folder.resolve("mapped.json"), JSON);
    EmittedRegisters registers = new EmittedRegisters("top");
    registers.add("child", "  reg [1:0] total;\n", Map.of(1, "Child.java:7"));
    registers.add(
        "top", "  child lane (\n  mem store (\n", Map.of(1, "Top.java:1", 2, "Top.java:2"));
    return new TimedNetlist(MappedNetlist.read(json, "top"), "top", registers, "aresetn");
  }

  @Test
  void isVerilogOfSingleBitsAndConstants() throws IOException {
    String text = netlist().text().replaceAll("c\\d+_\\d+", "c");
    assertThat(text)
        .isEqualTo(
            """
            module top(clock,p1,p2,p3);
            input clock;
            input p1;
            output p2;
            assign p2 = n6;
            output p3;
            assign p3 = n7;
            DFFPOSX1 c(.CLK(clock),.D(n8),.Q(n6));
            AND2X1 c(.A(p1),.B(1'b0),.Y(n8));
            mem c(.R0_clk(clock),.R0_data({1'b1,n7}));
            endmodule
            """);
  }

  @Test
  void pinsAreRegistersMemoriesAndPorts() throws IOException {
    TimedNetlist netlist = netlist();
    // The register is meant, not the port that shows it.
    assertThat(netlist.endpoint(instance(netlist, "DFFPOSX1") + "/D"))
        .isEqualTo(new Endpoint("lane.total[1]", "child", "total", "Child.java:7"));
    assertThat(netlist.endpoint(instance(netlist, "mem") + "/R0_data[0]"))
        .isEqualTo(new Endpoint("store.R0_data[0]", "top", "store", "Top.java:2"));
    assertThat(netlist.endpoint("p3")).isEqualTo(new Endpoint("out[1]", "top", "out", ""));
    assertThat(netlist.inputsWithoutPath()).isEqualTo(List.of("p1"));
  }

  private static String instance(TimedNetlist netlist, String type) {
    Matcher matcher = Pattern.compile("(?m)^" + type + " (\\w+)\\(").matcher(netlist.text());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
