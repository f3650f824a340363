package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the module of a {@link MemoryWrapper}. What the contract leaves undefined is a fixed
 * pattern outside of synthesis.
 */
final class WrapperText {
  private final MemoryWrapper memory;
  private final StringBuilder out = new StringBuilder();

  WrapperText(MemoryWrapper memory) {
    this.memory = memory;
  }

  String write() {
    header();
    out.append("`default_nettype none\n\nmodule ").append(memory.name()).append(" (\n");
    out.append(String.join(",\n", ports())).append("\n);\n");
    if (!memory.isRom()) {
      out.append("\n  (* ram_style = \"block\", ramstyle = \"no_rw_check\" *)\n");
      out.append(declaration("reg", memory.width(), "memory"));
      out.append(" [0:").append(memory.depth() - 1).append("];\n");
      contents();
    }
    for (int r = 0; r < memory.reads(); r++) {
      if (memory.isRom()) {
        romWord("R" + r);
      }
      read("R" + r);
    }
    for (int w = 0; w < memory.writes(); w++) {
      String port = "W" + w;
      out.append("\n  always @(posedge ").append(port).append("_clk) begin\n");
      write(port + "_en", port, "data", "mask");
      out.append("  end\n");
    }
    for (int p = 0; p < memory.readWrites(); p++) {
      readWrite("RW" + p);
    }
    out.append("\nendmodule\n\n`default_nettype wire\n");
    return out.toString();
  }

  private void header() {
    out.append("// ").append(memory.name()).append('\n');
    out.append(memory.isRom() ? "// ROM of " : "// Memory of ");
    out.append(memory.depth()).append(" words of ").append(memory.width()).append(" bits");
    if (memory.lanes() > 0) {
      out.append(", in ").append(memory.lanes()).append(" lanes of ");
      out.append(memory.maskGranularity()).append(" bits that a mask writes");
    }
    out.append(".\n");
    String cycles = memory.latency() == 1 ? "one cycle" : memory.latency() + " cycles";
    if (memory.isRom()) {
      out.append("// Read data comes ").append(cycles);
      out.append(" after the enable and is undefined otherwise.\n\n");
      return;
    }
    out.append("// Read data comes ").append(cycles);
    out.append(" after the enable and is undefined otherwise, and when\n");
    if (memory.contents().isEmpty()) {
      out.append(
          "// the word is written in the cycle of the enable. Contents are undefined until\n");
      out.append("// written. A memory macro with the same ports can replace this file.\n\n");
    } else {
      out.append("// the word is written in the cycle of the enable. Contents are given at the\n");
      out.append("// start; a reset does not bring them back.\n\n");
    }
  }

  private static String declaration(String kind, int width, String name) {
    String range = MemoryWrapper.range(width);
    return "  " + kind + " " + (range.isEmpty() ? "" : range + " ") + name;
  }

  private List<String> ports() {
    List<String> lines = new ArrayList<>();
    int address = memory.addressBits();
    int width = memory.width();
    for (int r = 0; r < memory.reads(); r++) {
      String port = "R" + r;
      lines.add(declaration("input  wire", 1, port + "_clk"));
      lines.add(declaration("input  wire", 1, port + "_en"));
      lines.add(declaration("input  wire", address, port + "_addr"));
      lines.add(declaration("output reg ", width, port + "_data"));
    }
    for (int w = 0; w < memory.writes(); w++) {
      String port = "W" + w;
      lines.add(declaration("input  wire", 1, port + "_clk"));
      lines.add(declaration("input  wire", 1, port + "_en"));
      lines.add(declaration("input  wire", address, port + "_addr"));
      lines.add(declaration("input  wire", width, port + "_data"));
      if (memory.lanes() > 0) {
        lines.add(declaration("input  wire", memory.lanes(), port + "_mask"));
      }
    }
    for (int p = 0; p < memory.readWrites(); p++) {
      String port = "RW" + p;
      lines.add(declaration("input  wire", 1, port + "_clk"));
      lines.add(declaration("input  wire", 1, port + "_en"));
      lines.add(declaration("input  wire", 1, port + "_wmode"));
      lines.add(declaration("input  wire", address, port + "_addr"));
      lines.add(declaration("input  wire", width, port + "_wdata"));
      if (memory.lanes() > 0) {
        lines.add(declaration("input  wire", memory.lanes(), port + "_wmask"));
      }
      lines.add(declaration("output reg ", width, port + "_rdata"));
    }
    return lines;
  }

  private void contents() {
    if (memory.contents().isEmpty()) {
      return;
    }
    out.append("\n  initial begin\n");
    InitialContents.append(out, "memory", memory.width(), memory.contents());
    out.append("  end\n");
  }

