package sluice.hdl;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StateMachine;

/**
 * A circuit. A subclass declares its ports as fields and builds its contents in its constructor;
 * parameters are constructor arguments. Registers belong to the module's implicit clock domain,
 * with the clock {@code clock} (rising edge) and the reset {@code aresetn} (synchronous and active
 * low, or as {@code ResetStyle} says), or to one that {@link #clockDomain(String)} declares; clocks
 * and resets become ports where they are needed.
 */
public abstract class Module {
  private final Netlist netlist;
  private final Drivers drivers;
  private final Domains domains;
  private final VariableNames names = new VariableNames();
  private final List<PortDeclaration> declarations = new ArrayList<>();
  private final List<Runnable> whenNamed = new ArrayList<>();
  private Module parent;
  private Instance instance;
  private boolean finished;

  /** Data given to {@code input} or {@code output}, waiting for the name of its field. */
  record PortDeclaration(Data data, String name, List<PortLeaf> leaves, Clock clock, Site site) {}

  /** One port of a declaration. */
  record PortLeaf(Source.Boundary boundary, String path, Port.Direction direction) {}

  /** A module named after its class. */
  protected Module() {
    this.netlist =
        new Netlist(Identifier.snakeCase(getClass().getSimpleName()), Trace.here().site());
    this.drivers = new Drivers(netlist);
    this.domains = new Domains(this, netlist);
  }

  /** A module with a name of its own, usually the class's name and the parameters that matter. */
  protected Module(String name) {
    this.netlist = new Netlist(Identifier.snakeCase(name), Trace.here().site());
    this.drivers = new Drivers(netlist);
    this.domains = new Domains(this, netlist);
  }

  /** A module that is written elsewhere, with the name that it has there. */
  Module(String verilogName, Site site) {
    this.netlist = new Netlist(verilogName, site);
    this.drivers = new Drivers(netlist);
    this.domains = new Domains(this, netlist);
  }

  /** Says what the module is, its parameters and latency, for the header of its Verilog. */
  protected final void describe(String text) {
    netlist.setDescription(text);
  }

  /** The implicit clock domain: everything belongs to it for which nothing else is said. */
  public final ClockDomain clockDomain() {
    return domains.implicit();
  }

  /**
   * Declares a further clock domain of this module.
   *
   * @param name {@code write} has the ports {@code write_clock} and {@code write_aresetn}, each
   *     where it is needed
   */
  protected final ClockDomain clockDomain(String name) {
    return domains.declare(name, Trace.here().site());
  }

  /** Hardware of a clock domain: what the body declares belongs to it. */
  public final void inDomain(ClockDomain domain, Runnable body) {
    domains.in(
        domain,
        () -> {
          body.run();
          return null;
        });
  }

  /** Declares input ports; flipped parts of the type are outputs. */
  public final <T extends Data> T input(T type) {
    return port(type, null, Port.Direction.INPUT, domains.clock());
  }

  /** Declares input ports with a given name, in Verilog's form. */
  public final <T extends Data> T input(T type, String name) {
    return port(type, name, Port.Direction.INPUT, domains.clock());
  }

  /** Declares output ports; flipped parts of the type are inputs. */
  public final <T extends Data> T output(T type) {
    return port(type, null, Port.Direction.OUTPUT, domains.clock());
  }

  /** Declares output ports with a given name, in Verilog's form. */
  public final <T extends Data> T output(T type, String name) {
    return port(type, name, Port.Direction.OUTPUT, domains.clock());
  }

  /**
   * Declares input ports that belong to no clock domain: they change at any time. They need a
   * synchronizer; any domain of the parent may drive them.
   */
  public final <T extends Data> T asynchronousInput(T type) {
    return port(type, null, Port.Direction.INPUT, null);
  }

  /**
   * Declares output ports that belong to no clock domain: any may drive them, and their reader
   * needs a synchronizer.
   */
  public final <T extends Data> T asynchronousOutput(T type) {
    return port(type, null, Port.Direction.OUTPUT, null);
  }

