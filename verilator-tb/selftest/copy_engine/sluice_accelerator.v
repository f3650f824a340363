// A small accelerator that only copies, with the ports of the real one: the testbench's own test.
//
//   0x000 ID           ro    0x534C5543
//   0x004 SCRATCH      rw
//   0x008 START        wo    a bit for the host and each channel
//   0x00C STATUS       ro    [2:0] busy, [10:8] an access got an error
//   0x010 IRQ_STATUS   rw1c  bit 0: all copies are done
//   0x014 SOURCE, 0x018 DESTINATION, 0x01C BEATS   rw
//   0x020 VIOLATION    rw    survives reset; see axi_mover.v, and 15 to 18 of AXI4-Lite below
`default_nettype none
module sluice_accelerator #(
    parameter CHANNEL_BITS = 128
) (
    input  wire        clock,
    input  wire        aresetn,
    output wire        irq,

    input  wire [11:0] s_axil_awaddr,
    input  wire [2:0]  s_axil_awprot,
    input  wire        s_axil_awvalid,
    output wire        s_axil_awready,
    input  wire [31:0] s_axil_wdata,
    input  wire [3:0]  s_axil_wstrb,
    input  wire        s_axil_wvalid,
    output wire        s_axil_wready,
    output reg  [1:0]  s_axil_bresp,
    output reg         s_axil_bvalid,
    input  wire        s_axil_bready,
    input  wire [11:0] s_axil_araddr,
    input  wire [2:0]  s_axil_arprot,
    input  wire        s_axil_arvalid,
    output wire        s_axil_arready,
    output reg  [31:0] s_axil_rdata,
    output reg  [1:0]  s_axil_rresp,
    output reg         s_axil_rvalid,
    input  wire        s_axil_rready,

    output wire [3:0]                   m_axi_host_awid,
    output wire [63:0]                  m_axi_host_awaddr,
    output wire [7:0]                   m_axi_host_awlen,
    output wire [2:0]                   m_axi_host_awsize,
    output wire [1:0]                   m_axi_host_awburst,
    output wire                         m_axi_host_awlock,
    output wire [3:0]                   m_axi_host_awcache,
    output wire [2:0]                   m_axi_host_awprot,
    output wire [3:0]                   m_axi_host_awqos,
    output wire                         m_axi_host_awvalid,
    input  wire                         m_axi_host_awready,
    output wire [63:0]                  m_axi_host_wdata,
    output wire [7:0]                   m_axi_host_wstrb,
    output wire                         m_axi_host_wlast,
    output wire                         m_axi_host_wvalid,
    input  wire                         m_axi_host_wready,
    input  wire [3:0]                   m_axi_host_bid,
    input  wire [1:0]                   m_axi_host_bresp,
    input  wire                         m_axi_host_bvalid,
    output wire                         m_axi_host_bready,
    output wire [3:0]                   m_axi_host_arid,
    output wire [63:0]                  m_axi_host_araddr,
    output wire [7:0]                   m_axi_host_arlen,
    output wire [2:0]                   m_axi_host_arsize,
    output wire [1:0]                   m_axi_host_arburst,
    output wire                         m_axi_host_arlock,
    output wire [3:0]                   m_axi_host_arcache,
    output wire [2:0]                   m_axi_host_arprot,
    output wire [3:0]                   m_axi_host_arqos,
    output wire                         m_axi_host_arvalid,
    input  wire                         m_axi_host_arready,
    input  wire [3:0]                   m_axi_host_rid,
    input  wire [63:0]                  m_axi_host_rdata,
    input  wire [1:0]                   m_axi_host_rresp,
    input  wire                         m_axi_host_rlast,
    input  wire                         m_axi_host_rvalid,
    output wire                         m_axi_host_rready,
    output wire [5:0]                   m_axi_ch0_awid,
    output wire [63:0]                  m_axi_ch0_awaddr,
    output wire [7:0]                   m_axi_ch0_awlen,
    output wire [2:0]                   m_axi_ch0_awsize,
    output wire [1:0]                   m_axi_ch0_awburst,
    output wire                         m_axi_ch0_awlock,
    output wire [3:0]                   m_axi_ch0_awcache,
    output wire [2:0]                   m_axi_ch0_awprot,
    output wire [3:0]                   m_axi_ch0_awqos,
    output wire                         m_axi_ch0_awvalid,
    input  wire                         m_axi_ch0_awready,
    output wire [CHANNEL_BITS-1:0]      m_axi_ch0_wdata,
    output wire [CHANNEL_BITS/8-1:0]    m_axi_ch0_wstrb,
    output wire                         m_axi_ch0_wlast,
    output wire                         m_axi_ch0_wvalid,
    input  wire                         m_axi_ch0_wready,
    input  wire [5:0]                   m_axi_ch0_bid,
    input  wire [1:0]                   m_axi_ch0_bresp,
    input  wire                         m_axi_ch0_bvalid,
    output wire                         m_axi_ch0_bready,
    output wire [5:0]                   m_axi_ch0_arid,
    output wire [63:0]                  m_axi_ch0_araddr,
    output wire [7:0]                   m_axi_ch0_arlen,
    output wire [2:0]                   m_axi_ch0_arsize,
    output wire [1:0]                   m_axi_ch0_arburst,
    output wire                         m_axi_ch0_arlock,
    output wire [3:0]                   m_axi_ch0_arcache,
    output wire [2:0]                   m_axi_ch0_arprot,
    output wire [3:0]                   m_axi_ch0_arqos,
    output wire                         m_axi_ch0_arvalid,
    input  wire                         m_axi_ch0_arready,
    input  wire [5:0]                   m_axi_ch0_rid,
    input  wire [CHANNEL_BITS-1:0]      m_axi_ch0_rdata,
    input  wire [1:0]                   m_axi_ch0_rresp,
    input  wire                         m_axi_ch0_rlast,
    input  wire                         m_axi_ch0_rvalid,
    output wire                         m_axi_ch0_rready,
    output wire [5:0]                   m_axi_ch1_awid,
    output wire [63:0]                  m_axi_ch1_awaddr,
    output wire [7:0]                   m_axi_ch1_awlen,
    output wire [2:0]                   m_axi_ch1_awsize,
    output wire [1:0]                   m_axi_ch1_awburst,
    output wire                         m_axi_ch1_awlock,
    output wire [3:0]                   m_axi_ch1_awcache,
    output wire [2:0]                   m_axi_ch1_awprot,
    output wire [3:0]                   m_axi_ch1_awqos,
    output wire                         m_axi_ch1_awvalid,
    input  wire                         m_axi_ch1_awready,
    output wire [CHANNEL_BITS-1:0]      m_axi_ch1_wdata,
    output wire [CHANNEL_BITS/8-1:0]    m_axi_ch1_wstrb,
    output wire                         m_axi_ch1_wlast,
    output wire                         m_axi_ch1_wvalid,
    input  wire                         m_axi_ch1_wready,
    input  wire [5:0]                   m_axi_ch1_bid,
    input  wire [1:0]                   m_axi_ch1_bresp,
    input  wire                         m_axi_ch1_bvalid,
    output wire                         m_axi_ch1_bready,
    output wire [5:0]                   m_axi_ch1_arid,
    output wire [63:0]                  m_axi_ch1_araddr,
    output wire [7:0]                   m_axi_ch1_arlen,
    output wire [2:0]                   m_axi_ch1_arsize,
    output wire [1:0]                   m_axi_ch1_arburst,
    output wire                         m_axi_ch1_arlock,
    output wire [3:0]                   m_axi_ch1_arcache,
    output wire [2:0]                   m_axi_ch1_arprot,
    output wire [3:0]                   m_axi_ch1_arqos,
    output wire                         m_axi_ch1_arvalid,
    input  wire                         m_axi_ch1_arready,
    input  wire [5:0]                   m_axi_ch1_rid,
    input  wire [CHANNEL_BITS-1:0]      m_axi_ch1_rdata,
    input  wire [1:0]                   m_axi_ch1_rresp,
    input  wire                         m_axi_ch1_rlast,
    input  wire                         m_axi_ch1_rvalid,
    output wire                         m_axi_ch1_rready
);

  localparam V_DROP_BVALID = 15, V_CHANGE_RDATA = 16, V_EARLY_BVALID = 17, V_STUCK_REGISTER = 18;

  reg [31:0] scratch;
  reg [31:0] source;
  reg [31:0] destination;
  reg [15:0] beats;
  reg [4:0]  violation = 5'd0;
  reg [2:0]  start;
  reg        done;
  reg        was_busy;
  wire [2:0] busy;
  wire [2:0] error;

  assign irq = done;

  wire write = s_axil_awvalid && s_axil_wvalid && !s_axil_bvalid;
  wire read = s_axil_arvalid && !s_axil_rvalid && violation != V_STUCK_REGISTER;
  assign s_axil_awready = write;
  assign s_axil_wready = write;
  assign s_axil_arready = read;

  wire [31:0] mask = {{8{s_axil_wstrb[3]}}, {8{s_axil_wstrb[2]}}, {8{s_axil_wstrb[1]}},
                      {8{s_axil_wstrb[0]}}};

  always @(posedge clock) begin
    start <= 3'd0;
    was_busy <= |busy || |start;
    if (s_axil_bready || violation == V_DROP_BVALID) s_axil_bvalid <= 1'b0;
    if (violation == V_EARLY_BVALID && s_axil_awvalid) begin
      s_axil_bvalid <= 1'b1;
      s_axil_bresp <= 2'd0;
    end
    if (write) begin
      s_axil_bvalid <= 1'b1;
      s_axil_bresp <= 2'd0;
      case (s_axil_awaddr)
        12'h004: scratch <= (scratch & ~mask) | (s_axil_wdata & mask);
        12'h008: start <= s_axil_wdata[2:0];
        12'h010: if (s_axil_wdata[0]) done <= 1'b0;
        12'h014: source <= s_axil_wdata;
        12'h018: destination <= s_axil_wdata;
        12'h01C: beats <= s_axil_wdata[15:0];
        12'h020: violation <= s_axil_wdata[4:0];
        default: s_axil_bresp <= 2'd2;
      endcase
    end
    if (was_busy && busy == 3'd0 && start == 3'd0) done <= 1'b1;

    if (s_axil_rready) s_axil_rvalid <= 1'b0;
    if (violation == V_CHANGE_RDATA) s_axil_rdata <= s_axil_rdata + 32'd1;
    if (read) begin
      s_axil_rvalid <= 1'b1;
      s_axil_rresp <= 2'd0;
      case (s_axil_araddr)
        12'h000: s_axil_rdata <= 32'h534C5543;
        12'h004: s_axil_rdata <= scratch;
        12'h00C: s_axil_rdata <= {21'd0, error, 5'd0, busy};
        12'h010: s_axil_rdata <= {31'd0, done};
        12'h014: s_axil_rdata <= source;
        12'h018: s_axil_rdata <= destination;
        12'h01C: s_axil_rdata <= {16'd0, beats};
        default: begin
          s_axil_rdata <= 32'd0;
          s_axil_rresp <= 2'd2;
        end
      endcase
    end

    if (!aresetn) begin
      s_axil_bvalid <= 1'b0;
      s_axil_rvalid <= 1'b0;
      scratch <= 32'd0;
      done <= 1'b0;
      start <= 3'd0;
      was_busy <= 1'b0;
    end
  end

  axi_mover #(
      .BITS(64),
      .ID_BITS(4)
  ) host (
      .clock        (clock),
      .aresetn      (aresetn),
      .start        (start[0]),
      .source       (source),
      .destination  (destination),
      .beats        (beats),
      .violation    (violation),
      .busy         (busy[0]),
      .error        (error[0]),
      .awid         (m_axi_host_awid),
      .awaddr       (m_axi_host_awaddr),
      .awlen        (m_axi_host_awlen),
      .awsize       (m_axi_host_awsize),
      .awburst      (m_axi_host_awburst),
      .awlock       (m_axi_host_awlock),
      .awcache      (m_axi_host_awcache),
      .awprot       (m_axi_host_awprot),
      .awqos        (m_axi_host_awqos),
      .awvalid      (m_axi_host_awvalid),
      .awready      (m_axi_host_awready),
      .wdata        (m_axi_host_wdata),
      .wstrb        (m_axi_host_wstrb),
      .wlast        (m_axi_host_wlast),
      .wvalid       (m_axi_host_wvalid),
      .wready       (m_axi_host_wready),
      .bid          (m_axi_host_bid),
      .bresp        (m_axi_host_bresp),
      .bvalid       (m_axi_host_bvalid),
      .bready       (m_axi_host_bready),
      .arid         (m_axi_host_arid),
      .araddr       (m_axi_host_araddr),
      .arlen        (m_axi_host_arlen),
      .arsize       (m_axi_host_arsize),
      .arburst      (m_axi_host_arburst),
      .arlock       (m_axi_host_arlock),
      .arcache      (m_axi_host_arcache),
      .arprot       (m_axi_host_arprot),
      .arqos        (m_axi_host_arqos),
      .arvalid      (m_axi_host_arvalid),
      .arready      (m_axi_host_arready),
      .rid          (m_axi_host_rid),
      .rdata        (m_axi_host_rdata),
      .rresp        (m_axi_host_rresp),
      .rlast        (m_axi_host_rlast),
      .rvalid       (m_axi_host_rvalid),
      .rready       (m_axi_host_rready)
  );

  axi_mover #(
      .BITS(CHANNEL_BITS),
      .ID_BITS(6)
  ) channel0 (
      .clock        (clock),
      .aresetn      (aresetn),
      .start        (start[1]),
      .source       (source),
      .destination  (destination),
      .beats        (beats),
      .violation    (violation),
      .busy         (busy[1]),
      .error        (error[1]),
      .awid         (m_axi_ch0_awid),
      .awaddr       (m_axi_ch0_awaddr),
      .awlen        (m_axi_ch0_awlen),
      .awsize       (m_axi_ch0_awsize),
      .awburst      (m_axi_ch0_awburst),
      .awlock       (m_axi_ch0_awlock),
      .awcache      (m_axi_ch0_awcache),
      .awprot       (m_axi_ch0_awprot),
      .awqos        (m_axi_ch0_awqos),
      .awvalid      (m_axi_ch0_awvalid),
      .awready      (m_axi_ch0_awready),
      .wdata        (m_axi_ch0_wdata),
      .wstrb        (m_axi_ch0_wstrb),
      .wlast        (m_axi_ch0_wlast),
      .wvalid       (m_axi_ch0_wvalid),
      .wready       (m_axi_ch0_wready),
      .bid          (m_axi_ch0_bid),
      .bresp        (m_axi_ch0_bresp),
      .bvalid       (m_axi_ch0_bvalid),
      .bready       (m_axi_ch0_bready),
      .arid         (m_axi_ch0_arid),
      .araddr       (m_axi_ch0_araddr),
      .arlen        (m_axi_ch0_arlen),
      .arsize       (m_axi_ch0_arsize),
      .arburst      (m_axi_ch0_arburst),
      .arlock       (m_axi_ch0_arlock),
      .arcache      (m_axi_ch0_arcache),
      .arprot       (m_axi_ch0_arprot),
      .arqos        (m_axi_ch0_arqos),
      .arvalid      (m_axi_ch0_arvalid),
      .arready      (m_axi_ch0_arready),
      .rid          (m_axi_ch0_rid),
      .rdata        (m_axi_ch0_rdata),
      .rresp        (m_axi_ch0_rresp),
      .rlast        (m_axi_ch0_rlast),
      .rvalid       (m_axi_ch0_rvalid),
      .rready       (m_axi_ch0_rready)
  );

  axi_mover #(
      .BITS(CHANNEL_BITS),
      .ID_BITS(6)
  ) channel1 (
      .clock        (clock),
      .aresetn      (aresetn),
      .start        (start[2]),
      .source       (source),
      .destination  (destination),
      .beats        (beats),
      .violation    (violation),
      .busy         (busy[2]),
      .error        (error[2]),
      .awid         (m_axi_ch1_awid),
      .awaddr       (m_axi_ch1_awaddr),
      .awlen        (m_axi_ch1_awlen),
      .awsize       (m_axi_ch1_awsize),
      .awburst      (m_axi_ch1_awburst),
      .awlock       (m_axi_ch1_awlock),
      .awcache      (m_axi_ch1_awcache),
      .awprot       (m_axi_ch1_awprot),
      .awqos        (m_axi_ch1_awqos),
      .awvalid      (m_axi_ch1_awvalid),
      .awready      (m_axi_ch1_awready),
      .wdata        (m_axi_ch1_wdata),
      .wstrb        (m_axi_ch1_wstrb),
      .wlast        (m_axi_ch1_wlast),
      .wvalid       (m_axi_ch1_wvalid),
      .wready       (m_axi_ch1_wready),
      .bid          (m_axi_ch1_bid),
      .bresp        (m_axi_ch1_bresp),
      .bvalid       (m_axi_ch1_bvalid),
      .bready       (m_axi_ch1_bready),
      .arid         (m_axi_ch1_arid),
      .araddr       (m_axi_ch1_araddr),
      .arlen        (m_axi_ch1_arlen),
      .arsize       (m_axi_ch1_arsize),
      .arburst      (m_axi_ch1_arburst),
      .arlock       (m_axi_ch1_arlock),
      .arcache      (m_axi_ch1_arcache),
      .arprot       (m_axi_ch1_arprot),
      .arqos        (m_axi_ch1_arqos),
      .arvalid      (m_axi_ch1_arvalid),
      .arready      (m_axi_ch1_arready),
      .rid          (m_axi_ch1_rid),
      .rdata        (m_axi_ch1_rdata),
      .rresp        (m_axi_ch1_rresp),
      .rlast        (m_axi_ch1_rlast),
      .rvalid       (m_axi_ch1_rvalid),
      .rready       (m_axi_ch1_rready)
  );

endmodule
`default_nettype wire