  /** The word that a ROM has at the address of a port. */
  private void romWord(String port) {
    out.append('\n').append(declaration("reg", memory.width(), port + "_word")).append(";\n\n");
    out.append(
        CaseBlock.of(
            port + "_addr",
            memory.addressBits(),
            port + "_word",
            memory.depth(),
            i -> Expressions.literal(memory.width(), memory.contents().get(i)),
            ""));
    out.append('\n');
  }

  /** The name of a register on the way from the memory to the data; the last is the port. */
  private String stage(String data, int number) {
    return number == memory.latency() ? data : data + "_" + number;
  }

  private void declareStages(String data) {
    for (int i = 1; i < memory.latency(); i++) {
      out.append(i == 1 ? "\n" : "");
      out.append(declaration("reg", memory.width(), stage(data, i))).append(";\n");
    }
  }

  private void shiftStages(String data) {
    for (int i = memory.latency(); i > 1; i--) {
      out.append("    ").append(stage(data, i)).append(" <= ");
      out.append(stage(data, i - 1)).append(";\n");
    }
  }

  private void read(String port) {
    String data = port + "_data";
    declareStages(data);
    String word = memory.isRom() ? port + "_word" : "memory[" + port + "_addr]";
    String first = stage(data, 1);
    out.append("\n  always @(posedge ").append(port).append("_clk) begin\n");
    out.append("    if (").append(port).append("_en) ").append(first).append(" <= ");
    out.append(word).append(";\n");
    shiftStages(data);
    List<String> undefined = new ArrayList<>(List.of("!" + port + "_en"));
    undefined.addAll(collisions(port));
    scrambled(undefined, first);
    out.append("  end\n");
  }

  private void readWrite(String port) {
    String data = port + "_rdata";
    declareStages(data);
    String first = stage(data, 1);
    out.append("\n  always @(posedge ").append(port).append("_clk) begin\n");
    out.append("    if (").append(port).append("_en) begin\n");
    String word = "memory[" + port + "_addr]";
    out.append("      if (").append(port).append("_wmode) begin\n");
    if (memory.lanes() == 0) {
      out.append("        ").append(word).append(" <= ").append(port).append("_wdata;\n");
    } else {
      lanes("        ", port, "wdata", "wmask");
    }
    out.append("      end else begin\n        ").append(first).append(" <= ").append(word);
    out.append(";\n      end\n    end\n");
    shiftStages(data);
    List<String> undefined = new ArrayList<>(List.of("!" + port + "_en", port + "_wmode"));
    undefined.addAll(collisions(port));
    scrambled(undefined, first);
    out.append("  end\n");
  }

  /** What other ports write to the address of a port. */
  private List<String> collisions(String port) {
    List<String> conditions = new ArrayList<>();
    for (int w = 0; w < memory.writes(); w++) {
      conditions.add("(W" + w + "_en && W" + w + "_addr == " + port + "_addr)");
    }
    for (int p = 0; p < memory.readWrites(); p++) {
      String other = "RW" + p;
      if (!other.equals(port)) {
        conditions.add(
            "(%s_en && %s_wmode && %s_addr == %s_addr)".formatted(other, other, other, port));
      }
    }
    return conditions;
  }

  private void scrambled(List<String> conditions, String target) {
    out.append("`ifndef SYNTHESIS\n");
    out.append("    // What the contract leaves undefined is nothing that one could rely on.\n");
    String line = "    if (" + String.join(" || ", conditions) + ") begin\n";
    out.append(LineWrap.wrap(line, Locators.OFF).text());
    out.append("      ").append(target).append(" <= ").append(pattern(memory.width()));
    out.append(";\n    end\n`endif\n");
  }

  private void write(String enable, String port, String data, String mask) {
    if (memory.lanes() == 0) {
      out.append("    if (").append(enable).append(") memory[").append(port);
      out.append("_addr] <= ").append(port).append('_').append(data).append(";\n");
      return;
    }
    out.append("    if (").append(enable).append(") begin\n");
    lanes("      ", port, data, mask);
    out.append("    end\n");
  }

  private void lanes(String indent, String port, String data, String mask) {
    int bits = memory.maskGranularity();
    for (int lane = 0; lane < memory.lanes(); lane++) {
      String range = memory.lanes() == 1 ? "" : select(lane * bits, bits);
      String index = memory.lanes() == 1 ? "" : select(lane, 1);
      out.append(indent).append("if (").append(port).append('_').append(mask).append(index);
      out.append(") memory[").append(port).append("_addr]").append(range).append(" <= ");
      out.append(port).append('_').append(data).append(range).append(";\n");
    }
  }

  /** Selects bits of a vector of more bits. */
  static String select(int low, int width) {
    return width == 1 ? "[" + low + "]" : "[" + (low + width - 1) + ":" + low + "]";
  }

  /** The read data that stands for undefined. */
  private static String pattern(int width) {
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
}