  private <T extends Data> T port(T type, String name, Port.Direction direction, Clock clock) {
    Trace trace = Trace.here();
    List<PortLeaf> leaves = new ArrayList<>();
    T data =
        Leaves.bind(
            type,
            (bits, leaf) -> {
              boolean input = (direction == Port.Direction.INPUT) ^ leaf.flipped();
              Node node =
                  input
                      ? new Node.Input(netlist, bits.width(), trace.site())
                      : new Node.Wire(netlist, bits.width(), trace.site());
              Source.Boundary boundary = new Source.Boundary(this, node);
              leaves.add(
                  new PortLeaf(
                      boundary, leaf.path(), input ? Port.Direction.INPUT : Port.Direction.OUTPUT));
              return boundary;
            });
    String given = name != null ? name : names.of(trace, "");
    declarations.add(new PortDeclaration(data, given, leaves, clock, trace.site()));
    return data;
  }

  /** Declares wires that are driven later. */
  public final <T extends Data> T wire(T type) {
    Trace trace = Trace.here();
    return Leaves.bind(
        type,
        (bits, leaf) ->
            named("wire", new Node.Wire(netlist, bits.width(), trace.site()), trace, leaf));
  }

  /** Declares registers; give them a value after reset with {@code reset(...)}. */
  public final <T extends Data> T register(T type) {
    Trace trace = Trace.here();
    return Leaves.bind(
        type,
        (bits, leaf) ->
            named("register", register(bits.width(), Crossing.NONE, trace), trace, leaf));
  }

  private Node.Register register(int width, Crossing crossing, Trace trace) {
    return new Node.Register(netlist, domains.clock(), crossing, width, trace.site());
  }

  /**
   * Declares registers with values after reset.
   *
   * @param reset constants of the structure of the type
   */
  public final <T extends Data> T register(T type, T reset) {
    T result = register(type);
    Structure.reset(result, reset, Trace.here());
    return result;
  }

  /** A register that takes a value every cycle: the value one cycle later. */
  public final <T extends Data> T delayed(T value) {
    Trace trace = value instanceof Bits bits ? Trace.of("delayed", bits) : Trace.here();
    return delayed("delayed", value, Crossing.NONE, trace);
  }

  /**
   * A stage of a synchronizer: a register that takes a value every cycle. The first stage takes a
   * value of another clock domain, or an asynchronous one; the others take the stage before. The
   * value is a register's output, without logic between, which could glitch. Of more than one bit,
   * at most one changes at a time, as in a Gray code; nothing checks that.
   *
   * <p>{@code hdl.lib.crossing} has the synchronizers that are made of this.
   */
  public final <T extends Data> T synchronizerStage(T value) {
    return delayed("synchronizerStage", value, Crossing.SYNCHRONIZER, Trace.here());
  }

  private <T extends Data> T delayed(String method, T value, Crossing crossing, Trace trace) {
    T result =
        Leaves.bind(
            value,
            (bits, leaf) -> named(method, register(bits.width(), crossing, trace), trace, leaf));
    Structure.connect(result, value, trace);
    return result;
  }

  /**
   * Registers that take registers of another clock domain in the cycles in which an enable of their
   * own domain is high, and keep their value otherwise. Whoever makes the enable, from something
   * synchronized, sees to it that the other domain holds its registers still by then.
   */
  public final <T extends Data> T captured(T value, Bool enable) {
    Trace trace = Trace.here();
    T result =
        Leaves.bind(
            value,
            (bits, leaf) ->
                named("captured", register(bits.width(), Crossing.CAPTURE, trace), trace, leaf));
    new WhenChain(this).elseWhen(enable, () -> Structure.connect(result, value, trace));
    return result;
  }

  /**
   * Names a part of what a method gives.
   *
   * @param method its name
   */
  private Source named(String method, Node node, Trace trace, Leaves.Leaf leaf) {
    names.give(node, trace, leaf.path());
    return new Source.Local(this, node, leaf.isWhole() ? trace.next(method) : null);
  }

