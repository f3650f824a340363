// counter10
// Counts the cycles with enable, from 0 to 9 and around.

`default_nettype none

module counter10 (
  input  wire clock,
  input  wire aresetn,
  input  wire enable,
  output wire last,
  output reg  [3:0] value
);

  assign last = value == 4'd9;

  always @(posedge clock) begin
    if (!aresetn) begin
      value <= 4'd0;
    end else begin
      if (enable) begin
        if (last) begin
          value <= 4'd0;
        end else begin
          value <= value + 4'd1;
        end
      end
    end
  end

endmodule

`default_nettype wire
