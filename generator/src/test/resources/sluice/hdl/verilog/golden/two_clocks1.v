// two_clocks1
// Memories with ports of two clocks.

`default_nettype none

module two_clocks1 (
  input  wire clock,
  input  wire fast_clock,
  input  wire enable,
  input  wire [2:0] address,
  input  wire write,
  input  wire [2:0] write_address,
  input  wire [1:0] mask,
  input  wire [7:0] data,
  output wire [7:0] slow,
  output wire [7:0] quick,
  output wire [7:0] beside
);

  mem_8x8_1r1w_m4 lanes (
    .R0_clk(clock),
    .R0_en(enable),
    .R0_addr(address),
    .R0_data(slow),
    .W0_clk(fast_clock),
    .W0_en(write),
    .W0_addr(write_address),
    .W0_data(data),
    .W0_mask(mask)
  );

  mem_8x8_1r1rw_c5bfa63c5 shared (
    .R0_clk(clock),
    .R0_en(enable),
    .R0_addr(address),
    .R0_data(beside),
    .RW0_clk(fast_clock),
    .RW0_en(1'd1),
    .RW0_wmode(write),
    .RW0_addr(write_address),
    .RW0_wdata(data),
    .RW0_rdata(quick)
  );

endmodule

`default_nettype wire