  /** Declares a register that holds a state, by its position in the enum. */
  public final <E extends Enum<E>> StateRegister<E> stateRegister(Class<E> states, E initial) {
    return stateRegister(states, initial, Encoding.BINARY);
  }

  /**
   * Declares a register that holds a state.
   *
   * @param initial the state after reset
   */
  public final <E extends Enum<E>> StateRegister<E> stateRegister(
      Class<E> states, E initial, Encoding encoding) {
    Trace trace = Trace.here();
    List<E> all = List.of(states.getEnumConstants());
    UInt type = UInt.of(encoding.width(all.size()));
    Node.Register register = register(type.width(), Crossing.NONE, trace);
    register.rename("state", NameLevel.MERGEABLE);
    names.give(register, trace, "");
    register.setResetValue(encoding.code(initial.ordinal()));
    netlist
        .stateMachines()
        .add(
            new StateMachine(
                register,
                all.stream()
                    .map(s -> new StateMachine.State(s.name(), encoding.code(s.ordinal())))
                    .toList()));
    return new StateRegister<>(states, type.bind(new Source.Local(this, register)), encoding);
  }

  /** Declares a synchronous memory: one cycle from address to data. */
  public final <T extends Data> Memory<T> memory(T type, int depth) {
    return memory(type, depth, true);
  }

