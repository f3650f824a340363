// masked32x8l2
// Writes lanes of 8 bits in words of 32 bits.

`default_nettype none

module masked32x8l2 (
  input  wire clock,
  input  wire read,
  input  wire write,
  input  wire fill,
  input  wire [2:0] read_address,
  input  wire [2:0] write_address,
  input  wire [3:0] mask,
  input  wire [31:0] data,
  output wire [31:0] stored,
  output wire [31:0] held
);

  reg  [31:0] file [0:7];

  wire [2:0] file_write0_address = write_address + 3'd1;
  wire [31:0] file_write0_data = ~data;
  wire [3:0] file_write0_mask = ~mask;

  assign held = file[read_address];

  mem_8x32_1r1w_m8_l2_c2aa2a794 table_ (
    .R0_clk(clock),
    .R0_en(read),
    .R0_addr(read_address),
    .R0_data(stored),
    .W0_clk(clock),
    .W0_en(write),
    .W0_addr(write_address),
    .W0_data(data),
    .W0_mask(mask)
  );

  initial begin
    file[0] = 32'h7b5fb863;
    file[1] = 32'hbcc34a41;
    file[2] = 32'hd3b3147f;
    file[3] = 32'hd7a07e5d;
    file[4] = 32'hff86be1b;
    file[5] = 32'h8fad06f9;
    file[6] = 32'hdda82737;
    file[7] = 32'h9d163615;
  end

  always @(posedge clock) begin
    if (write) begin
      if (file_write0_mask[0]) file[file_write0_address][7:0] <= file_write0_data[7:0];
      if (file_write0_mask[1]) file[file_write0_address][15:8] <= file_write0_data[15:8];
      if (file_write0_mask[2]) file[file_write0_address][23:16] <= file_write0_data[23:16];
      if (file_write0_mask[3]) file[file_write0_address][31:24] <= file_write0_data[31:24];
    end
    if (fill) file[read_address] <= data;
  end

endmodule

`default_nettype wire
