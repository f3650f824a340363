// The rounding of IEEE 754 binary16, restated as plainly as possible. It has nothing of the units that
// are proved with it.

// Rounds an exact magnitude, in units of 2^-(24 + BELOW), to nearest even.
module plain_round #(parameter WIDTH = 41, parameter BELOW = 0) (
  input  wire [WIDTH-1:0] magnitude,
  output reg  [14:0] half,
  output reg  overflow,
  output reg  underflow,
  output reg  inexact
);
  integer i;
  integer leading;
  integer last;
  reg [WIDTH-1:0] kept;
  reg [WIDTH-1:0] lost;
  reg [WIDTH-1:0] middle;
  reg [11:0] significand;
  reg tiny;

  always @* begin
    // The highest one; the last place is ten places below, or the least a half has.
    leading = 0;
    for (i = 0; i < WIDTH; i = i + 1) if (magnitude[i]) leading = i;
    last = leading < 10 + BELOW ? BELOW : leading - 10;
    kept = magnitude >> last;
    lost = magnitude - (kept << last);
    middle = ({{(WIDTH-1){1'b0}}, 1'b1} << last) >> 1;
    significand = kept[11:0];
    if (lost > middle || (lost == middle && lost != 0 && kept[0])) significand = significand + 1;
    if (significand == 2048) begin
      significand = 1024;
      last = last + 1;
    end
    overflow = last - BELOW + 1 > 30 && significand >= 1024;
    if (overflow) half = 15'h7c00;
    else if (significand >= 1024) half = (last - BELOW + 1) * 1024 + significand - 1024;
    else half = significand;
    inexact = overflow || lost != 0;
    // Tiny: below 2^-14 when rounded to eleven bits, however small the exponent.
    tiny = leading < 10 + BELOW;
    if (BELOW > 0 && leading == 9 + BELOW)
      tiny = (magnitude >> (BELOW - 1)) != 2047
          || (magnitude & ((1 << (BELOW - 1)) - 1)) < (1 << (BELOW - 1)) / 2;
    underflow = inexact && tiny;
  end
endmodule
