// named_states
// Counts to 9 after a start, and drains for a cycle.

`default_nettype none

module named_states (
  input  wire clock,
  input  wire aresetn,
  input  wire start,
  output wire busy,
  output wire active,
  output reg  [3:0] count
);

  localparam [1:0] IDLE = 2'd0;
  localparam [1:0] LOAD = 2'd1;
  localparam [1:0] RUN = 2'd2;
  localparam [1:0] DRAIN = 2'd3;

  reg  [1:0] phase;

  wire idle = phase == IDLE;
  wire running = phase == RUN;
  wire draining = phase == DRAIN;

  assign busy = ~idle;
  assign active = running;

  always @(posedge clock) begin
    if (!aresetn) begin
      phase <= IDLE;
      count <= 4'd0;
    end else begin
      case (phase)
        IDLE: begin
          if (start) begin
            phase <= LOAD;
          end
        end
        LOAD: begin
          phase <= RUN;
        end
        RUN: begin
          if (count == 4'd8) begin
            phase <= DRAIN;
          end
          count <= count + 4'd1;
        end
        default: begin
          if (draining) begin
            phase <= IDLE;
            count <= 4'd0;
          end
        end
      endcase
    end
  end

endmodule

`default_nettype wire
