// synchronizer2
// Synchronizer of 2 stages.

`default_nettype none

module synchronizer2 (
  input  wire clock,
  input  wire aresetn,
  input  wire in,
  (* ASYNC_REG = "TRUE" *) output reg  out
);

  (* ASYNC_REG = "TRUE" *) reg  stage0;

  always @(posedge clock) begin
    if (!aresetn) begin
      stage0 <= 1'd0;
      out <= 1'd0;
    end else begin
      stage0 <= in;
      out <= stage0;
    end
  end

endmodule

`default_nettype wire
