// correlator

`default_nettype none

module correlator (
  input  wire clock,
  input  wire aresetn,
  input  wire [7:0] left,
  input  wire [7:0] right,
  output wire [15:0] sum
);

  wire [15:0] mac_p;
  wire [15:0] mac_s;
  reg  [7:0] right_before;

  assign sum = mac_s + mac_p;

  VENDOR_MAC #(
    .WIDTH(8),
    .START(16'd65533),
    .STYLE("fast")
  ) mac (
    .CLK(clock),
    .RST(~aresetn),
    .A(left),
    .B(right_before),
    .P(mac_p),
    .S(mac_s)
  );

  always @(posedge clock) begin
    right_before <= right;
  end

endmodule

`default_nettype wire
