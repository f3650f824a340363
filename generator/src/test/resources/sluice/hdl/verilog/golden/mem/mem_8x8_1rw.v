// mem_8x8_1rw
// Memory of 8 words of 8 bits.
// Read data comes one cycle after the enable and is undefined otherwise, and when
// the word is written in the cycle of the enable. Contents are undefined until
// written. A memory macro with the same ports can replace this file.

`default_nettype none

module mem_8x8_1rw (
  input  wire RW0_clk,
  input  wire RW0_en,
  input  wire RW0_wmode,
  input  wire [2:0] RW0_addr,
  input  wire [7:0] RW0_wdata,
  output reg  [7:0] RW0_rdata
);

  (* ram_style = "block", ramstyle = "no_rw_check" *)
  reg [7:0] memory [0:7];

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
