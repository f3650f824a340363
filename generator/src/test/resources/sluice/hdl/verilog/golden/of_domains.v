// of_domains
// Properties of four clock domains.

`default_nettype none

module of_domains (
  input  wire clock,
  input  wire aresetn,
  input  wire fast_clock,
  input  wire fast_aresetn,
  input  wire pad_clock,
  input  wire idle_clock,
  input  wire idle_aresetn,
  input  wire [3:0] a,
  input  wire [3:0] b,
  input  wire c,
  input  wire clear,
  input  wire taken_valid,
  output wire taken_ready,
  input  wire [3:0] taken_data,
  output wire given_valid,
  input  wire given_ready,
  output wire [3:0] given_data,
  output reg  [3:0] sum
);

  reg  cleared;

  wire core_aresetn = ~cleared;

  assign taken_ready = given_ready;
  assign given_valid = taken_valid;
  assign given_data = taken_data;

  always @(posedge clock) begin
    if (!aresetn) begin
      sum <= 4'd0;
    end else begin
      sum <= sum + a;
    end
  end

  always @(posedge fast_clock) begin
    cleared <= clear;
  end

  wire unused_ok = &{1'b0, fast_aresetn, pad_clock, idle_clock, idle_aresetn, core_aresetn, b, c};

`ifdef SLUICE_ASSERT
  reg  [3:0] before_;
  reg  taken_waiting;
  reg  [3:0] taken_offered;
  reg  given_waiting;
  reg  [3:0] given_offered;

  always @(posedge fast_clock) begin
    if (!fast_aresetn) begin
      taken_waiting <= 1'd0;
      given_waiting <= 1'd0;
    end else begin
      taken_waiting <= taken_valid & ~taken_ready;
      given_waiting <= given_valid & ~given_ready;
    end
  end

  always @(posedge fast_clock) begin
    taken_offered <= taken_data;
    given_offered <= given_data;
  end

  always @(posedge fast_clock) begin
    if (!core_aresetn) begin
      before_ <= 4'd0;
    end else begin
      before_ <= b;
    end
  end

`ifdef FORMAL
  always @(posedge clock) begin
    if (aresetn) begin
      // PropertyCircuits.java:138: the total is small
      assert (sum < 4'd15);
    end
  end

  always @(posedge fast_clock) begin
    if (fast_aresetn) begin
      // PropertyCircuits.java:148: nine
      cover (b == 4'd9);
      // PropertyCircuits.java:155: an offered value is not taken back
      if (taken_waiting) assume (taken_valid);
      // PropertyCircuits.java:155: an offered value does not change
      if (taken_waiting) assume (taken_data == taken_offered);
      // PropertyCircuits.java:156: an offered value is not taken back
      if (given_waiting) assert (given_valid);
      // PropertyCircuits.java:156: an offered value does not change
      if (given_waiting) assert (given_data == given_offered);
    end
  end

  always @(posedge pad_clock) begin
    // PropertyCircuits.java:149: the pad is high
    assume (c);
  end

  always @(posedge idle_clock) begin
    if (idle_aresetn) begin
      // PropertyCircuits.java:150: the idle clock runs
      cover (1'd1);
    end
  end

  always @(posedge fast_clock) begin
    if (core_aresetn) begin
      // PropertyCircuits.java:146: what is not cleared never falls
      if (b != 4'd0) assert (b >= before_);
    end
  end
`else
  reg  covered_nine = 1'b0;
  reg  covered_the_idle_clock_runs = 1'b0;

  always @(posedge clock) begin
    if (aresetn) begin
      if (sum >= 4'd15) begin
        $display("%m: assertion failed: the total is small (PropertyCircuits.java:138)");
        $stop;
      end
    end
  end

  always @(posedge fast_clock) begin
    if (fast_aresetn) begin
      if (!covered_nine) begin
        if (b == 4'd9) begin
          covered_nine <= 1'b1;
          $display("%m: covered: nine (PropertyCircuits.java:148)");
        end
      end
      if (taken_waiting) begin
        if (!taken_valid) begin
          $display("%m: assumption failed: an offered value is not taken back ",
              "(PropertyCircuits.java:155)");
          $stop;
        end
      end
      if (taken_waiting) begin
        if (taken_data != taken_offered) begin
          $display("%m: assumption failed: an offered value does not change ",
              "(PropertyCircuits.java:155)");
          $stop;
        end
      end
      if (given_waiting) begin
        if (!given_valid) begin
          $display("%m: assertion failed: an offered value is not taken back ",
              "(PropertyCircuits.java:156)");
          $stop;
        end
      end
      if (given_waiting) begin
        if (given_data != given_offered) begin
          $display("%m: assertion failed: an offered value does not change ",
              "(PropertyCircuits.java:156)");
          $stop;
        end
      end
    end
  end

  always @(posedge pad_clock) begin
    if (!c) begin
      $display("%m: assumption failed: the pad is high (PropertyCircuits.java:149)");
      $stop;
    end
  end

  always @(posedge idle_clock) begin
    if (idle_aresetn) begin
      if (!covered_the_idle_clock_runs) begin
        if (1'd1) begin
          covered_the_idle_clock_runs <= 1'b1;
          $display("%m: covered: the idle clock runs (PropertyCircuits.java:150)");
        end
      end
    end
  end

  always @(posedge fast_clock) begin
    if (core_aresetn) begin
      if (b != 4'd0) begin
        if (b < before_) begin
          $display("%m: assertion failed: what is not cleared never falls ",
              "(PropertyCircuits.java:146)");
          $stop;
        end
      end
    end
  end
`endif
`endif

endmodule

`default_nettype wire
