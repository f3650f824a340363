// domains
// Registers and memories of three clocks.

`default_nettype none

module domains (
  input  wire clock,
  input  wire fast_clock,
  input  wire fast_aresetn,
  input  wire pad_clock,
  input  wire button,
  input  wire [2:0] address,
  input  wire [7:0] data,
  input  wire [2:0] read_address,
  output wire [7:0] word,
  output wire [7:0] entry,
  output reg  [3:0] presses,
  (* ASYNC_REG = "TRUE" *) output reg  level
);

  wire reset_in_reset;
  wire pressed_out;
  (* ASYNC_REG = "TRUE" *) reg  sampled;
  reg  [7:0] file [0:7];

  wire core_aresetn = ~reset_in_reset;

  assign entry = file[read_address];

  mem_8x8_1r1w table_ (
    .R0_clk(clock),
    .R0_en(1'd1),
    .R0_addr(read_address),
    .R0_data(word),
    .W0_clk(fast_clock),
    .W0_en(pressed_out),
    .W0_addr(address),
    .W0_data(data)
  );

  reset_synchronizer2 reset (
    .clock(fast_clock),
    .aresetn(fast_aresetn),
    .in_reset(reset_in_reset)
  );

  synchronizer2 pressed (
    .clock(fast_clock),
    .aresetn(core_aresetn),
    .in(button),
    .out(pressed_out)
  );

  always @(posedge fast_clock) begin
    if (pressed_out) file[address] <= data;
  end

  always @(posedge pad_clock) begin
    sampled <= button;
    level <= sampled;
  end

  always @(posedge fast_clock) begin
    if (!core_aresetn) begin
      presses <= 4'd0;
    end else begin
      if (pressed_out) begin
        presses <= presses + 4'd1;
      end
    end
  end

endmodule

`default_nettype wire
