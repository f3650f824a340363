// rom_16x8_1r_c806706c3
// ROM of 16 words of 8 bits.
// Read data comes one cycle after the enable and is undefined otherwise.

`default_nettype none

module rom_16x8_1r_c806706c3 (
  input  wire R0_clk,
  input  wire R0_en,
  input  wire [3:0] R0_addr,
  output reg  [7:0] R0_data
);

  reg [7:0] R0_word;

  always @* begin
    case (R0_addr)
      4'd0: R0_word = 8'd99;
      4'd1: R0_word = 8'd65;
      4'd2: R0_word = 8'd127;
      4'd3: R0_word = 8'd93;
      4'd4: R0_word = 8'd27;
      4'd5: R0_word = 8'd249;
      4'd6: R0_word = 8'd55;
      4'd7: R0_word = 8'd21;
      4'd8: R0_word = 8'd211;
      4'd9: R0_word = 8'd177;
      4'd10: R0_word = 8'd239;
      4'd11: R0_word = 8'd205;
      4'd12: R0_word = 8'd139;
      4'd13: R0_word = 8'd105;
      4'd14: R0_word = 8'd167;
      default: R0_word = 8'd133;
    endcase
  end

  always @(posedge R0_clk) begin
    if (R0_en) R0_data <= R0_word;
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R0_en) begin
      R0_data <= 8'haa;
    end
`endif
  end

endmodule

`default_nettype wire
