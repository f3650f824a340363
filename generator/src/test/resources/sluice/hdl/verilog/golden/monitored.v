// monitored
// Adds one, and is watched.

`default_nettype none

module monitored (
  input  wire clock,
  input  wire aresetn,
  input  wire [3:0] value,
  output wire [3:0] next
);

  assign next = value + 4'd1;

  wire unused_ok = &{1'b0, clock, aresetn};

`ifdef SLUICE_ASSERT
  wire [3:0] model_out;

  wire even = ~value[0];

  monitor1 monitor (
    .clock(clock),
    .aresetn(aresetn),
    .value(value),
    .enable(even)
  );

  successor model (
    .in(value),
    .out(model_out)
  );

`ifdef FORMAL
  always @(posedge clock) begin
    if (aresetn) begin
      // PropertyCircuits.java:193: the model says the same
      assert (model_out == (value + 4'd1));
    end
  end
`else
  always @(posedge clock) begin
    if (aresetn) begin
      if (model_out != (value + 4'd1)) begin
        $display("%m: assertion failed: the model says the same (PropertyCircuits.java:193)");
        $stop;
      end
    end
  end
`endif
`endif

endmodule

`default_nettype wire
