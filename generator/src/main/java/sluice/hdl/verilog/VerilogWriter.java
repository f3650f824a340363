package sluice.hdl.verilog;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;

/** Writes a design as Verilog files. */
public final class VerilogWriter {
  private final String prefix;

  /**
   * @param prefix put before every module name, for a name space of its own; may be empty
   */
  public VerilogWriter(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The files of a design by path, in an order in which every module comes after its children:
   * memory wrappers in {@code mem/} first, the top last. Modules of equal contents are written
   * once.
   */
  public Map<String, String> write(Design design) {
    Map<Netlist, String> names = new IdentityHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, String> nameByText = new HashMap<>();
    Set<MemoryWrapper> wrappers = new LinkedHashSet<>();
    for (Netlist netlist : design.modules()) {
      String wished = prefix + netlist.name();
      String text = new ModuleWriter(netlist, wished, names, prefix).write();
      String name = nameByText.get(text);
      if (name == null) {
        name = wished;
        for (int i = 2; texts.containsKey(name); i++) {
          name = wished + "_" + i;
        }
        nameByText.put(text, name);
        texts.put(
            name,
            name.equals(wished) ? text : new ModuleWriter(netlist, name, names, prefix).write());
      }
      names.put(netlist, name);
      for (MemoryBlock memory : netlist.memories()) {
        if (memory.synchronous() && !memory.reads().isEmpty()) {
          wrappers.add(MemoryWrapper.of(memory, prefix));
        }
      }
    }
    Map<String, String> files = new LinkedHashMap<>();
    wrappers.forEach(wrapper -> files.put("mem/" + wrapper.name() + ".v", wrapper.text()));
    texts.forEach((name, text) -> files.put(name + ".v", text));
    return files;
  }

  /** Whether a module has the port {@code clock}. */
  public static boolean hasClock(Netlist netlist) {
    return ModuleWriter.usesClock(netlist);
  }

  /** Whether a module has the port {@code aresetn}. */
  public static boolean hasReset(Netlist netlist) {
    return ModuleWriter.usesReset(netlist);
  }

  /** The shapes of the memory wrappers of a design, each once. */
  public Set<MemoryWrapper> memories(Design design) {
    Set<MemoryWrapper> wrappers = new LinkedHashSet<>();
    for (Netlist netlist : design.modules()) {
      for (MemoryBlock memory : netlist.memories()) {
        if (memory.synchronous() && !memory.reads().isEmpty()) {
          wrappers.add(MemoryWrapper.of(memory, prefix));
        }
      }
    }
    return wrappers;
  }
}
