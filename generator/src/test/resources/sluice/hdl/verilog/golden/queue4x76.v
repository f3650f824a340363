// queue4x76
// Queue of 4 values of 76 bits.

`default_nettype none

module queue4x76 (
  input  wire clock,
  input  wire aresetn,
  input  wire in_valid,
  output wire in_ready,
  input  wire [69:0] in_value,
  input  wire [4:0] in_offset,
  input  wire in_last,
  output wire out_valid,
  input  wire out_ready,
  output wire [69:0] out_value,
  output wire [4:0] out_offset,
  output wire out_last,
  output wire [2:0] count
);

  reg  [2:0] write_pointer;
  reg  [2:0] read_pointer;
  reg  [75:0] entries [0:3];

  wire [2:0] used = write_pointer - read_pointer;
  wire push = in_valid & in_ready;
  wire [75:0] entries_data = entries[read_pointer[1:0]];

  assign in_ready = used != 3'd4;
  assign out_valid = used != 3'd0;
  assign out_value = entries_data[75:6];
  assign out_offset = entries_data[5:1];
  assign out_last = entries_data[0];
  assign count = used;

  always @(posedge clock) begin
    if (push) entries[write_pointer[1:0]] <= {in_value, in_offset, in_last};
  end

  always @(posedge clock) begin
    if (!aresetn) begin
      write_pointer <= 3'd0;
      read_pointer <= 3'd0;
    end else begin
      if (push) begin
        write_pointer <= write_pointer + 3'd1;
      end
      if (out_valid & out_ready) begin
        read_pointer <= read_pointer + 3'd1;
      end
    end
  end

`ifdef SLUICE_ASSERT
`ifdef FORMAL
  always @(posedge clock) begin
    if (aresetn) begin
      // Queue.java:56: a queue holds at most its depth
      assert (used <= 3'd4);
    end
  end
`else
  always @(posedge clock) begin
    if (aresetn) begin
      if (used > 3'd4) begin
        $display("%m: assertion failed: a queue holds at most its depth (Queue.java:56)");
        $stop;
      end
    end
  end
`endif
`endif

endmodule

`default_nettype wire
