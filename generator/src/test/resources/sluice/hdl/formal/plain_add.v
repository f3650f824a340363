// Sums of IEEE 754 binary16, restated as plainly as possible: exact at full width, in units of
// 2^-24, and rounded once.

module plain_add (
  input  wire [15:0] operands_0,
  input  wire [15:0] operands_1,
  output wire [15:0] result_value,
  output wire result_flags_invalid,
  output wire result_flags_divide_by_zero,
  output wire result_flags_overflow,
  output wire result_flags_underflow,
  output wire result_flags_inexact
);
  reg [15:0] value;
  reg invalid, overflow, underflow, inexact;
  wire [15:0] a = operands_0;
  wire [15:0] b = operands_1;
  assign result_value = value;
  assign result_flags_invalid = invalid;
  assign result_flags_divide_by_zero = 1'b0;
  assign result_flags_overflow = overflow;
  assign result_flags_underflow = underflow;
  assign result_flags_inexact = inexact;

  function [40:0] units(input [15:0] x);
    units = x[14:10] == 0 ? {31'd0, x[9:0]} : {30'd0, 1'b1, x[9:0]} << (x[14:10] - 1);
  endfunction
  wire a_infinite = a[14:0] == 15'h7c00;
  wire b_infinite = b[14:0] == 15'h7c00;
  wire a_nan = a[14:0] > 15'h7c00;
  wire b_nan = b[14:0] > 15'h7c00;
  wire signed [42:0] exact_a = a[15] ? -$signed({2'd0, units(a)}) : $signed({2'd0, units(a)});
  wire signed [42:0] exact_b = b[15] ? -$signed({2'd0, units(b)}) : $signed({2'd0, units(b)});
  wire signed [42:0] sum = exact_a + exact_b;
  wire [42:0] magnitude = sum < 0 ? -sum : sum;
  wire [14:0] half;
  wire beyond, tiny, lost;
  plain_round #(.WIDTH(41), .BELOW(0)) rounding(magnitude[40:0], half, beyond, tiny, lost);
  always @* begin
    {overflow, underflow, inexact} = 0;
    invalid = (a_nan && !a[9]) || (b_nan && !b[9]) || (a_infinite && b_infinite && a[15] != b[15]);
    if (a_nan || b_nan || invalid) value = 16'h7e00;
    else if (a_infinite) value = a;
    else if (b_infinite) value = b;
    else begin
      {overflow, underflow, inexact} = {beyond, tiny, lost};
      value[14:0] = half;
      value[15] = sum == 0 ? a[15] && b[15] : sum < 0;
    end
  end
endmodule
