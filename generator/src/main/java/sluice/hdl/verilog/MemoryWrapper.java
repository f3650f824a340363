package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.MemoryBlock;

/**
 * The wrapper module of one memory shape, which an SRAM macro can replace.
 *
 * @param name module name
 * @param depth words
 * @param width bits of a word
 * @param reads read ports
 * @param writes write ports
 */
public record MemoryWrapper(String name, int depth, int width, int reads, int writes) {

  static MemoryWrapper of(MemoryBlock memory, String prefix) {
    int reads = memory.reads().size();
    int writes = memory.writes().size();
    String name =
        prefix + "mem_" + memory.depth() + "x" + memory.width() + "_" + reads + "r" + writes + "w";
    return new MemoryWrapper(name, memory.depth(), memory.width(), reads, writes);
  }

  int addressBits() {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(depth - 1));
  }

  /** The ports in order. */
  List<String> ports() {
    List<String> ports = new ArrayList<>();
    for (int r = 0; r < reads; r++) {
      ports.addAll(
          List.of("R" + r + "_clk", "R" + r + "_en", "R" + r + "_addr", "R" + r + "_data"));
    }
    for (int w = 0; w < writes; w++) {
      ports.addAll(
          List.of("W" + w + "_clk", "W" + w + "_en", "W" + w + "_addr", "W" + w + "_data"));
    }
    return ports;
  }

  String text() {
    String addressRange = range(addressBits());
    String dataRange = range(width);
    StringBuilder out = new StringBuilder();
    out.append("// ").append(name).append('\n');
    out.append("// Memory of ").append(depth).append(" words of ").append(width).append(" bits.\n");
    out.append(
        "// Read data comes one cycle after the enable and is undefined otherwise, and when\n");
    out.append("// the word is written in the cycle of the enable. Contents are undefined until\n");
    out.append("// written. A memory macro with the same ports can replace this file.\n\n");
    out.append("`default_nettype none\n\nmodule ").append(name).append(" (\n");
    List<String> declarations = new ArrayList<>();
    for (String port : ports()) {
      boolean data = port.endsWith("_data");
      String type = data && port.startsWith("R") ? "output reg  " : "input  wire ";
      String range = data ? dataRange : port.endsWith("_addr") ? addressRange : "";
      declarations.add("  " + type + (range.isEmpty() ? "" : range + " ") + port);
    }
    out.append(String.join(",\n", declarations)).append("\n);\n\n");
    out.append("  (* ram_style = \"block\", ramstyle = \"no_rw_check\" *)\n");
    out.append("  reg ").append(dataRange.isEmpty() ? "" : dataRange + " ");
    out.append("memory [0:").append(depth - 1).append("];\n");
    for (int r = 0; r < reads; r++) {
      appendRead(out, r);
    }
    for (int w = 0; w < writes; w++) {
      String port = "W" + w;
      out.append("\n  always @(posedge ").append(port).append("_clk) begin\n");
      out.append("    if (").append(port).append("_en) memory[").append(port).append("_addr] <= ");
      out.append(port).append("_data;\n  end\n");
    }
    out.append("\nendmodule\n\n`default_nettype wire\n");
    return out.toString();
  }

  private void appendRead(StringBuilder out, int r) {
    String port = "R" + r;
    List<String> collisions = new ArrayList<>();
    for (int w = 0; w < writes; w++) {
      collisions.add("(W" + w + "_en && W" + w + "_addr == " + port + "_addr)");
    }
    String scrambled = scramble();
    out.append("\n  always @(posedge ").append(port).append("_clk) begin\n");
    out.append("    if (").append(port).append("_en) ").append(port).append("_data <= memory[");
    out.append(port).append("_addr];\n");
    out.append("`ifndef SYNTHESIS\n");
    out.append("    // What the contract leaves undefined is nothing that one could rely on.\n");
    String undefined = "!" + port + "_en || " + String.join(" || ", collisions);
    out.append("    if (").append(undefined).append(") begin\n");
    out.append("      ").append(port).append("_data <= ").append(scrambled).append(";\n");
    out.append("    end\n`endif\n  end\n");
  }

  private String scramble() {
    StringBuilder digits = new StringBuilder();
    int nibbles = (width + 3) / 4;
    for (int i = 0; i < nibbles; i++) {
      boolean partial = i == 0 && width % 4 != 0;
      digits.append(partial ? Integer.toHexString(0xa & ((1 << (width % 4)) - 1)) : "a");
    }
    if (nibbles <= 16) {
      return width + "'h" + digits;
    }
    if (width % 4 == 0) {
      return "{" + nibbles + "{4'ha}}";
    }
    return "{" + (width % 4) + "'d0, {" + (nibbles - 1) + "{4'ha}}}";
  }

  static String range(int width) {
    return width == 1 ? "" : "[" + (width - 1) + ":0]";
  }
}
