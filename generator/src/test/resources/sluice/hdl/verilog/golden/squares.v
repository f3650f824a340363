// squares
// The square of a number of 3 bits.

`default_nettype none

module squares (
  input  wire [2:0] number,
  output wire [5:0] square
);

  reg  [5:0] squares_data;

  always @* begin
    case (number)
      3'd0: squares_data = 6'd0;
      3'd1: squares_data = 6'd1;
      3'd2: squares_data = 6'd4;
      3'd3: squares_data = 6'd9;
      3'd4: squares_data = 6'd16;
      3'd5: squares_data = 6'd25;
      3'd6: squares_data = 6'd36;
      default: squares_data = 6'd49;
    endcase
  end

  assign square = squares_data;

endmodule

`default_nettype wire
