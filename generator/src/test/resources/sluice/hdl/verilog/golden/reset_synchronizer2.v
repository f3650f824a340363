// reset_synchronizer2
// Reset that begins at once and ends 2 edges of the clock after the one that comes in.

`default_nettype none

module reset_synchronizer2 (
  input  wire clock,
  input  wire aresetn,
  (* ASYNC_REG = "TRUE" *) output reg  in_reset
);

  (* ASYNC_REG = "TRUE" *) reg  stage0;

  always @(posedge clock or negedge aresetn) begin
    if (!aresetn) begin
      stage0 <= 1'd1;
      in_reset <= 1'd1;
    end else begin
      stage0 <= 1'd0;
      in_reset <= stage0;
    end
  end

endmodule

`default_nettype wire