  /** Declares a register file: read within the cycle; the depth is a power of two. */
  public final <T extends Data> Memory<T> registerFile(T type, int depth) {
    if (Integer.bitCount(depth) != 1) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.MEMORY,
              "a register file of " + depth + " words",
              Trace.fault(),
              null,
              "the depth is a power of two, so that no address leaves its range"));
    }
    return memory(type, depth, false);
  }

  private <T extends Data> Memory<T> memory(T type, int depth, boolean synchronous) {
    Parameter.of("memory", "depth", depth).atLeast(1);
    Trace trace = Trace.here();
    int width = widthOf(type);
    MemoryBlock block = new MemoryBlock(depth, width, synchronous, trace.site());
    names.give(block, trace);
    netlist.memories().add(block);
    return new Memory<>(this, type, block);
  }

  /**
   * Asserts that a condition holds in every cycle outside of reset, under the conditions of the
   * surrounding {@code when}s.
   *
   * @param text what it says in words, for messages
   */
  public final void always(Bool condition, String text) {
    property(Property.Kind.ASSERT, condition, text);
  }

  /**
   * Assumes that what is around the module makes a condition hold, as {@link #always} asserts it:
   * proofs take it for granted, simulations check it.
   */
  public final void assume(Bool condition, String text) {
    property(Property.Kind.ASSUME, condition, text);
  }

  /**
   * Says that a condition is worth to be seen: proofs look for a way there, simulations count the
   * cycles. The surrounding {@code when}s and the reset count as for {@link #always}.
   */
  public final void cover(Bool condition, String text) {
    property(Property.Kind.COVER, condition, text);
  }

  private void property(Property.Kind kind, Bool condition, String text) {
    Site site = Trace.here().site();
    Node node = condition.nodeIn(this, site);
    netlist
        .properties()
        .add(new Property(kind, domains.clock(), drivers.path(site), node, text, site));
  }

  /** Takes a module built by {@code new} as a child; its ports can be used from then on. */
  public final <M extends Module> M instance(M child) {
    Trace trace = Trace.here();
    Module module = child;
    if (module.parent != null) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.WRONG_MODULE,
              module.describe() + " is already a child of " + module.parent.describe(),
              trace.site(),
              null,
              "build one object for each instance"));
    }
    module.finish();
    module.drivers.mistakes().forEach(drivers::note);
    module.parent = this;
    module.instance = new Instance(module.netlist, module.netlist.name(), trace.site());
    if (trace.isNamed()) {
      module.instance.rename(names.of(trace, ""));
    }
    module.instance.clocks().put(module.netlist.clock(), domains.clock());
    for (Port port : module.netlist.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        Node.Wire wire = new Node.Wire(netlist, port.node().width(), trace.site());
        module.instance.inputs().put(port, wire);
      } else {
        module
            .instance
            .outputs()
            .put(port, new Node.InstanceOutput(netlist, module.instance, port, trace.site()));
      }
    }
    netlist.instances().add(module.instance);
    return child;
  }

  /** Hardware under a condition: assignments in the body hold where the condition is true. */
  public static WhenChain when(Bool condition, Runnable body) {
    Site site = Trace.of("when", condition).site();
    return new WhenChain(condition.module()).elseWhen(condition, body, site);
  }

  /** One of two values of one structure and one width. */
  public static <T extends Data> T mux(Bool condition, T then, T otherwise) {
    Structure.requireAlike(then, otherwise, "the first value", "the second");
    List<Bits> others = Leaves.of(otherwise);
    return Leaves.bind(
        then,
        (bits, leaf) -> {
          Bits other = others.get(leaf.index());
          Ops ops =
              leaf.isWhole()
                  ? new Ops("mux", condition, bits, other)
                  : new Ops(condition, bits, other);
          return ops.result(
              Build.mux(
                  ops.netlist(), ops.node(condition), ops.node(bits), ops.node(other), ops.site()),
              leaf.path());
        });
  }

  /**
   * Assigns every signal of {@code source} to {@code sink}; flipped ones the other way. The two
   * have one structure: the same components in their bundles (whatever the records are called),
   * flipped alike, vectors of one size, and signals of one kind. As in any assignment, a narrower
   * signal is extended and a wider one refused. Every difference is reported.
   */
  public static <T extends Data> void connect(T sink, T source) {
    Trace trace = source instanceof Bits bits ? Trace.of("connect", bits) : Trace.here();
    Structure.connect(sink, source, trace);
  }

  /** Bits of all signals of a type or of data. */
  public static int widthOf(Data data) {
    return Leaves.of(data).stream().mapToInt(Bits::width).sum();
  }

  /**
   * All signals of the data side by side, the first the most significant; of a type, the type of
   * that.
   */
  public static UInt pack(Data data) {
    List<Bits> leaves = Leaves.of(data);
    int width = widthOf(data);
    if (leaves.size() == 1) {
      return new UInt(width, leaves.get(0).source());
    }
    if (leaves.stream().allMatch(Bits::isType)) {
      return UInt.of(width);
    }
    Ops ops = new Ops(leaves.toArray(Bits[]::new));
    List<Node> nodes = new ArrayList<>();
    for (Bits leaf : leaves) {
      nodes.add(ops.node(leaf));
    }
    return new UInt(width, ops.result(Build.concat(ops.netlist(), nodes, ops.site())));
  }

  /** The inverse of {@link #pack}. */
  public static <T extends Data> T unpack(T type, UInt bits) {
    int[] high = {bits.width()};
    return Leaves.bind(
        type,
        (leafType, leaf) -> {
          high[0] -= leafType.width();
          if (leafType.width() == bits.width()) {
            return bits.source();
          }
          Ops ops = new Ops(bits);
          ops.range(high[0], leafType.width(), bits.width());
          Node node = ops.slice(ops.node(bits), high[0], leafType.width());
          return ops.part(node, leaf.path());
        });
  }

  /** How the module is called in messages. */
  final String describe() {
    return "module " + netlist.name() + " (" + getClass().getSimpleName() + ")";
  }

  final Netlist netlist() {
    return netlist;
  }

  final Module parent() {
    return parent;
  }

  final Instance instance() {
    return instance;
  }

  final VariableNames names() {
    return names;
  }

  final Domains domains() {
    return domains;
  }

  final Drivers drivers() {
    return drivers;
  }

  /**
   * Does something at the end of construction, when ports and what fields hold have their names.
   */
  final void atEnd(Runnable action) {
    whenNamed.add(action);
  }

  /** Ends construction: names what the fields hold, and settles registers and wires. */
  final void finish() {
    if (finished) {
      return;
    }
    finished = true;
    new FieldNames(this).apply(declarations);
    whenNamed.forEach(Runnable::run);
    domains.finish();
    drivers.finish();
    if (this instanceof BlackBox box) {
      box.checkContents();
    }
  }
}
