// sequencer
// Loads, runs for a number of cycles, and drains.

`default_nettype none

module sequencer (
  input  wire clock,
  input  wire aresetn,
  input  wire start,
  input  wire [7:0] length,
  output wire busy,
  output wire loading
);

  localparam [1:0] IDLE = 2'd0;
  localparam [1:0] LOAD = 2'd1;
  localparam [1:0] RUN = 2'd2;
  localparam [1:0] DRAIN = 2'd3;

  reg  [1:0] phase;
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
