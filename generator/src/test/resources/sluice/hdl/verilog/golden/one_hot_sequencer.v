// one_hot_sequencer
// Loads, runs for a number of cycles, and drains.

`default_nettype none

module one_hot_sequencer (
  input  wire clock,
  input  wire aresetn,
  input  wire start,
  input  wire [7:0] length,
  output wire busy,
  output wire loading
);

  localparam [3:0] IDLE = 4'd1;
  localparam [3:0] LOAD = 4'd2;
  localparam [3:0] RUN = 4'd4;
  localparam [3:0] DRAIN = 4'd8;

  reg  [3:0] phase;
  reg  [7:0] remaining;

  assign busy = phase != IDLE;
  assign loading = phase == LOAD;

  always @(posedge clock) begin
    if (!aresetn) begin
      phase <= IDLE;
      remaining <= 8'd0;
    end else begin
      case (phase)
        IDLE: begin
          if (start) begin
            phase <= LOAD;
            remaining <= length;
          end
        end
        LOAD: begin
          phase <= RUN;
        end
        RUN: begin
          if (remaining == 8'd0) begin
            phase <= DRAIN;
          end
          remaining <= remaining - 8'd1;
        end
        DRAIN: begin
          phase <= IDLE;
        end
        default: ;
      endcase
    end
  end

endmodule

`default_nettype wire
