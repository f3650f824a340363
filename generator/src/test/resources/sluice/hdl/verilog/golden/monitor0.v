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
      // PropertyCircuits.java:169: a watched value falls
      cover (enable && (value < before_));
    end
  end
`else
  reg  covered_a_watched_value_falls = 1'b0;

  always @(posedge clock) begin
    if (aresetn) begin
      if (!covered_a_watched_value_falls) begin
        if (enable && (value < before_)) begin
          covered_a_watched_value_falls <= 1'b1;
          $display("%m: covered: a watched value falls (PropertyCircuits.java:169)");
        end
      end
    end
  end
`endif
`endif

endmodule

`default_nettype wire
