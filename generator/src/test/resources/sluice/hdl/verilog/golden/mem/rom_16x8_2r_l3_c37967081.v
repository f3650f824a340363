// rom_16x8_2r_l3_c37967081
// ROM of 16 words of 8 bits.
// Read data comes 3 cycles after the enable and is undefined otherwise.

`default_nettype none

module rom_16x8_2r_l3_c37967081 (
  input  wire R0_clk,
  input  wire R0_en,
  input  wire [3:0] R0_addr,
  output reg  [7:0] R0_data,
  input  wire R1_clk,
  input  wire R1_en,
  input  wire [3:0] R1_addr,
  output reg  [7:0] R1_data
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
      4'd11: R0_word = 8'd0;
      4'd12: R0_word = 8'd0;
      4'd13: R0_word = 8'd0;
      4'd14: R0_word = 8'd0;
      default: R0_word = 8'd0;
    endcase
  end

  reg [7:0] R0_data_1;
  reg [7:0] R0_data_2;

  always @(posedge R0_clk) begin
    if (R0_en) R0_data_1 <= R0_word;
    R0_data <= R0_data_2;
    R0_data_2 <= R0_data_1;
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R0_en) begin
      R0_data_1 <= 8'haa;
    end
`endif
  end

  reg [7:0] R1_word;

  always @* begin
    case (R1_addr)
      4'd0: R1_word = 8'd99;
      4'd1: R1_word = 8'd65;
      4'd2: R1_word = 8'd127;
      4'd3: R1_word = 8'd93;
      4'd4: R1_word = 8'd27;
      4'd5: R1_word = 8'd249;
      4'd6: R1_word = 8'd55;
      4'd7: R1_word = 8'd21;
      4'd8: R1_word = 8'd211;
      4'd9: R1_word = 8'd177;
      4'd10: R1_word = 8'd239;
      4'd11: R1_word = 8'd0;
      4'd12: R1_word = 8'd0;
      4'd13: R1_word = 8'd0;
      4'd14: R1_word = 8'd0;
      default: R1_word = 8'd0;
    endcase
  end

  reg [7:0] R1_data_1;
  reg [7:0] R1_data_2;

  always @(posedge R1_clk) begin
    if (R1_en) R1_data_1 <= R1_word;
    R1_data <= R1_data_2;
    R1_data_2 <= R1_data_1;
`ifndef SYNTHESIS
    // What the contract leaves undefined is nothing that one could rely on.
    if (!R1_en) begin
      R1_data_1 <= 8'haa;
    end
`endif
  end

endmodule

`default_nettype wire
