package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StateMachine;

/**
 * One random module under construction.
 *
 * <p>Where all state has to become known, there is a warm-up: the input {@code run} is low, all
 * resets are active, all clocks rise together, and the input {@code fill} counts through the words
 * of memories. For each value it is counted how many edges it takes until it is known then; state
 * without a reset only takes values that are known soon enough.
 */
final class RandomModule {

  /**
   * What may be in a module.
   *
   * @param known whether all state becomes known in the warm-up
   * @param derivedClocks whether there are clocks that are derived from others
   * @param allNamed whether every value has a name, {@code n} and its number
   */
  record Rules(boolean known, boolean derivedClocks, boolean allNamed) {}

  /**
   * A finished module.
   *
   * @param settled edges until each output is known, if the inputs are from the start
   */
  record Built(Netlist netlist, Map<Port, Integer> settled) {}

  /** Edges until all words of a memory are filled. */
  static final int FILLING = 1 << Stimulus.FILL_BITS;

  /** Edges that a level of the hierarchy adds. */
  private static final int EDGES_OF_LEVEL = 8;

  private final Draw draw;
  private final Rules rules;
  private final RandomValues values;
  private final RandomClocks clocks;
  private final Netlist netlist;
  private final List<Node.Register> registers = new ArrayList<>();
  private final List<Node.Wire> undriven = new ArrayList<>();
  private final List<RandomMemory> memories = new ArrayList<>();

  /** Conditions that several registers share. */
  private final List<Node> conditions = new ArrayList<>();

  private Node run;
  private Node fill;

  RandomModule(String name, Draw draw, Rules rules, int height) {
    this.draw = draw;
    this.rules = rules;
    this.netlist = new Netlist(name, Site.NONE);
    this.values = new RandomValues(netlist, draw, rules, mostEdges(height));
    this.clocks = new RandomClocks(netlist, draw, values);
  }

  /** Edges until all of a design is known. */
  static int mostEdges(int height) {
    return FILLING + EDGES_OF_LEVEL * (height + 1);
  }

  Built build(List<Built> children) {
    run = input(Stimulus.RUN, 1);
    fill = input(Stimulus.FILL, Stimulus.FILL_BITS);
    int inputs = 1 + draw.below(5);
    for (int i = 0; i < inputs; i++) {
      input("in" + i, draw.width());
    }
    clocks.addPorts();
    for (int i = draw.below(4) + 1; i > 0; i--) {
      register();
    }
    if (rules.derivedClocks()) {
      clocks.derive(run, registers);
      for (int i = draw.below(5); i > 0; i--) {
        register();
      }
    }
    for (int i = draw.below(3); i > 0; i--) {
      Node.Wire wire = new Node.Wire(netlist, draw.width(), Site.NONE);
      undriven.add(wire);
      values.add(wire, values.mostEdges());
    }
    List<Runnable> parts = new ArrayList<>();
    children.forEach(child -> parts.add(() -> instance(child)));
    for (int i = draw.oneIn(3) ? 0 : draw.below(4); i > 0; i--) {
      parts.add(() -> memories.add(memory()));
    }
    for (int i = draw.below(4); i > 0; i--) {
      parts.add(this::dataRegister);
    }
    for (int i = 3 + draw.below(18); i > 0; i--) {
      parts.add(this::value);
    }
    while (!parts.isEmpty()) {
      parts.remove(draw.below(parts.size())).run();
    }
    finish();
    Map<Port, Integer> settled = outputs();
    if (rules.allNamed()) {
      netlist.nodes().forEach(node -> node.rename("n" + node.id()));
    }
    return new Built(netlist, settled);
  }

  private Node input(String name, int width) {
    Node input = new Node.Input(netlist, width, Site.NONE);
    netlist.ports().add(new Port(name, Port.Direction.INPUT, input, "", netlist.clock()));
    return values.add(input, 0);
  }

  private void register() {
    Node.Register register =
        new Node.Register(netlist, clocks.any(), crossing(), draw.width(), Site.NONE);
    values.nameState(register);
    boolean reset = register.clock().hasReset() && (rules.known() || draw.coin());
    if (reset) {
      register.setResetValue(draw.bits(register.width()));
    } else if (rules.known()) {
      // It would keep what it had at the start.
      register.setNext(values.operand(register.width()));
      values.add(register, values.edges(register.next()) + 1);
      return;
    }
    registers.add(register);
    values.add(register, 1);
  }

  private Crossing crossing() {
    return draw.oneIn(6) ? Crossing.SYNCHRONIZER : Crossing.NONE;
  }

  /** A register without a reset value, that takes a value now and then. */
  private void dataRegister() {
    Node data = values.operandForState(draw.width());
    Node.Register register =
        new Node.Register(netlist, clocks.any(), Crossing.NONE, data.width(), Site.NONE);
    values.nameState(register);
    if (draw.coin()) {
      register.setNext(data);
    } else {
      Node enable = values.operand(1);
      if (rules.known()) {
        enable = values.or(values.not(run), enable);
      }
      register.setNext(values.operation(Operator.MUX, data.width(), enable, data, register));
    }
    values.add(register, values.edges(data) + 1);
  }

  private RandomMemory memory() {
    return new RandomMemory(netlist, draw, rules, values, clocks, run, fill);
  }

  private void value() {
    if (draw.oneIn(8)) {
      Node driver = values.operand(draw.width());
      Node.Wire wire = new Node.Wire(netlist, driver.width(), Site.NONE);
      wire.setDriver(driver);
      values.add(values.named(wire), values.edges(driver));
    } else if (draw.oneIn(20)) {
      cover();
    } else {
      values.operation();
    }
  }

