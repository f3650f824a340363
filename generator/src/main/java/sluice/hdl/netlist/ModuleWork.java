package sluice.hdl.netlist;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work on the modules of a design that does not depend on their order: side by side on all cores,
 * where there is enough of it. Each piece may read every netlist and change only its own.
 */
public final class ModuleWork {
  /** Nodes below which other threads take longer to start than the work lasts. */
  private static final int WORTHWHILE = 20_000;

  private ModuleWork() {}

  /** Does something with each module. */
  public static void forEach(List<Netlist> modules, Consumer<Netlist> work) {
    if (isWorthwhile(modules)) {
      modules.parallelStream().forEach(work);
    } else {
      modules.forEach(work);
    }
  }

  /**
   * Does something with each module after it is done with all its children.
   *
   * @param modules children first
   */
  public static void forEachUpwards(List<Netlist> modules, Consumer<Netlist> work) {
    Map<Netlist, Integer> heights = new IdentityHashMap<>();
    List<List<Netlist>> levels = new ArrayList<>();
    for (Netlist netlist : modules) {
      int height = 0;
      for (Instance instance : netlist.instances()) {
        height = Math.max(height, heights.get(netlist.child(instance)) + 1);
      }
      heights.put(netlist, height);
      if (height == levels.size()) {
        levels.add(new ArrayList<>());
      }
      levels.get(height).add(netlist);
    }
    levels.forEach(level -> forEach(level, work));
  }

  /** The result for each module, in their order. */
  public static <R> List<R> map(List<Netlist> modules, Function<Netlist, R> work) {
    return isWorthwhile(modules)
        ? modules.parallelStream().map(work).toList()
        : modules.stream().map(work).toList();
  }

  /**
   * Modules in portions, for results that together would fill the memory: each is worth working on
   * side by side.
   */
  public static List<List<Netlist>> portions(List<Netlist> modules) {
    List<List<Netlist>> portions = new ArrayList<>();
    int start = 0;
    long nodes = 0;
    for (int i = 0; i < modules.size(); i++) {
      nodes += modules.get(i).nodes().size();
      if (nodes >= 4L * WORTHWHILE || i == modules.size() - 1) {
        portions.add(modules.subList(start, i + 1));
        start = i + 1;
        nodes = 0;
      }
    }
    return portions;
  }

  private static boolean isWorthwhile(List<Netlist> modules) {
    long nodes = 0;
    for (Netlist netlist : modules) {
      nodes += netlist.nodes().size();
    }
    return modules.size() > 1 && nodes >= WORTHWHILE;
  }
}
