package sluice.hdl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which warnings are told, which count as errors, and which are not looked for; for each kind, in
 * all modules or in some. What is said last holds. Kinds that are errors by themselves stay so:
 * what they refuse cannot be built.
 */
public final class Policy {

  /** One decision; the module is a name, its beginning with {@code *}, or null for all. */
  private record Rule(Diagnostic.Kind kind, String module, Severity severity) {
    boolean covers(Diagnostic.Kind what, String where) {
      if (kind != what) {
        return false;
      }
      if (module == null || module.equals(where)) {
        return true;
      }
      return module.endsWith("*") && where.startsWith(module.substring(0, module.length() - 1));
    }
  }

  private final List<Rule> rules;
  private final Consumer<Diagnostic> listener;

  private Policy(List<Rule> rules, Consumer<Diagnostic> listener) {
    this.rules = List.copyOf(rules);
    this.listener = listener;
  }

  /** Each kind as {@link Diagnostic.Kind#severity()} has it; warnings go to standard error. */
  public static Policy standard() {
    return new Policy(List.of(), warning -> System.err.println("warning: " + warning));
  }

  /** Only errors: no warning is looked for. */
  public static Policy quiet() {
    Policy policy = standard();
    for (Diagnostic.Kind kind : Diagnostic.Kind.values()) {
      if (kind.severity() != Severity.ERROR) {
        policy = policy.with(kind, Severity.OFF);
      }
    }
    return policy;
  }

  /** This policy with another severity of a kind, in all modules. */
  public Policy with(Diagnostic.Kind kind, Severity severity) {
    return add(new Rule(kind, null, severity));
  }

  /**
   * This policy with another severity of a kind in some modules.
   *
   * @param module the name of the module as in the Verilog, without prefix; with {@code *} at the
   *     end, all whose name begins so
   */
  public Policy with(Diagnostic.Kind kind, String module, Severity severity) {
    return add(new Rule(kind, module, severity));
  }

  /** This policy with another receiver of warnings. */
  public Policy tell(Consumer<Diagnostic> receiver) {
    return new Policy(rules, receiver);
  }

  private Policy add(Rule rule) {
    if (rule.kind().severity() == Severity.ERROR && rule.severity() != Severity.ERROR) {
      throw new IllegalArgumentException(rule.kind().code() + " is always an error");
    }
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new Policy(more, listener);
  }

  /** What becomes of a kind of diagnostic in a module. */
  public Severity of(Diagnostic.Kind kind, String module) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (rules.get(i).covers(kind, module)) {
        return rules.get(i).severity();
      }
    }
    return kind.severity();
  }

  /** Tells a warning. */
  public void warn(Diagnostic warning) {
    listener.accept(warning);
  }
}
