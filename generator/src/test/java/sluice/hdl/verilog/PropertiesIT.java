package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.hdl.Module;

/**
 * Properties are proved by Yosys and ABC, and fail in proofs and simulations where they are wrong.
 */
class PropertiesIT {
  /** A reset in the first cycle, and what proofs need beside it. */
  private static final String HARNESS =
      """
      module harness (
        input wire clock, input wire aresetn, input wire in_valid, input wire [2:0] in_data,
        input wire out_ready
      );
        reg started = 1'b0;
        always @(posedge clock) started <= 1'b1;
        always @(posedge clock) assume (aresetn == started);
        wire in_ready;
        wire out_valid;
        wire [2:0] out_data;
        streams dut (
          .clock(clock), .aresetn(aresetn),
          .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
          .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data)
        );
      endmodule
      """;

  @TempDir Path folder;

  private EmittedVerilog streams() {
    return new EmittedVerilog(new PropertyCircuits.Streams(2, true), folder);
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  /** What ABC says to all assertions together. */
  private static String prove(EmittedVerilog verilog) {
    verilog.add("harness.v", HARNESS);
    String script =
        """
        read -formal -DSLUICE_ASSERT %s
        prep -top harness -nordff
        memory_map
        flatten
        async2sync
        opt_clean
        chformal -assume -early
        formalff -clk2ff -ff2anyinit
        chformal -live -fair -cover -remove
        setundef -undriven -anyseq
        opt -keepdc -fast
        opt_clean
        delete -output
        dffunmap
        techmap
        opt -fast
        dffunmap
        abc -g AND -fast
        opt_clean
        write_aiger -I -B -zinit -no-startoffset t.aig
        """
            .formatted(String.join(" ", verilog.files()));
    verilog.write("prove.ys", script);
    assertThat(verilog.run("yosys", "-q", "prove.ys")).isEmpty();
    return verilog.run("yosys-abc", "-c", "read_aiger t.aig; fold; strash; pdr -T 150");
  }

  @Test
  void theContractOfStreamsIsProved() {
    assertThat(prove(streams())).contains("Property proved");
  }

  @Test
  void aQueueThatTakesValuesWithoutAPlaceIsRefuted() throws IOException {
    EmittedVerilog verilog = streams();
    edit("queue2x3.v", "assign in_ready = used != 2'd2;", "assign in_ready = 1'b1;");
    assertThat(prove(verilog)).contains("was asserted in frame").doesNotContain("proved");
  }

  @Test
  void aSliceThatTakesAnOfferBackIsRefuted() throws IOException {
    EmittedVerilog verilog = streams();
    edit("register_slice3.v", "wire advance = ~out_valid | out_ready;", "wire advance = 1'b1;");
    assertThat(prove(verilog)).contains("was asserted in frame").doesNotContain("proved");
  }

  private static String simulate(EmittedVerilog verilog, Module circuit, String... defines) {
    Replay replay = new Replay(circuit, 300, 5);
    verilog.add("testbench.v", replay.testbench(verilog));
    verilog.write("vectors.hex", replay.vectors());
    String[] command = new String[5 + defines.length];
    System.arraycopy(
        new String[] {"iverilog", "-g2005", "-s", "testbench", "-osimulation"}, 0, command, 0, 5);
    for (int i = 0; i < defines.length; i++) {
      command[5 + i] = "-D" + defines[i];
    }
    assertThat(verilog.runOnFiles(command)).isEmpty();
    return verilog.run("vvp", "-n", "simulation");
  }

  @Test
  void aFailedAssertionStopsTheSimulationWithItsLine() throws IOException {
    Module circuit = new PropertyCircuits.CheckedTable();
    EmittedVerilog verilog = new EmittedVerilog(circuit, folder);
    edit("checked_table.v", "model[address] <= data", "model[address] <= ~data");
    assertThat(simulate(verilog, circuit, "SLUICE_ASSERT"))
        .matches(
            "testbench.dut: assertion failed: the memory holds what the model holds"
                + " \\(PropertyCircuits.java:\\d+\\)\n");
  }

  @Test
  void withoutTheDefineNothingIsChecked() throws IOException {
    Module circuit = new PropertyCircuits.CheckedTable();
    EmittedVerilog verilog = new EmittedVerilog(circuit, folder);
    edit("checked_table.v", "model[address] <= data", "model[address] <= ~data");
    assertThat(simulate(verilog, circuit)).matches("\\d+ compared, \\d+ unknown\\n");
  }

  @Test
  void whatHoldsIsNotToldOf() {
    Module circuit = new PropertyCircuits.CheckedTable();
    EmittedVerilog verilog = new EmittedVerilog(circuit, folder);
    assertThat(simulate(verilog, circuit, "SLUICE_ASSERT"))
        .matches("\\d+ compared, \\d+ unknown\\n");
  }
}
