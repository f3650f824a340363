// mem_8x8_1r1rw_c5bfa63c5
// Memory of 8 words of 8 bits.
// Read data comes one cycle after the enable and is undefined otherwise, and when
// the word is written in the cycle of the enable. Contents are given at the
// start; a reset does not bring them back.

`default_nettype none

module mem_8x8_1r1rw_c5bfa63c5 (
  input  wire R0_clk,
  input  wire R0_en,
  input  wire [2:0] R0_addr,
  output reg  [7:0] R0_data,
  input  wire RW0_clk,
  input  wire RW0_en,
  input  wire RW0_wmode,
  input  wire [2:0] RW0_addr,
  input  wire [7:0] RW0_wdata,
  output reg  [7:0] RW0_rdata
);

  (* ram_style = "block", ramstyle = "no_rw_check" *)
  reg [7:0] memory [0:7];

  initial begin
    memory[0] = 8'd99;
    memory[1] = 8'd65;
    memory[2] = 8'd127;
    memory[3] = 8'd93;
    memory[4] = 8'd27;
    memory[5] = 8'd249;
    memory[6] = 8'd55;
    memory[7] = 8'd21;
  end

  always @(posedge R0_clk) begin
    if (R0_en) R0_data <= memory[R0_addr];
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R0_en || (RW0_en && RW0_wmode && RW0_addr == R0_addr)) begin
      R0_data <= 8'haa;
    end
`endif
  end

  always @(posedge RW0_clk) begin
    if (RW0_en) begin
      if (RW0_wmode) begin
        memory[RW0_addr] <= RW0_wdata;
      end else begin
        RW0_rdata <= memory[RW0_addr];
      end
    end
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!RW0_en || RW0_wmode) begin
      RW0_rdata <= 8'haa;
    end
`endif
  end

endmodule

`default_nettype wire
