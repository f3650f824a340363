// mem_8x8_2rw_m4_c5bfa63c5
// Memory of 8 words of 8 bits, in 2 lanes of 4 bits that a mask writes.
// Read data comes one cycle after the enable and is undefined otherwise, and when
// the word is written in the cycle of the enable. Contents are given at the
// start; a reset does not bring them back.

`default_nettype none

module mem_8x8_2rw_m4_c5bfa63c5 (
  input  wire RW0_clk,
  input  wire RW0_en,
  input  wire RW0_wmode,
  input  wire [2:0] RW0_addr,
  input  wire [7:0] RW0_wdata,
  input  wire [1:0] RW0_wmask,
  output reg  [7:0] RW0_rdata,
  input  wire RW1_clk,
  input  wire RW1_en,
  input  wire RW1_wmode,
  input  wire [2:0] RW1_addr,
  input  wire [7:0] RW1_wdata,
  input  wire [1:0] RW1_wmask,
  output reg  [7:0] RW1_rdata
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

  always @(posedge RW0_clk) begin
    if (RW0_en) begin
      if (RW0_wmode) begin
        if (RW0_wmask[0]) memory[RW0_addr][3:0] <= RW0_wdata[3:0];
        if (RW0_wmask[1]) memory[RW0_addr][7:4] <= RW0_wdata[7:4];
      end else begin
        RW0_rdata <= memory[RW0_addr];
      end
    end
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!RW0_en || RW0_wmode || (RW1_en && RW1_wmode && RW1_addr == RW0_addr)) begin
      RW0_rdata <= 8'haa;
    end
`endif
  end

  always @(posedge RW1_clk) begin
    if (RW1_en) begin
      if (RW1_wmode) begin
        if (RW1_wmask[0]) memory[RW1_addr][3:0] <= RW1_wdata[3:0];
        if (RW1_wmask[1]) memory[RW1_addr][7:4] <= RW1_wdata[7:4];
      end else begin
        RW1_rdata <= memory[RW1_addr];
      end
    end
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!RW1_en || RW1_wmode || (RW0_en && RW0_wmode && RW0_addr == RW1_addr)) begin
      RW1_rdata <= 8'haa;
    end
`endif
  end

endmodule

`default_nettype wire
