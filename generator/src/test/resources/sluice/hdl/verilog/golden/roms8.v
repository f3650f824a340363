// roms8
// Three tables of constants.

`default_nettype none

module roms8 (
  input  wire clock,
  input  wire enable,
  input  wire [3:0] address,
  output wire [7:0] first,
  output wire [7:0] second,
  output wire [9:0] third
);

  wire [7:0] once;
  wire [7:0] again;
  reg  [8:0] now_data;
  reg  [8:0] now_data_1;

  always @* begin
    case (address)
      4'd0: now_data = 9'd256;
      4'd1: now_data = 9'd255;
      4'd2: now_data = 9'd0;
      4'd3: now_data = 9'd511;
      4'd4: now_data = 9'd1;
      4'd5: now_data = 9'd100;
      4'd6: now_data = 9'd7;
      4'd7: now_data = 9'd8;
      4'd8: now_data = 9'd0;
      4'd9: now_data = 9'd0;
      4'd10: now_data = 9'd0;
      4'd11: now_data = 9'd0;
      4'd12: now_data = 9'd0;
      4'd13: now_data = 9'd0;
      4'd14: now_data = 9'd0;
      default: now_data = 9'd0;
    endcase
  end

  wire [3:0] address_plus_3 = address + 4'd3;

  always @* begin
    case (address_plus_3)
      4'd0: now_data_1 = 9'd256;
      4'd1: now_data_1 = 9'd255;
      4'd2: now_data_1 = 9'd0;
      4'd3: now_data_1 = 9'd511;
      4'd4: now_data_1 = 9'd1;
      4'd5: now_data_1 = 9'd100;
      4'd6: now_data_1 = 9'd7;
      4'd7: now_data_1 = 9'd8;
      4'd8: now_data_1 = 9'd0;
      4'd9: now_data_1 = 9'd0;
      4'd10: now_data_1 = 9'd0;
      4'd11: now_data_1 = 9'd0;
      4'd12: now_data_1 = 9'd0;
      4'd13: now_data_1 = 9'd0;
      4'd14: now_data_1 = 9'd0;
      default: now_data_1 = 9'd0;
    endcase
  end

  assign second = once ^ again;
  assign third = {now_data[8], now_data} + {now_data_1[8], now_data_1};

  rom_16x8_1r_c806706c3 early (
    .R0_clk(clock),
    .R0_en(enable),
    .R0_addr(address),
    .R0_data(first)
  );

  rom_16x8_2r_l3_c37967081 late (
    .R0_clk(clock),
    .R0_en(enable),
    .R0_addr(address),
    .R0_data(once),
    .R1_clk(clock),
    .R1_en(enable),
    .R1_addr(~address),
    .R1_data(again)
  );

endmodule

`default_nettype wire
