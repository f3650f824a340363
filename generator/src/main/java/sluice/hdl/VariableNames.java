package sluice.hdl;

import java.util.HashMap;
import java.util.Map;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;

/** The names that a module's values take from the Java variables they are stored to. */
final class VariableNames {

  /** How many values the lists, arrays and loops have given each of their names to. */
  private final Map<String, Integer> indexes = new HashMap<>();

  /** Names a new node after the variable that takes it. */
  void give(Node node, Trace trace, String leafPath) {
    if (trace.isNamed()) {
      node.rename(of(trace, leafPath), trace.level());
    }
  }

  /** Names a memory after the variable that takes it. */
  void give(MemoryBlock block, Trace trace) {
    if (trace.isNamed()) {
      block.rename(of(trace, ""));
    }
  }

  /** The name for a part of what is stored to a variable, or null; it counts what has an index. */
  String of(Trace trace, String leafPath) {
    if (!trace.isNamed()) {
      return null;
    }
    String path = trace.path().isEmpty() ? leafPath : trace.path() + leafPath;
    if (!trace.indexed()) {
      return path.isEmpty() ? trace.variable() : trace.variable() + path;
    }
    int index = indexes.merge(trace.variable() + path, 1, Integer::sum) - 1;
    return trace.level() == NameLevel.MERGEABLE
        ? trace.variable() + path + "_" + index
        : trace.variable() + "_" + index + path;
  }
}
