// Copies beats within one AXI4 memory, four bursts in flight, answers in any order.
// Violations are there to be found by the testbench; 0 is a correct master.
`default_nettype none
module axi_mover #(
    parameter BITS = 64,
    parameter ID_BITS = 4
) (
    input  wire               clock,
    input  wire               aresetn,

    input  wire               start,
    input  wire [31:0]        source,
    input  wire [31:0]        destination,
    input  wire [15:0]        beats,
    input  wire [4:0]         violation,
    output wire               busy,
    output reg                error,

    output wire [ID_BITS-1:0] awid,
    output reg  [63:0]        awaddr,
    output reg  [7:0]         awlen,
    output wire [2:0]         awsize,
    output wire [1:0]         awburst,
    output wire               awlock,
    output wire [3:0]         awcache,
    output wire [2:0]         awprot,
    output wire [3:0]         awqos,
    output reg                awvalid,
    input  wire               awready,
    output wire [BITS-1:0]    wdata,
    output wire [BITS/8-1:0]  wstrb,
    output wire               wlast,
    output reg                wvalid,
    input  wire               wready,
    input  wire [ID_BITS-1:0] bid,
    input  wire [1:0]         bresp,
    input  wire               bvalid,
    output wire               bready,
    output wire [ID_BITS-1:0] arid,
    output wire [63:0]        araddr,
    output reg  [7:0]         arlen,
    output wire [2:0]         arsize,
    output wire [1:0]         arburst,
    output wire               arlock,
    output wire [3:0]         arcache,
    output wire [2:0]         arprot,
    output wire [3:0]         arqos,
    output wire               arvalid,
    input  wire               arready,
    input  wire [ID_BITS-1:0] rid,
    input  wire [BITS-1:0]    rdata,
    input  wire [1:0]         rresp,
    input  wire               rlast,
    input  wire               rvalid,
    output wire               rready
);

  localparam BYTES = BITS / 8;
  localparam SIZE = $clog2(BYTES);

  localparam V_DROP_ARVALID = 1, V_CHANGE_AWADDR = 2, V_CROSS_4K = 3, V_OUTSIDE = 4, V_SIZE = 5,
      V_EARLY_WLAST = 6, V_CHANGE_WDATA = 7, V_DROP_WVALID = 8, V_STROBE = 9, V_HANG = 10,
      V_RESET = 11, V_PARTIAL_STROBES = 12, V_NO_RESPONSE = 13, V_FIXED_BURST = 14,
      V_WAIT_AWREADY = 19, V_LOCK = 20;

  localparam FREE = 2'd0, READING = 2'd1, FULL = 2'd2, RESPONDING = 2'd3;

  reg [1:0]  state [0:3];
  reg [31:0] slot_destination [0:3];
  reg [4:0]  slot_beats [0:3];
  reg [3:0]  slot_received [0:3];
  reg [BITS-1:0] data [0:63];

  reg        arvalid_reg;
  reg [63:0] araddr_reg;
  reg [1:0]  arslot;
  reg [1:0]  read_slot;
  reg [1:0]  write_slot;
  reg [31:0] from;
  reg [31:0] to;
  reg [15:0] left;
  reg        writing;
  reg [3:0]  write_beat;
  reg        flip;

  wire all_free = state[0] == FREE && state[1] == FREE && state[2] == FREE && state[3] == FREE;
  wire no_reading = state[0][0] == state[0][1] && state[1][0] == state[1][1]
      && state[2][0] == state[2][1] && state[3][0] == state[3][1];
  assign busy = left != 0 || !(violation == V_NO_RESPONSE ? no_reading && !writing : all_free);

  // Beats to the next 4 KiB boundary of source and destination.
  wire [31:0] from_room = (32'd4096 - {20'd0, from[11:0]}) >> SIZE;
  wire [31:0] to_room = (32'd4096 - {20'd0, to[11:0]}) >> SIZE;
  wire [31:0] room = from_room < to_room ? from_room : to_room;
  wire [31:0] wanted = left < 16'd16 ? {16'd0, left} : 32'd16;
  wire [4:0]  burst = room < wanted ? room[4:0] : wanted[4:0];

  assign arvalid = arvalid_reg || (violation == V_RESET && !aresetn);
  assign araddr = araddr_reg;
  assign arid = {{(ID_BITS - 2) {1'b0}}, arslot};
  assign arsize = violation == V_SIZE ? SIZE[2:0] - 3'd1 : SIZE[2:0];
  assign arburst = violation == V_FIXED_BURST ? 2'd0 : 2'd1;
  assign arlock = violation == V_LOCK;
  assign arcache = 4'd3;
  assign arprot = 3'd0;
  assign arqos = 4'd0;
  assign awid = {{(ID_BITS - 2) {1'b0}}, write_slot};
  assign awsize = SIZE[2:0];
  assign awburst = 2'd1;
  assign awlock = 1'b0;
  assign awcache = 4'd3;
  assign awprot = 3'd0;
  assign awqos = 4'd0;
  assign wdata = data[{write_slot, write_beat}] ^ {{(BITS - 1) {1'b0}}, flip};
  assign wstrb = violation == V_PARTIAL_STROBES ? {(BYTES / 2) {2'b01}} : {BYTES{1'b1}};
  wire last_beat = {4'd0, write_beat} == awlen;
  assign wlast = violation == V_EARLY_WLAST ? 1'b1 : last_beat;
  assign bready = 1'b1;
  assign rready = 1'b1;

  wire aw_done = !awvalid || awready;
  wire w_done = !wvalid || (wready && last_beat);

  always @(posedge clock) begin
    flip <= violation == V_CHANGE_WDATA && wvalid && !wready;
    if (start && !busy) begin
      from <= source;
      to <= destination;
      left <= beats;
      error <= 1'b0;
    end

    if (arvalid_reg && (arready || violation == V_DROP_ARVALID)) arvalid_reg <= 1'b0;
    if (left != 0 && state[read_slot] == FREE && (!arvalid_reg || arready)
        && violation != V_HANG) begin
      arvalid_reg <= 1'b1;
      araddr_reg <= violation == V_CROSS_4K ? {32'd0, from[31:12], 12'hFFF} & ~(BYTES - 64'd1)
          : violation == V_OUTSIDE ? {32'd1, from} : {32'd0, from};
      arlen <= {3'd0, burst} - 8'd1;
      arslot <= read_slot;
      state[read_slot] <= READING;
      slot_destination[read_slot] <= to;
      slot_beats[read_slot] <= burst;
      slot_received[read_slot] <= 4'd0;
      read_slot <= read_slot + 2'd1;
      from <= from + ({27'd0, burst} << SIZE);
      to <= to + ({27'd0, burst} << SIZE);
      left <= left - {11'd0, burst};
    end

    if (rvalid) begin
      data[{rid[1:0], slot_received[rid[1:0]]}] <= rdata;
      slot_received[rid[1:0]] <= slot_received[rid[1:0]] + 4'd1;
      if (rlast) state[rid[1:0]] <= FULL;
      if (rresp[1]) error <= 1'b1;
    end

    if (!writing && state[write_slot] == FULL) begin
      writing <= 1'b1;
      awvalid <= 1'b1;
      awaddr <= {32'd0, slot_destination[write_slot]} | (violation == V_STROBE ? 64'd1 : 64'd0);
      awlen <= {3'd0, slot_beats[write_slot]} - 8'd1;
      wvalid <= violation != V_WAIT_AWREADY;
      write_beat <= 4'd0;
    end
    if (writing) begin
      if (awready) awvalid <= 1'b0;
      if (awvalid && !awready && violation == V_CHANGE_AWADDR) awaddr <= awaddr ^ 64'd4096;
      if (wvalid && wready) begin
        write_beat <= write_beat + 4'd1;
        if (last_beat) wvalid <= 1'b0;
      end
      if (wvalid && !wready && violation == V_DROP_WVALID) wvalid <= 1'b0;
      if (violation == V_WAIT_AWREADY && awvalid && awready) wvalid <= 1'b1;
      else if (aw_done && w_done && violation != V_DROP_WVALID) begin
        writing <= 1'b0;
        write_slot <= write_slot + 2'd1;
        state[write_slot] <= RESPONDING;
      end
    end

    if (bvalid) begin
      state[bid[1:0]] <= FREE;
      if (bresp[1]) error <= 1'b1;
    end

    if (!aresetn) begin
      arvalid_reg <= 1'b0;
      awvalid <= 1'b0;
      wvalid <= 1'b0;
      writing <= 1'b0;
      left <= 16'd0;
      error <= 1'b0;
      read_slot <= 2'd0;
      write_slot <= 2'd0;
      state[0] <= FREE;
      state[1] <= FREE;
      state[2] <= FREE;
      state[3] <= FREE;
    end
  end

endmodule
`default_nettype wire
