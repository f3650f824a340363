// mem_8x8_1r1w1rw
// Memory of 8 words of 8 bits.
// Read data comes one cycle after the enable and is undefined otherwise, and when
// the word is written in the cycle of the enable. Contents are undefined until
// written. A memory macro with the same ports can replace this file.

`default_nettype none

module mem_8x8_1r1w1rw (
  input  wire R0_clk,
  input  wire R0_en,
  input  wire [2:0] R0_addr,
  output reg  [7:0] R0_data,
  input  wire W0_clk,
  input  wire W0_en,
  input  wire [2:0] W0_addr,
  input  wire [7:0] W0_data,
  input  wire RW0_clk,
  input  wire RW0_en,
  input  wire RW0_wmode,
  input  wire [2:0] RW0_addr,
  input  wire [7:0] RW0_wdata,
  output reg  [7:0] RW0_rdata
);

  (* ram_style = "block", ramstyle = "no_rw_check" *)
  reg [7:0] memory [0:7];

  always @(posedge R0_clk) begin
    if (R0_en) R0_data <= memory[R0_addr];
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R0_en || (W0_en && W0_addr == R0_addr) || (RW0_en && RW0_wmode && RW0_addr == R0_addr))
        begin
      R0_data <= 8'haa;
    end
`endif
  end

  always @(posedge W0_clk) begin
    if (W0_en) memory[W0_addr] <= W0_data;
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
    if (!RW0_en || RW0_wmode || (W0_en && W0_addr == RW0_addr)) begin
      RW0_rdata <= 8'haa;
    end
`endif
  end

endmodule

`default_nettype wire
