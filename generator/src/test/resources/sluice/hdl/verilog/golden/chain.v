// chain
// Three queues and a counter of what passes.

`default_nettype none

module chain (
  input  wire clock,
  input  wire aresetn,
  input  wire in_valid,
  output wire in_ready,
  input  wire [7:0] in_data,
  output wire out_valid,
  input  wire out_ready,
  output wire [8:0] out_data
);

  wire stage_0_out_valid;
  wire [7:0] stage_0_out_data;
  wire [1:0] stage_0_count;
  wire stage_1_in_ready;
  wire stage_1_out_valid;
  wire [7:0] stage_1_out_data;
  wire [1:0] stage_1_count;
  wire stage_2_in_ready;
  wire stage_2_out_valid;
  wire [7:0] stage_2_out_data;
  wire [2:0] stage_2_count;
  wire counter_last;
  wire [2:0] counter_value;

  assign out_valid = stage_2_out_valid & ~stage_2_out_data[0];
  assign out_data = {1'd0, stage_2_out_data} + {8'd0, counter_last};

  queue2x8 stage_0 (
    .clock(clock),
    .aresetn(aresetn),
    .in_valid(in_valid),
    .in_ready(in_ready),
    .in_data(in_data),
    .out_valid(stage_0_out_valid),
    .out_ready(stage_1_in_ready),
    .out_data(stage_0_out_data),
    .count(stage_0_count)
  );

  queue2x8 stage_1 (
    .clock(clock),
    .aresetn(aresetn),
    .in_valid(stage_0_out_valid),
    .in_ready(stage_1_in_ready),
    .in_data(stage_0_out_data),
    .out_valid(stage_1_out_valid),
    .out_ready(stage_2_in_ready),
    .out_data(stage_1_out_data),
    .count(stage_1_count)
  );

  queue4x8 stage_2 (
    .clock(clock),
    .aresetn(aresetn),
    .in_valid(stage_1_out_valid),
    .in_ready(stage_2_in_ready),
    .in_data(stage_1_out_data),
    .out_valid(stage_2_out_valid),
    .out_ready(out_ready | stage_2_out_data[0]),
    .out_data(stage_2_out_data),
    .count(stage_2_count)
  );

  counter5 counter (
    .clock(clock),
    .aresetn(aresetn),
    .enable(out_valid & out_ready),
    .last(counter_last),
    .value(counter_value)
  );

  wire unused_ok = &{1'b0, stage_0_count, stage_1_count, stage_2_count, counter_value};

endmodule

`default_nettype wire
