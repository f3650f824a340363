package sluice.hdl.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.ModuleWork;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** Finds what cannot be hardware in finished netlists, and what is doubtful in them. */
public final class Checks {
  private static final Set<Diagnostic.Kind> UNUSED =
      EnumSet.of(
          Diagnostic.Kind.UNUSED_INSTANCE,
          Diagnostic.Kind.UNUSED_SIGNAL,
          Diagnostic.Kind.DROPPED_OUTPUT);

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /**
   * Everything that is wrong with a design.
   *
   * @param modules its netlists, children first
   */
  public List<Diagnostic> of(List<Netlist> modules) {
    List<Netlist> written = modules.stream().filter(netlist -> netlist.blackBox() == null).toList();
    ModuleWork.map(written, Checks::ofOne).forEach(diagnostics::addAll);
    CombinationalPaths paths = new CombinationalPaths();
    diagnostics.addAll(new CombinationalLoops(paths).of(modules));
    diagnostics.addAll(new ReadyToValid(paths).of(modules));
    diagnostics.addAll(new MissingResets().of(modules));
    diagnostics.addAll(new ClockCrossings().of(modules));
    return diagnostics;
  }

  /** What is wrong with a module whatever is around it. */
  private static List<Diagnostic> ofOne(Netlist netlist) {
    List<Diagnostic> found = new ArrayList<>(ReservedNames.of(netlist));
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Wire wire) {
        checkDriven(netlist, wire, found);
      }
    }
    for (MemoryBlock memory : netlist.memories()) {
      if (memory.isRead() && !memory.isWritten() && memory.contents() == null) {
        found.add(
            new Diagnostic(
                Diagnostic.Kind.MEMORY,
                "memory " + memory.name() + " of " + netlist.name() + " is never written",
                memory.site(),
                null,
                "write it, or give it contents(...)"));
      }
    }
    return found;
  }

  /**
   * Looks for what is doubtful in a design without mistakes, and tells it.
   *
   * @param modules its netlists, children first
   * @return what the policy refuses, each once
   */
  public List<Diagnostic> warnings(List<Netlist> modules, Policy policy) {
    Map<Diagnostic, Severity> found = new LinkedHashMap<>();
    List<Netlist> written = modules.stream().filter(netlist -> netlist.blackBox() == null).toList();
    for (Map<Diagnostic, Severity> ofOne :
        ModuleWork.map(written, netlist -> warningsOfOne(netlist, policy))) {
      ofOne.forEach(
          (diagnostic, severity) ->
              found.merge(diagnostic, severity, (a, b) -> a == Severity.ERROR ? a : b));
    }
    List<Diagnostic> refused = new ArrayList<>();
    found.forEach(
        (diagnostic, severity) -> {
          if (severity == Severity.ERROR) {
            refused.add(diagnostic);
          } else {
            policy.warn(diagnostic);
          }
        });
    return refused;
  }

  private static Map<Diagnostic, Severity> warningsOfOne(Netlist netlist, Policy policy) {
    Map<Diagnostic, Severity> found = new LinkedHashMap<>();
    BiConsumer<String, Diagnostic> judge =
        (module, diagnostic) -> {
          Severity severity = policy.of(diagnostic.kind(), module);
          if (severity != Severity.OFF) {
            found.merge(diagnostic, severity, (a, b) -> a == Severity.ERROR ? a : b);
          }
        };
    if (UNUSED.stream().anyMatch(kind -> policy.of(kind, netlist.name()) != Severity.OFF)) {
      new UnusedParts(netlist).find(judge);
    }
    if (policy.of(Diagnostic.Kind.UNENTERED_STATE, netlist.name()) != Severity.OFF) {
      UnenteredStates.find(netlist, judge);
    }
    if (policy.of(Diagnostic.Kind.RESETLESS_CONTROL, netlist.name()) != Severity.OFF) {
      new ResetlessControl(netlist, judge).find();
    }
    return found;
  }

  private static void checkDriven(Netlist netlist, Node.Wire wire, List<Diagnostic> diagnostics) {
    if (wire.driver() == null) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.Kind.UNDRIVEN,
              SignalName.of(netlist, wire) + " of " + netlist.name() + " is never assigned",
              wire.site(),
              null,
              "assign it with set(...)"));
      return;
    }
    String path = MissingPath.of(netlist, wire.driver());
    if (path != null) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.Kind.NOT_ON_EVERY_PATH,
              SignalName.of(netlist, wire) + " of " + netlist.name() + " has no value when " + path,
              wire.site(),
              null,
              "assign a default before the when(...), or add otherwise(...)"));
    }
  }
}
