// Sums batches of words, for the test of the block harness. The count is wide to have a payload
// that is not a whole number of bytes and longer than 64 bits.
`default_nettype none
module batch_sum (
    input  wire        clock,
    input  wire        aresetn,
    input  wire [7:0]  bias,
    input  wire [1:0]  fault,
    output reg  [1:0]  fault_seen,

    input  wire        words_valid,
    output wire        words_ready,
    input  wire [15:0] words_value,
    input  wire        words_last,

    output wire        sums_valid,
    input  wire        sums_ready,
    output wire [19:0] sums_total,
    output reg  [67:0] sums_count
);

  reg        full;
  reg        hidden;
  reg [19:0] total;
  reg        flip;

  assign words_ready = !full || (sums_ready && sums_valid);
  assign sums_valid = full && !hidden;
  assign sums_total = total ^ {19'd0, flip};

  wire word = words_valid && words_ready;
  wire [19:0] first = full ? 20'd0 : total;
  wire [67:0] count = full ? 68'd0 : sums_count;

  always @(posedge clock) begin
    fault_seen <= fault;
    // Faults: 1 changes a sum that waits, 2 takes it back for a cycle.
    flip <= fault == 2'd1 && sums_valid && !sums_ready && !flip;
    hidden <= fault == 2'd2 && sums_valid && !sums_ready;
    if (sums_valid && sums_ready) begin
      full <= 1'b0;
      total <= 20'd0;
      sums_count <= 68'd0;
    end
    if (word) begin
      total <= first + {4'd0, words_value} + {12'd0, bias};
      sums_count <= count + 68'd1;
      full <= words_last;
    end
    if (!aresetn) begin
      full <= 1'b0;
      hidden <= 1'b0;
      flip <= 1'b0;
      fault_seen <= 2'd0;
      total <= 20'd0;
      sums_count <= 68'd0;
    end
  end

endmodule
`default_nettype wire
