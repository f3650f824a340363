// counter5
// Counts the cycles with enable, from 0 to 4 and around.

`default_nettype none

module counter5 (
  input  wire clock,
  input  wire aresetn,
  input  wire enable,
  output wire last,
  output reg  [2:0] value
);

  assign last = value == 3'd4;

  always @(posedge clock) begin
    if (!aresetn) begin
      value <= 3'd0;
    end else begin
      if (enable) begin
        if (last) begin
          value <= 3'd0;
        end else begin
          value <= value + 3'd1;
        end
      end
    end
  end

endmodule

`default_nettype wire