  private void cover() {
    Node enable = draw.coin() ? values.operand(1) : null;
    String text = "condition " + netlist.properties().size();
    netlist
        .properties()
        .add(
            new Property(
                Property.Kind.COVER, clocks.any(), enable, values.operand(1), text, Site.NONE));
  }

  private void instance(Built child) {
    Netlist of = child.netlist();
    Instance instance = new Instance(of, "part" + netlist.instances().size(), Site.NONE);
    if (draw.coin()) {
      instance.rename(instance.name());
    }
    for (Clock clock : of.clocks()) {
      if (clock.base() == null) {
        boolean implicit = clock == of.clock();
        instance.clocks().put(clock, implicit ? clocks.anyClean() : clocks.anyWithReset());
      }
    }
    int edges = 0;
    for (Port port : of.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        Node.Wire wire = new Node.Wire(netlist, port.node().width(), Site.NONE);
        Node driver =
            port.name().equals(Stimulus.RUN)
                ? run
                : port.name().equals(Stimulus.FILL)
                    ? fill
                    : values.operand(wire.width(), EDGES_OF_LEVEL);
        wire.setDriver(driver);
        edges = Math.max(edges, values.edges(driver));
        instance.inputs().put(port, wire);
      }
    }
    netlist.instances().add(instance);
    for (Port port : of.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        Node.InstanceOutput output = new Node.InstanceOutput(netlist, instance, port, Site.NONE);
        instance.outputs().put(port, output);
        if (!draw.oneIn(5)) {
          values.add(output, edges + child.settled().get(port));
        }
      }
    }
  }

  /** Gives registers, wires and memories what they take. */
  private void finish() {
    for (int i = 0; i < 3; i++) {
      conditions.add(values.operand(1));
    }
    for (Node.Register register : registers) {
      if (register.resetValue() != null && draw.oneIn(5)) {
        machine(register);
      } else {
        register.setNext(next(register, draw.oneIn(12) ? 24 : 3));
      }
    }
    memories.forEach(RandomMemory::finish);
    for (Node.Wire wire : undriven) {
      wire.setDriver(independent(wire));
    }
  }

  /** The next value of a register, under conditions within each other. */
  private Node next(Node.Register register, int depth) {
    int width = register.width();
    Node rest = values.operand(width);
    for (int i = 0; i < depth; i++) {
      if (draw.oneIn(4)) {
        continue;
      }
      Node condition = draw.coin() ? draw.of(conditions) : values.operand(1);
      Node other = draw.oneIn(3) ? register : values.operand(width);
      boolean then = draw.oneIn(4);
      rest =
          values.operation(
              Operator.MUX, width, condition, then ? rest : other, then ? other : rest);
    }
    return rest;
  }

  /** Makes a register hold states, each of which goes to others under conditions. */
  private void machine(Node.Register register) {
    int width = register.width();
    int most = width > 2 ? 5 : 1 << width;
    Set<BigInteger> codes = new HashSet<>(Set.of(register.resetValue()));
    List<StateMachine.State> states = new ArrayList<>();
    states.add(new StateMachine.State("S0", register.resetValue()));
    for (int i = 1; i < most; i++) {
      BigInteger code = draw.bits(width);
      if (codes.add(code)) {
        states.add(new StateMachine.State("S" + i, code));
      }
    }
    Node next = draw.coin() ? register : state(width, draw.of(states));
    for (StateMachine.State state : states) {
      Node target = state(width, draw.of(states));
      if (draw.coin()) {
        Node otherwise = draw.coin() ? register : state(width, draw.of(states));
        target = values.operation(Operator.MUX, width, values.operand(1), target, otherwise);
      }
      Node here = values.operation(Operator.EQUAL, 1, register, state(width, state));
      next = values.operation(Operator.MUX, width, here, target, next);
    }
    register.setNext(next);
    netlist.stateMachines().add(new StateMachine(register, states));
  }

  private Node state(int width, StateMachine.State state) {
    return new Node.Constant(netlist, width, state.code(), state.name(), Site.NONE);
  }

  /** A value for a wire that does not depend on it within a cycle. */
  private Node independent(Node.Wire wire) {
    for (int tries = 0; tries < 4; tries++) {
      Node driver = values.operand(wire.width());
      if (!dependsOn(driver, wire)) {
        return driver;
      }
    }
    return values.constant(wire.width());
  }

  private static boolean dependsOn(Node node, Node other) {
    Set<Node> seen = new HashSet<>();
    List<Node> pending = new ArrayList<>(List.of(node));
    while (!pending.isEmpty()) {
      Node next = pending.remove(pending.size() - 1);
      if (next == other) {
        return true;
      }
      if (seen.add(next)) {
        pending.addAll(next.operands());
        if (next instanceof Node.InstanceOutput output) {
          pending.addAll(output.instance().inputs().values());
        }
      }
    }
    return false;
  }

  private Map<Port, Integer> outputs() {
    Map<Port, Integer> settled = new HashMap<>();
    for (int i = 1 + draw.below(5); i > 0; i--) {
      Node driver = draw.oneIn(3) ? values.operand(draw.width()) : values.any();
      output(driver, settled);
    }
    if (draw.coin()) {
      output(values.digest(), settled);
    }
    return settled;
  }

  private void output(Node driver, Map<Port, Integer> settled) {
    Node.Wire output = new Node.Wire(netlist, driver.width(), Site.NONE);
    output.setDriver(driver);
    Port port =
        new Port("out" + settled.size(), Port.Direction.OUTPUT, output, "", netlist.clock());
    if (!rules.allNamed()) {
      output.rename(port.name(), NameLevel.RESERVED);
    }
    netlist.ports().add(port);
    settled.put(port, values.edges(driver));
  }
}
