// mem_8x8_1r1w_m4
// Memory of 8 words of 8 bits, in 2 lanes of 4 bits that a mask writes.
// Read data comes one cycle after the enable and is undefined otherwise, and when
// the word is written in the cycle of the enable. Contents are undefined until
// written. A memory macro with the same ports can replace this file.

`default_nettype none

module mem_8x8_1r1w_m4 (
  input  wire R0_clk,
  input  wire R0_en,
  input  wire [2:0] R0_addr,
  output reg  [7:0] R0_data,
  input  wire W0_clk,
  input  wire W0_en,
  input  wire [2:0] W0_addr,
  input  wire [7:0] W0_data,
  input  wire [1:0] W0_mask
);

  (* ram_style = "block", ramstyle = "no_rw_check" *)
  reg [7:0] memory [0:7];

  always @(posedge R0_clk) begin
    if (R0_en) R0_data <= memory[R0_addr];
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R0_en || (W0_en && W0_addr == R0_addr)) begin
      R0_data <= 8'haa;
    end
`endif
  end

  always @(posedge W0_clk) begin
    if (W0_en) begin
      if (W0_mask[0]) memory[W0_addr][3:0] <= W0_data[3:0];
      if (W0_mask[1]) memory[W0_addr][7:4] <= W0_data[7:4];
    end
  end

endmodule

`default_nettype wire
