package sluice.hdl.verilog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Effects;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.ModuleWork;
import sluice.hdl.netlist.Netlist;

/** Writes a design as Verilog files. */
public final class VerilogWriter {
  private final String prefix;
  private final ResetStyle reset;
  private final Locators locators;

  /**
   * @param prefix put before every module name, for a name space of its own; may be empty
   */
  public VerilogWriter(String prefix) {
    this(prefix, ResetStyle.SYNC_LOW);
  }

  /**
   * @param prefix put before every module name, for a name space of its own; may be empty
   * @param reset how registers are reset
   */
  public VerilogWriter(String prefix, ResetStyle reset) {
    this(prefix, reset, Locators.OFF);
  }

  /**
   * @param prefix put before every module name, for a name space of its own; may be empty
   * @param reset how registers are reset
   * @param locators whether it is told which Java line a line comes from
   */
  public VerilogWriter(String prefix, ResetStyle reset, Locators locators) {
    this.prefix = prefix;
    this.reset = reset;
    this.locators = locators;
  }

  /** Takes the files of a design, one after the other. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a file.
     *
     * @param path relative, with {@code /}
     */
    void file(String path, String text) throws IOException;

    /**
     * Takes the Java lines of a file before the file itself; only with {@link Locators#MAP}.
     *
     * @param path of the file of Verilog
     * @param lines the Java line, like {@code Foo.java:12}, of each line that has one, from 1
     */
    default void located(String path, Map<Integer, String> lines) throws IOException {}
  }

  /**
   * The files of a design by path, in an order in which every module comes after its children:
   * memory wrappers in {@code mem/} first, the top last. A module whose wished name is taken gets a
   * number. Black boxes have no file.
   */
  public Map<String, String> write(Design design) {
    Map<String, String> files = new LinkedHashMap<>();
    try {
      write(design, files::put);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Writes the files of a design as {@link #write(Design)} gives them, one after the other. */
  public void write(Design design, Sink sink) throws IOException {
    for (MemoryWrapper wrapper : memories(design)) {
      sink.file("mem/" + wrapper.name() + ".v", wrapper.text());
    }
    ModuleWriter.Context context = context(design, moduleNames(design));
    List<Netlist> modules = written(design);
    for (List<Netlist> portion : ModuleWork.portions(modules)) {
      List<LineWrap.Wrapped> texts =
          ModuleWork.map(
              portion,
              netlist -> new ModuleWriter(netlist, context.names().get(netlist), context).write());
      for (int i = 0; i < texts.size(); i++) {
        String file = context.names().get(portion.get(i)) + ".v";
        if (locators == Locators.MAP) {
          sink.located(file, texts.get(i).lines());
        }
        sink.file(file, texts.get(i).text());
      }
    }
  }

  private ModuleWriter.Context context(Design design, Map<Netlist, String> names) {
    ClockPorts clocks = new ClockPorts(reset, design);
    return new ModuleWriter.Context(names, prefix, reset, clocks, new Effects(design), locators);
  }

  /** The modules that are written here. */
  private static List<Netlist> written(Design design) {
    return design.modules().stream().filter(netlist -> netlist.blackBox() == null).toList();
  }

  /** Black boxes are called as they are elsewhere; the others give way to them. */
  private Map<Netlist, String> moduleNames(Design design) {
    Map<Netlist, String> names = new IdentityHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Netlist netlist : design.modules()) {
      if (netlist.blackBox() != null) {
        names.put(netlist, netlist.name());
        taken.add(netlist.name());
      }
    }
    for (Netlist netlist : written(design)) {
      String name = prefix + netlist.name();
      for (int i = 2; !taken.add(name); i++) {
        name = prefix + netlist.name() + "_" + i;
      }
      names.put(netlist, name);
    }
    return names;
  }

  /**
   * The identifiers that each module declares and where they come from, for who cares for names:
   * ports, wires, registers, children and memories, by the module's wished name; netlists of one
   * name follow each other in one list.
   */
  public Map<String, List<DeclaredName>> names(Design design) {
    Map<String, List<DeclaredName>> names = new LinkedHashMap<>();
    ModuleWriter.Context context = context(design, Map.of());
    for (Netlist netlist : written(design)) {
      names
          .computeIfAbsent(prefix + netlist.name(), name -> new ArrayList<>())
          .addAll(new ModuleWriter(netlist, netlist.name(), context).names());
    }
    return names;
  }

  /** Whether a module has the port {@code clock}. */
  public static boolean hasClock(Netlist netlist) {
    return hasClock(netlist, netlist.clock());
  }

  /** Whether a module has the port {@code aresetn}, that of its implicit clock. */
  public static boolean hasReset(Netlist netlist) {
    return hasReset(netlist, netlist.clock());
  }

  /** Whether a clock of a module is a port of it: something of the module or a child needs it. */
  public static boolean hasClock(Netlist netlist, Clock clock) {
    return new ClockPorts(ResetStyle.SYNC_LOW).hasClock(netlist, clock);
  }

  /** Whether the reset of a clock of a module is a port of it. */
  public static boolean hasReset(Netlist netlist, Clock clock) {
    return new ClockPorts(ResetStyle.SYNC_LOW).hasReset(netlist, clock);
  }

  /** The shapes of the memory wrappers of a design, each once. */
  public Set<MemoryWrapper> memories(Design design) {
    Set<MemoryWrapper> wrappers = new LinkedHashSet<>();
    for (Netlist netlist : design.modules()) {
      for (MemoryBlock memory : netlist.memories()) {
        if (memory.synchronous() && memory.isRead()) {
          wrappers.add(MemoryWrapper.of(memory, prefix));
        }
      }
    }
    return wrappers;
  }
}
