package sluice.hdl.netlist;

import java.util.Set;

/** The words that are no identifiers in one of the languages that tools read the Verilog as. */
public final class Keywords {
  private Keywords() {}

  private static final Set<String> WORDS =
      Set.of(
          ("always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config"
                  + " deassign default defparam design disable edge else end endcase endconfig"
                  + " endfunction endgenerate endmodule endprimitive endspecify endtable endtask"
                  + " event for force forever fork function generate genvar highz0 highz1 if ifnone"
                  + " incdir include initial inout input instance integer join large liblist"
                  + " library localparam macromodule medium module nand negedge nmos nor"
                  + " noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive"
                  + " pull0 pull1 pulldown pullup pulsestyle_onevent pulsestyle_ondetect rcmos real"
                  + " realtime reg release repeat rnmos rpmos rtran rtranif0 rtranif1 scalared"
                  + " showcancelled signed small specify specparam strong0 strong1 supply0 supply1"
                  + " table task time tran tranif0 tranif1 tri tri0 tri1 triand trior trireg"
                  + " unsigned use uwire vectored wait wand weak0 weak1 while wire wor xnor xor"
                  // Reserved in SystemVerilog and VHDL: tools read the files in those modes too.
                  + " alias assert assume before bind bit break byte chandle class clocking const"
                  + " constraint context continue cover covergroup cross do enum expect export"
                  + " extends extern final foreach global iff import inside int interface"
                  + " intersect local logic longint matches modport new null package packed"
                  + " priority program property protected pure rand ref restrict return sequence"
                  + " shortint shortreal solve static string struct super tagged this throughout"
                  + " timeprecision timeunit type typedef union unique var virtual void with within"
                  + " accept_on always_comb always_ff always_latch bins binsof checker coverpoint"
                  + " dist endchecker endclass endclocking endgroup endinterface endpackage"
                  + " endprogram endproperty endsequence eventually first_match forkjoin"
                  + " ignore_bins illegal_bins implements implies interconnect join_any join_none"
                  + " let nettype nexttime randc randcase randsequence reject_on s_always"
                  + " s_eventually s_nexttime s_until s_until_with soft strong sync_accept_on"
                  + " sync_reject_on unique0 until until_with untyped wait_order weak wildcard"
                  + " entity architecture signal process is range select"
                  // Words of C++, which Verilator's models are made of.
                  + " interrupt bool catch delete double float friend goto inline long mutable"
                  + " namespace operator private register short sizeof template throw try"
                  + " typename volatile explicit switch char true false main")
              .split(" "));

  /** Whether a name cannot stand as it is. */
  public static boolean contains(String name) {
    return WORDS.contains(name);
  }
}
