// successor

`default_nettype none

module successor (
  input  wire [3:0] in,
  output wire [3:0] out
);

  assign out = in + 4'd1;

endmodule

`default_nettype wire
