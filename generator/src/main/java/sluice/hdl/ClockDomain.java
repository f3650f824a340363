package sluice.hdl;

import java.util.function.Supplier;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Site;

/**
 * A clock domain of a module: a clock, whose rising edges count, and a reset.
 *
 * <p>Every module has an implicit domain ({@link Module#clockDomain()}), with the ports {@code
 * clock} and {@code aresetn}; {@link Module#clockDomain(String)} declares others. What is declared
 * through a domain, or in the body of {@link Module#inDomain}, belongs to it: registers, ports of
 * the module, ports of memories, and the implicit domains of children. Wires and values belong to
 * none.
 *
 * <p>Data of one domain that reaches a register, a memory or a port of another is refused, except
 * through {@link #synchronizerStage} and {@link #captured}, which are what the parts of {@code
 * hdl.lib.crossing} are made of.
 */
public final class ClockDomain {
  private final Module module;
  private final Clock clock;

  ClockDomain(Module module, Clock clock) {
    this.module = module;
    this.clock = clock;
  }

  Module module() {
    return module;
  }

  /** The clock in the module's netlist. */
  public Clock clock() {
    return clock;
  }

  /** Takes the reset away: registers of this domain have no reset values. */
  public ClockDomain withoutReset() {
    requireRoot("a domain with a reset signal is declared without a reset");
    clock.removeReset();
    return this;
  }

  /**
   * The same clock with another reset, which is a signal and no port. Registers with a reset value
   * take it while the signal is high. Both are one domain: data goes between them freely.
   *
   * @param name the reset's name in the Verilog: {@code core} makes {@code core_aresetn}
   * @param reset high for reset; a register's output, so that an asynchronous reset has no
   *     glitches, of a register that it does not reset itself
   */
  public ClockDomain withReset(String name, Bool reset) {
    Site site = Trace.here().site();
    return module
        .domains()
        .derive(
            new Clock(
                Identifier.snakeCase(name),
                clock,
                reset.nodeIn(module, site),
                clock.asynchronousReset(),
                site));
  }

  /**
   * The same clock and reset, for registers of this module that are reset as soon as the reset is
   * active, without an edge of the clock, whatever reset style is chosen for the design. Children
   * that are placed in it have the design's style.
   */
  public ClockDomain asynchronouslyReset() {
    return module.domains().derive(new Clock("", clock, null, true, Trace.here().site()));
  }

  /**
   * Says, in the parent of a child, which of the parent's domains this domain of the child is. A
   * declared domain for which nothing is said is the parent's of the same name; a child's implicit
   * domain is the one that was current when the child was placed.
   */
  public void drivenBy(ClockDomain ofParent) {
    Domains.bind(this, ofParent, Trace.here().site());
  }

  /** Declares input ports of this domain. */
  public <T extends Data> T input(T type) {
    return in(() -> module.input(type));
  }

  /** Declares input ports of this domain with a given name. */
  public <T extends Data> T input(T type, String name) {
    return in(() -> module.input(type, name));
  }

  /** Declares output ports of this domain. */
  public <T extends Data> T output(T type) {
    return in(() -> module.output(type));
  }

  /** Declares output ports of this domain with a given name. */
  public <T extends Data> T output(T type, String name) {
    return in(() -> module.output(type, name));
  }

  /** Declares registers of this domain. */
  public <T extends Data> T register(T type) {
    return in(() -> module.register(type));
  }

  /** A register of this domain that takes a value every cycle. */
  public <T extends Data> T delayed(T value) {
    return in(() -> module.delayed(value));
  }

  /** Declares a register of this domain that holds a state. */
  public <E extends Enum<E>> StateRegister<E> stateRegister(Class<E> states, E initial) {
    return in(() -> module.stateRegister(states, initial));
  }

  /** Declares a register of this domain that holds a state in a certain encoding. */
  public <E extends Enum<E>> StateRegister<E> stateRegister(
      Class<E> states, E initial, Encoding encoding) {
    return in(() -> module.stateRegister(states, initial, encoding));
  }

  /** A stage of a synchronizer in this domain; see {@link Module#synchronizerStage}. */
  public <T extends Data> T synchronizerStage(T value) {
    return in(() -> module.synchronizerStage(value));
  }

  /** Registers of this domain that take another's data; see {@link Module#captured}. */
  public <T extends Data> T captured(T value, Bool enable) {
    return in(() -> module.captured(value, enable));
  }

  /** Places a child whose implicit domain is this one. */
  public <M extends Module> M instance(M child) {
    return in(() -> module.instance(child));
  }

  private <R> R in(Supplier<R> declaration) {
    return module.domains().in(this, declaration);
  }

  private void requireRoot(String mistake) {
    if (clock.base() != null) {
      module
          .drivers()
          .note(
              new Diagnostic(
                  Diagnostic.Kind.CLOCK_DOMAIN,
                  mistake,
                  Trace.here().site(),
                  clock.site(),
                  "say so of the domain that it is made from"));
    }
  }
}
