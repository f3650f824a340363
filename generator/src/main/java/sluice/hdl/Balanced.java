package sluice.hdl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Site;
import sluice.hdl.timing.Cone;
import sluice.hdl.timing.StagePlan;

/**
 * A combinational function made a pipeline: the language puts the registers. Those bits of a value
 * that a later stage uses are carried there by registers of its own, named {@code
 * <value>_s<stage>}, one for what lies side by side; a part with a name has a register of its own,
 * unless it is used together with other bits. The results are registers too. Whatever the function
 * reads besides its inputs counts as an input of the same cycle. Stages are as short as their
 * number allows, or as long as their limit allows, and the rows of registers lie where they have
 * few bits.
 *
 * <p>The registers have no reset. A new value can enter in every cycle, or in every cycle of {@code
 * advance}, in which all stages advance together.
 *
 * @param <T> the type of the result
 */
public final class Balanced<T extends Data> {
  private final T output;
  private final StagePlan plan;

  private Balanced(T output, StagePlan plan) {
    this.output = output;
    this.plan = plan;
  }

  /**
   * A pipeline that never stalls.
   *
   * @param inputs signals of one module
   * @param function combinational: its registers, memories and children are refused, and so are its
   *     assignments to what is declared outside of it
   */
  public static <I extends Data, O extends Data> Balanced<O> pipeline(
      I inputs, Depth depth, Function<I, O> function) {
    return build(inputs, null, depth, function);
  }

  /**
   * A pipeline that stalls as a whole.
   *
   * @param inputs signals of one module
   * @param advance all registers take their next value in the cycles in which this is high
   * @param function as for a pipeline that never stalls
   */
  public static <I extends Data, O extends Data> Balanced<O> pipeline(
      I inputs, Bool advance, Depth depth, Function<I, O> function) {
    return build(inputs, advance, depth, function);
  }

  /** The result: that of the inputs {@link #latency} (advancing) cycles ago. */
  public T output() {
    return output;
  }

  /** Cycles from inputs to result. */
  public int latency() {
    return plan.stages();
  }

  /** Bits of all registers that were put. */
  public int registerBits() {
    return plan.registerBits();
  }

  /** The delay of the longest stage: levels of logic, or the unit of the depth's own model. */
  public int worstStage() {
    return plan.worstDelay();
  }

  private static <I extends Data, O extends Data> Balanced<O> build(
      I inputs, Bool advance, Depth depth, Function<I, O> function) {
    Trace trace = Trace.here();
    Module module = Leaves.of(inputs).get(0).module();
    Netlist netlist = module.netlist();
    int before = netlist.nodes().size();
    List<O> result = new ArrayList<>();
    Scope scope = module.drivers().inScope(new Scope(), () -> result.add(function.apply(inputs)));
    settle(netlist, scope, before);
    O value = result.get(0);
    List<Node> ends = new ArrayList<>();
    Map<Node, String> names = new IdentityHashMap<>();
    Leaves.visit(
        value,
        (bits, leaf) -> {
          Node end = bits.nodeIn(module, trace.site());
          ends.add(end);
          // The variable holds the pipeline; its name is the best there is for a result.
          if (trace.variable() != null) {
            names.putIfAbsent(end, trace.variable() + leaf.path());
          }
        });
    Cone cone = Cone.of(ends, node -> node.id() < before);
    StagePlan plan = plan(cone, depth, trace);
    // What is not driven, or drives itself, is reported when the module is finished.
    if (plan.stages() == 0 || !isComplete(cone)) {
      return new Balanced<>(value, plan);
    }
    Node enable = advance == null ? null : advance.nodeIn(module, trace.site());
    StageRegisters registers =
        new StageRegisters(netlist, module.domains().clock(), cone, plan, enable, names);
    registers.build();
    module.atEnd(registers::name);
    O output =
        Leaves.bind(
            value,
            (bits, leaf) -> {
              Node end = ends.get(leaf.index());
              return end instanceof Node.Constant
                  ? bits.source()
                  : new Source.Local(module, registers.valueIn(end, plan.stages()));
            });
    registers.moveNames();
    return new Balanced<>(output, plan);
  }

  /** Ends the function: it may have wires of its own, and no state. */
  private static void settle(Netlist netlist, Scope scope, int before) {
    for (Map.Entry<Node, Scope.Assignment> entry : scope.assignments().entrySet()) {
      Node target = entry.getKey();
      if (target.id() < before) {
        throw mistake(
            "a balanced function assigns a signal from outside of it",
            entry.getValue().site(),
            target.site(),
            "return the value, and assign it outside");
      }
      if (target instanceof Node.Wire wire) {
        wire.setDriver(entry.getValue().value());
      }
    }
    for (Node node : netlist.nodes().subList(before, netlist.nodes().size())) {
      if (node instanceof Node.Register
          || node instanceof Node.MemoryRead
          || node instanceof Node.InstanceOutput) {
        String what =
            node instanceof Node.Register
                ? "a register"
                : node instanceof Node.MemoryRead ? "a memory" : "a child";
        throw mistake(
            "a balanced function has " + what,
            node.site(),
            null,
            "it is combinational: keep state outside, and let the function read signals");
      }
    }
  }

  private static StagePlan plan(Cone cone, Depth depth, Trace trace) {
    if (!depth.isLimit()) {
      return StagePlan.ofStages(cone, depth.model(), depth.stages());
    }
    Node slowest = cone.slowest(depth.model());
    if (slowest != null && depth.model().delay(slowest) > depth.limit()) {
      String what =
          slowest instanceof Node.Operation operation
              ? operation.operator().name().toLowerCase(Locale.ROOT)
              : "value";
      throw mistake(
          "one operation (%s of %d bits) takes %d, more than the %d of a stage"
              .formatted(what, slowest.width(), depth.model().delay(slowest), depth.limit()),
          trace.site(),
          slowest.site(),
          "allow more for a stage, or write the operation as several smaller ones");
    }
    return StagePlan.within(cone, depth.model(), depth.limit());
  }

  private static boolean isComplete(Cone cone) {
    List<Node> nodes = cone.nodes();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : nodes) {
      boolean open =
          node instanceof Node.Undriven
              || (node instanceof Node.Wire wire && wire.driver() == null);
      boolean given = seen.size() < cone.starts().size();
      if (!given
          && (open
              || !node.operands().stream()
                  .allMatch(
                      operand -> operand instanceof Node.Constant || seen.contains(operand)))) {
        return false;
      }
      seen.add(node);
    }
    return true;
  }

  private static ElaborationException mistake(
      String message, Site site, Site other, String advice) {
    return new ElaborationException(
        new Diagnostic(Diagnostic.Kind.PIPELINE, message, site, other, advice));
  }
}
