// mem_8x32_1r1w_m8_l2_c2aa2a794
// Memory of 8 words of 32 bits, in 4 lanes of 8 bits that a mask writes.
// Read data comes 2 cycles after the enable and is undefined otherwise, and when
// the word is written in the cycle of the enable. Contents are given at the
// start; a reset does not bring them back.

`default_nettype none

module mem_8x32_1r1w_m8_l2_c2aa2a794 (
  input  wire R0_clk,
  input  wire R0_en,
  input  wire [2:0] R0_addr,
  output reg  [31:0] R0_data,
  input  wire W0_clk,
  input  wire W0_en,
  input  wire [2:0] W0_addr,
  input  wire [31:0] W0_data,
  input  wire [3:0] W0_mask
);

  (* ram_style = "block", ramstyle = "no_rw_check" *)
  reg [31:0] memory [0:7];

  initial begin
    memory[0] = 32'h7b5fb863;
    memory[1] = 32'hbcc34a41;
    memory[2] = 32'hd3b3147f;
    memory[3] = 32'hd7a07e5d;
    memory[4] = 32'hff86be1b;
    memory[5] = 32'd0;
    memory[6] = 32'd0;
    memory[7] = 32'd0;
  end

  reg [31:0] R0_data_1;

  always @(posedge R0_clk) begin
    if (R0_en) R0_data_1 <= memory[R0_addr];
    R0_data <= R0_data_1;
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R0_en || (W0_en && W0_addr == R0_addr)) begin
      R0_data_1 <= 32'haaaaaaaa;
    end
`endif
  end

  always @(posedge W0_clk) begin
    if (W0_en) begin
      if (W0_mask[0]) memory[W0_addr][7:0] <= W0_data[7:0];
      if (W0_mask[1]) memory[W0_addr][15:8] <= W0_data[15:8];
      if (W0_mask[2]) memory[W0_addr][23:16] <= W0_data[23:16];
      if (W0_mask[3]) memory[W0_addr][31:24] <= W0_data[31:24];
    end
  end

endmodule

`default_nettype wire
