// stateful8

`default_nettype none

module stateful8 (
  input  wire clock,
  input  wire aresetn,
  input  wire flags_first,
  input  wire flags_second,
  input  wire flags_third,
  input  wire [2:0] address,
  input  wire [7:0] data,
  input  wire [7:0] offset,
  output wire [7:0] seen,
  output wire [7:0] result,
  output reg  [7:0] most
);

  wire [7:0] early;
  wire [7:0] late;
  reg  [7:0] total;
  reg  [7:0] history_0;
  reg  [7:0] history_1;
  reg  [7:0] history_2;
  reg  [7:0] history_3;
  reg  [7:0] history_at_address;
  reg  flags_second_delayed;
  reg  [7:0] file [0:7];

  wire [7:0] now = file[address ^ 3'd5];

  always @* begin
    case (address)
      3'd0: history_at_address = history_0;
      3'd1: history_at_address = history_1;
      3'd2: history_at_address = history_2;
      default: history_at_address = history_3;
    endcase
  end

  assign seen = flags_second_delayed ? early : (late ^ now);
  assign result = flags_second ? history_at_address : total;

  mem_8x8_2r1w table_ (
    .R0_clk(clock),
    .R0_en(flags_second),
    .R0_addr(address),
    .R0_data(early),
    .R1_clk(clock),
    .R1_en(flags_third),
    .R1_addr(address + 3'd1),
    .R1_data(late),
    .W0_clk(clock),
    .W0_en(flags_first),
    .W0_addr(address),
    .W0_data(data)
  );

  always @(posedge clock) begin
    if (flags_second) file[address] <= ~data;
  end

  always @(posedge clock) begin
    if (!aresetn) begin
      total <= 8'd0;
      most <= 8'd255;
    end else begin
      if (flags_third & flags_first) begin
        total <= now;
      end else if (flags_first) begin
        total <= total + data;
      end else if (flags_second) begin
        total <= data;
      end else if (flags_third) begin
        total <= total ^ data;
      end
      if (!flags_first && flags_second) begin
        if (flags_third) begin
          if ($signed(most) < $signed(offset)) begin
            most <= offset;
          end
        end else begin
          most <= offset;
        end
      end
    end
  end

  always @(posedge clock) begin
    if (address[1:0] == 2'd0) begin
      history_0 <= data;
    end
    if (address[1:0] == 2'd1) begin
      history_1 <= data;
    end
    if (address[1:0] == 2'd2) begin
      history_2 <= data;
    end
    if (address[1:0] == 2'd3) begin
      history_3 <= data;
    end
    flags_second_delayed <= flags_second;
  end

endmodule

`default_nettype wire
