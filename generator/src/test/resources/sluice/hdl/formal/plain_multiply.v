// Products of IEEE 754 binary16, restated as plainly as possible: exact at full width, in units of
// 2^-48, and rounded once.

module plain_multiply (
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

  wire a_infinite = a[14:0] == 15'h7c00;
  wire b_infinite = b[14:0] == 15'h7c00;
  wire a_nan = a[14:0] > 15'h7c00;
  wire b_nan = b[14:0] > 15'h7c00;
  wire [10:0] significand_a = {a[14:10] != 0, a[9:0]};
  wire [10:0] significand_b = {b[14:10] != 0, b[9:0]};
  wire [5:0] places = (a[14:10] == 0 ? 0 : a[14:10] - 1) + (b[14:10] == 0 ? 0 : b[14:10] - 1);
  wire [21:0] product;
  significand_product exact(.a(significand_a), .b(significand_b), .product(product));
  wire [81:0] magnitude = {60'd0, product} << places;
  wire [14:0] half;
  wire beyond, tiny, lost;
  plain_round #(.WIDTH(82), .BELOW(24)) rounding(magnitude, half, beyond, tiny, lost);
  always @* begin
    {overflow, underflow, inexact} = 0;
    invalid = (a_nan && !a[9]) || (b_nan && !b[9])
        || (a_infinite && b[14:0] == 0) || (b_infinite && a[14:0] == 0);
    if (a_nan || b_nan || invalid) value = 16'h7e00;
    else if (a_infinite || b_infinite) value = {a[15] ^ b[15], 15'h7c00};
    else begin
      {overflow, underflow, inexact} = {beyond, tiny, lost};
      value = {a[15] ^ b[15], half};
    end
  end
endmodule
