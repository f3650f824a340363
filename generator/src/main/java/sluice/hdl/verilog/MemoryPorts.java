package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** Writes what a module has of its memories: connections of wrappers, and register files. */
final class MemoryPorts {
  private final Declarations declarations;
  private final Expressions expressions;
  private final ClockPorts clocks;
  private final Locators locators;

  MemoryPorts(
      Declarations declarations, Expressions expressions, ClockPorts clocks, Locators locators) {
    this.locators = locators;
    this.declarations = declarations;
    this.expressions = expressions;
    this.clocks = clocks;
  }

  /** The connections of a wrapper, in the order of its ports. */
  List<String> connections(MemoryBlock memory) {
    List<String> connections = new ArrayList<>();
    for (int r = 0; r < memory.reads().size(); r++) {
      Node.MemoryRead read = memory.reads().get(r);
      connections.add("    .R" + r + "_clk(" + clocks.clock(read.clock()) + ")");
      connections.add("    .R" + r + "_en(" + expressions.of(read.enable()) + ")");
      connections.add("    .R" + r + "_addr(" + expressions.of(read.address()) + ")");
      connections.add("    .R" + r + "_data(" + declarations.identifier(read) + ")");
    }
    for (int w = 0; w < memory.writes().size(); w++) {
      MemoryBlock.Write write = memory.writes().get(w);
      connections.add("    .W" + w + "_clk(" + clocks.clock(write.clock()) + ")");
      connections.add("    .W" + w + "_en(" + expressions.of(write.enable()) + ")");
      connections.add("    .W" + w + "_addr(" + expressions.of(write.address()) + ")");
      connections.add("    .W" + w + "_data(" + expressions.of(write.data()) + ")");
      if (write.mask() != null) {
        connections.add("    .W" + w + "_mask(" + expressions.of(write.mask()) + ")");
      }
    }
    for (int p = 0; p < memory.readWrites().size(); p++) {
      MemoryBlock.ReadWrite port = memory.readWrites().get(p);
      connections.add("    .RW" + p + "_clk(" + clocks.clock(port.read().clock()) + ")");
      connections.add("    .RW" + p + "_en(" + expressions.of(port.read().enable()) + ")");
      connections.add("    .RW" + p + "_wmode(" + expressions.of(port.mode()) + ")");
      connections.add("    .RW" + p + "_addr(" + expressions.of(port.read().address()) + ")");
      connections.add("    .RW" + p + "_wdata(" + expressions.of(port.data()) + ")");
      if (port.mask() != null) {
        connections.add("    .RW" + p + "_wmask(" + expressions.of(port.mask()) + ")");
      }
      connections.add("    .RW" + p + "_rdata(" + declarations.identifier(port.read()) + ")");
    }
    return connections;
  }

  /** The blocks of a register file that is written. */
  String registerFile(MemoryBlock memory) {
    String name = declarations.identifier(memory);
    StringBuilder out = new StringBuilder();
    if (memory.contents() != null) {
      out.append("\n  initial begin\n");
      InitialContents.append(out, name, memory.width(), memory.contents());
      out.append("  end\n");
    }
    Clock clock = null;
    for (MemoryBlock.Write write : memory.writes()) {
      if (clock != write.clock().root()) {
        out.append(clock == null ? "" : "  end\n");
        clock = write.clock().root();
        out.append("\n  always @(posedge ").append(clocks.clock(clock)).append(") begin\n");
      }
      String word = name + "[" + expressions.of(write.address()) + "]";
      String enable = expressions.of(write.enable());
      if (takesLanes(memory, write)) {
        out.append("    if (").append(enable).append(") begin");
        out.append(locators.mark(write.site())).append('\n');
        lanes(out, memory, write, word);
        out.append("    end\n");
      } else {
        boolean masked = write.mask() != null && !writesAll(memory, write);
        String condition = masked ? expressions.both(write.enable(), write.mask()) : enable;
        out.append("    if (").append(condition).append(") ").append(word);
        out.append(" <= ").append(expressions.of(write.data())).append(';');
        out.append(locators.mark(write.site())).append('\n');
      }
    }
    return out.append("  end\n").toString();
  }

  /** Whether a write takes single bits of a mask and lanes of the data: of what is named then. */
  static boolean takesLanes(MemoryBlock memory, MemoryBlock.Write write) {
    return memory.lanes() > 1 && !writesAll(memory, write);
  }

  /** Whether the mask of a write is a constant that chooses every lane. */
  private static boolean writesAll(MemoryBlock memory, MemoryBlock.Write write) {
    return write.mask() instanceof Node.Constant constant
        && constant.value().bitCount() == memory.lanes();
  }

  private void lanes(StringBuilder out, MemoryBlock memory, MemoryBlock.Write write, String word) {
    int bits = memory.maskGranularity();
    for (int lane = 0; lane < memory.lanes(); lane++) {
      out.append("      if (").append(bits(write.mask(), lane, 1)).append(") ").append(word);
      out.append(WrapperText.select(lane * bits, bits)).append(" <= ");
      out.append(bits(write.data(), lane * bits, bits)).append(';');
      out.append(locators.mark(write.site())).append('\n');
    }
  }

  private String bits(Node node, int low, int width) {
    if (node instanceof Node.Constant constant) {
      BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
      return Expressions.literal(width, constant.value().shiftRight(low).and(mask));
    }
    return declarations.identifier(node) + WrapperText.select(low, width);
  }
}
