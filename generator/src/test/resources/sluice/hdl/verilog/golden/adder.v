// adder

`default_nettype none

module adder (
  input  wire clock,
  input  wire aresetn,
  input  wire [3:0] a,
  input  wire [3:0] b,
  output wire [4:0] sum
);

  assign sum = {1'd0, a} + {1'd0, b};

  wire unused_ok = &{1'b0, clock, aresetn};

`ifdef SLUICE_ASSERT
`ifdef FORMAL
  always @(posedge clock) begin
    if (aresetn) begin
      // PropertyCircuits.java:95: a sum is not below its parts
      assert (sum >= {1'd0, a});
    end
  end
`else
  always @(posedge clock) begin
    if (aresetn) begin
      if (sum < {1'd0, a}) begin
        $display("%m: assertion failed: a sum is not below its parts ",
            "(PropertyCircuits.java:95)");
        $stop;
      end
    end
  end
`endif
`endif

endmodule

`default_nettype wire
