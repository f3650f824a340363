package sluice.hdl;

import java.util.function.Supplier;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Site;

/** The clock domains of one module, and the one in which hardware is being declared. */
final class Domains {
  private final Module module;
  private final ClockDomain implicit;
  private ClockDomain current;

  Domains(Module module, Netlist netlist) {
    this.module = module;
    this.implicit = new ClockDomain(module, netlist.clock());
    this.current = implicit;
  }

  ClockDomain implicit() {
    return implicit;
  }

  /** The clock of what is declared now. */
  Clock clock() {
    return current.clock();
  }

  ClockDomain declare(String name, Site site) {
    String snakeCase = Identifier.snakeCase(name);
    for (Clock clock : module.netlist().clocks()) {
      if (clock.name().equals(snakeCase)) {
        clash(snakeCase, site, clock.site());
      }
    }
    Clock clock = new Clock(snakeCase, null, null, false, site);
    module.netlist().clocks().add(clock);
    return new ClockDomain(module, clock);
  }

  ClockDomain derive(Clock clock) {
    for (Clock other : module.netlist().clocks()) {
      if (!clock.name().isEmpty() && other.name().equals(clock.name())) {
        clash(clock.name(), clock.site(), other.site());
      }
    }
    module.netlist().clocks().add(clock);
    return new ClockDomain(module, clock);
  }

  private void clash(String name, Site site, Site earlier) {
    module
        .drivers()
        .note(
            new Diagnostic(
                Diagnostic.Kind.NAME_CLASH,
                "two clock domains are called " + (name.isEmpty() ? "\"\"" : name),
                site,
                earlier,
                "rename one of them"));
  }

  /** Declares something in a domain. */
  <R> R in(ClockDomain domain, Supplier<R> declaration) {
    if (domain.module() != module) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.WRONG_MODULE,
              "a clock domain of "
                  + domain.module().describe()
                  + " is used in "
                  + module.describe(),
              Trace.fault(),
              domain.clock().site(),
              "a child's domain is bound to one of its parent: child.domain.drivenBy(domain)"));
    }
    ClockDomain around = current;
    current = domain;
    try {
      return declaration.get();
    } finally {
      current = around;
    }
  }

  /** Binds a domain of a child to one of its parent. */
  static void bind(ClockDomain ofChild, ClockDomain ofParent, Site site) {
    Module child = ofChild.module();
    if (child.parent() == null || ofParent.module() != child.parent()) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.WRONG_MODULE,
              "a clock domain of "
                  + child.describe()
                  + " is driven by one of "
                  + ofParent.module().describe(),
              site,
              ofChild.clock().site(),
              "bind domains of a child in its parent, after instance(child)"));
    }
    Clock clock = ofChild.clock();
    if (clock.base() != null
        || child.instance().clocks().putIfAbsent(clock, ofParent.clock()) != null) {
      child
          .parent()
          .drivers()
          .note(
              new Diagnostic(
                  Diagnostic.Kind.CLOCK_DOMAIN,
                  clock.base() != null
                      ? "a domain that " + child.describe() + " makes itself is bound"
                      : "clock domain " + clock.port() + " of a child is bound twice",
                  site,
                  child.instance().site(),
                  "bind each declared domain once; the implicit one is bound by instance(...)"));
    }
  }

  /** Binds what nothing is said about to the domain of the same name. */
  void finish() {
    for (Instance instance : module.netlist().instances()) {
      for (Clock ofChild : instance.child().clocks()) {
        if (ofChild.base() == null && !instance.clocks().containsKey(ofChild)) {
          bindByName(instance, ofChild);
        }
      }
    }
  }

  private void bindByName(Instance instance, Clock ofChild) {
    for (Clock clock : module.netlist().clocks()) {
      if (clock.name().equals(ofChild.name())) {
        instance.clocks().put(ofChild, clock);
        return;
      }
    }
    String child = instance.name();
    module
        .drivers()
        .note(
            new Diagnostic(
                Diagnostic.Kind.CLOCK_DOMAIN,
                "clock domain "
                    + ofChild.name()
                    + " of child "
                    + child
                    + " is none of "
                    + module.netlist().name(),
                instance.site(),
                ofChild.site(),
                "bind it, as in %s.%s.drivenBy(clockDomain()), or declare a domain %s here"
                    .formatted(child, ofChild.name(), ofChild.name())));
  }
}
