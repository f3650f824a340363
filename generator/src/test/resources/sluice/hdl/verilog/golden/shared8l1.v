// shared8l1

`default_nettype none

module shared8l1 (
  input  wire clock,
  input  wire enable,
  input  wire write,
  input  wire other,
  input  wire [2:0] address,
  input  wire [7:0] data,
  input  wire [1:0] mask,
  output wire [7:0] one,
  output wire [7:0] two,
  output wire [7:0] three
);

  wire [7:0] left;
  wire [7:0] right;
  wire [7:0] shared;
  wire [7:0] plain;

  assign two = left ^ right;
  assign three = shared ^ plain;

  mem_8x8_1rw single (
    .RW0_clk(clock),
    .RW0_en(enable),
    .RW0_wmode(write),
    .RW0_addr(address),
    .RW0_wdata(data),
    .RW0_rdata(one)
  );

  mem_8x8_2rw_m4_c5bfa63c5 dual (
    .RW0_clk(clock),
    .RW0_en(enable),
    .RW0_wmode(write),
    .RW0_addr(address),
    .RW0_wdata(data),
    .RW0_wmask(mask),
    .RW0_rdata(left),
    .RW1_clk(clock),
    .RW1_en(other),
    .RW1_wmode(~write),
    .RW1_addr(address + 3'd3),
    .RW1_wdata(~data),
    .RW1_wmask(2'd3),
    .RW1_rdata(right)
  );

  mem_8x8_1r1w1rw mixed (
    .R0_clk(clock),
    .R0_en(enable),
    .R0_addr(address + 3'd1),
    .R0_data(plain),
    .W0_clk(clock),
    .W0_en(enable & ~write),
    .W0_addr(address + 3'd5),
    .W0_data(data),
    .RW0_clk(clock),
    .RW0_en(other),
    .RW0_wmode(write),
    .RW0_addr(address),
    .RW0_wdata(~data),
    .RW0_rdata(shared)
  );

endmodule

`default_nettype wire
