// squares
// The square of a number of 3 bits.

`default_nettype none

module squares (
  input  wire [2:0] number,
  output reg  [5:0] square
);

  always @* begin
    case (number)
      3'd0: square = 6'd0;
      3'd1: square = 6'd1;
      3'd2: square = 6'd4;
      3'd3: square = 6'd9;
      3'd4: square = 6'd16;
      3'd5: square = 6'd25;
      3'd6: square = 6'd36;
      default: square = 6'd49;
    endcase
  end

endmodule

`default_nettype wire
