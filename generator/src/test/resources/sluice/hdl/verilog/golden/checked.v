// checked
// Counts up or down.

`default_nettype none

module checked (
  input  wire clock,
  input  wire aresetn,
  input  wire up,
  input  wire down,
  input  wire [4:0] spare,
  output reg  [3:0] value,
  output wire off
);

  localparam [1:0] OFF = 2'd0;
  localparam [1:0] UP = 2'd1;
  localparam [1:0] DOWN = 2'd2;

  reg  [1:0] mode;

  wire up_and_value_below_9 = up & (value < 4'd9);
  wire down_and_value_above_0 = down & (value > 4'd0);

  assign off = mode == OFF;

  always @(posedge clock) begin
    if (!aresetn) begin
      value <= 4'd0;
      mode <= OFF;
    end else begin
      if (up_and_value_below_9) begin
        value <= value + 4'd1;
        mode <= UP;
      end else if (down_and_value_above_0) begin
        value <= value - 4'd1;
        mode <= DOWN;
      end
    end
  end

  wire unused_ok = &{1'b0, spare};

`ifdef SLUICE_ASSERT
  reg  [3:0] before_;
  reg  a_choice_for_properties_only;

  wire [8:0] step = {5'd0, before_ ^ value} * {4'd0, {1'd0, before_} + {2'd0, spare[2:0]}};
  wire reachable_0 = value < 4'd12;
  wire reachable_1 = value <= 4'd9;

  always @* begin
    case (before_[0])
      1'd0: a_choice_for_properties_only = reachable_0;
      default: a_choice_for_properties_only = reachable_1;
    endcase
  end

  always @(posedge clock) begin
    if (!aresetn) begin
      before_ <= 4'd0;
    end else begin
      before_ <= value;
    end
  end

`ifdef FORMAL
  always @(posedge clock) begin
    if (aresetn) begin
      // PropertyCircuits.java:42: a counter at 9 stays there
      if (up_and_value_below_9) assert (value != 4'd9);
      // PropertyCircuits.java:49: counts "down" from 100% of 9
      cover ((~up_and_value_below_9 & down_and_value_above_0) && (value == 4'd9));
      // PropertyCircuits.java:51: stays for a reason
      if (~up_and_value_below_9 & ~down_and_value_above_0) assert ((value == 4'd0) | (value == 4'd9)
          | ~up);
      // PropertyCircuits.java:56: small steps
      assert ((step[3:0] < 4'd15) | (mode == DOWN) | (mode == UP));
      // PropertyCircuits.java:58: a choice for properties only
      assert (a_choice_for_properties_only);
      // PropertyCircuits.java:59: a part is never above the whole, whatever the very long text is
      // that says so
      assume (spare >= {2'd0, spare[2:0]});
      // PropertyCircuits.java:62: full
      cover (value == 4'd9);
    end
  end
`else
  reg  covered_counts_down_from_100_of_9 = 1'b0;
  reg  covered_full = 1'b0;

  always @(posedge clock) begin
    if (aresetn) begin
      if (up_and_value_below_9) begin
        if (value == 4'd9) begin
          $display("%m: assertion failed: a counter at 9 stays there (PropertyCircuits.java:42)");
          $stop;
        end
      end
      if (!covered_counts_down_from_100_of_9) begin
        if ((~up_and_value_below_9 & down_and_value_above_0) && (value == 4'd9)) begin
          covered_counts_down_from_100_of_9 <= 1'b1;
          $display("%m: covered: counts \"down\" from 100%% of 9 (PropertyCircuits.java:49)");
        end
      end
      if (~up_and_value_below_9 & ~down_and_value_above_0) begin
        if (!((value == 4'd0) | (value == 4'd9) | ~up)) begin
          $display("%m: assertion failed: stays for a reason (PropertyCircuits.java:51)");
          $stop;
        end
      end
      if (!((step[3:0] < 4'd15) | (mode == DOWN) | (mode == UP))) begin
        $display("%m: assertion failed: small steps (PropertyCircuits.java:56)");
        $stop;
      end
      if (!a_choice_for_properties_only) begin
        $display("%m: assertion failed: a choice for properties only ",
            "(PropertyCircuits.java:58)");
        $stop;
      end
      if (spare < {2'd0, spare[2:0]}) begin
        $display("%m: assumption failed: a part is never above the whole, whatever the very ",
            "long text is that says so (PropertyCircuits.java:59)");
        $stop;
      end
      if (!covered_full) begin
        if (value == 4'd9) begin
          covered_full <= 1'b1;
          $display("%m: covered: full (PropertyCircuits.java:62)");
        end
      end
    end
  end
`endif

  wire unused_property_ok = &{1'b0, step[8:4]};
`endif

endmodule

`default_nettype wire
