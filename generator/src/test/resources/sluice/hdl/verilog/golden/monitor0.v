// monitor0

`default_nettype none

module monitor0 (
  input  wire clock,
  input  wire aresetn,
  input  wire [3:0] value,
  input  wire enable
);

  wire unused_ok = &{1'b0, clock, aresetn, value, enable};

`ifdef SLUICE_ASSERT
  reg  [3:0] before_;

  always @(posedge clock) begin
    before_ <= value;
  end

`ifdef FORMAL
  always @(posedge clock) begin
    if (aresetn) begin
      // PropertyCircuits.java:169: a watched value never falls
      if (enable) assert (value >= before_);
    end
  end
`else
  always @(posedge clock) begin
    if (aresetn) begin
      if (enable) begin
        if (value < before_) begin
          $display("%m: assertion failed: a watched value never falls ",
              "(PropertyCircuits.java:169)");
          $stop;
        end
      end
    end
  end
`endif
`endif

endmodule

`default_nettype wire
