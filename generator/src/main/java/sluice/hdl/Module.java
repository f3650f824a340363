package sluice.hdl;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;

/**
 * A circuit. A subclass declares its ports as fields and builds its contents in its constructor;
 * parameters are constructor arguments. All registers share one clock ({@code clock}, rising edge)
 * and one synchronous reset ({@code aresetn}, active low); both become ports where they are needed.
 */
public abstract class Module {
  private final Netlist netlist;
  private final Drivers drivers;
  private final List<PortDeclaration> declarations = new ArrayList<>();
  private Module parent;
  private Instance instance;
  private boolean finished;

  /** Data given to {@code input} or {@code output}, waiting for the name of its field. */
  record PortDeclaration(Data data, String name, List<PortLeaf> leaves, Site site) {}

  /** One port of a declaration. */
  record PortLeaf(Source.Boundary boundary, String path, Port.Direction direction) {}

  /** A module named after its class. */
  protected Module() {
    this.netlist =
        new Netlist(Identifier.snakeCase(getClass().getSimpleName()), Trace.here().site());
    this.drivers = new Drivers(netlist);
  }

  /** A module with a name of its own, usually the class's name and the parameters that matter. */
  protected Module(String name) {
    this.netlist = new Netlist(Identifier.snakeCase(name), Trace.here().site());
    this.drivers = new Drivers(netlist);
  }

  /** A module that is written elsewhere, with the name that it has there. */
  Module(String verilogName, Site site) {
    this.netlist = new Netlist(verilogName, site);
    this.drivers = new Drivers(netlist);
  }

  /** Says what the module is, its parameters and latency, for the header of its Verilog. */
  protected final void describe(String text) {
    netlist.setDescription(text);
  }

  /** Declares input ports; flipped parts of the type are outputs. */
  public final <T extends Data> T input(T type) {
    return port(type, null, Port.Direction.INPUT);
  }

  /** Declares input ports with a given name, in Verilog's form. */
  public final <T extends Data> T input(T type, String name) {
    return port(type, name, Port.Direction.INPUT);
  }

  /** Declares output ports; flipped parts of the type are inputs. */
  public final <T extends Data> T output(T type) {
    return port(type, null, Port.Direction.OUTPUT);
  }

  /** Declares output ports with a given name, in Verilog's form. */
  public final <T extends Data> T output(T type, String name) {
    return port(type, name, Port.Direction.OUTPUT);
  }

  private <T extends Data> T port(T type, String name, Port.Direction direction) {
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
    String given = name == null ? trace.variable() : name;
    if (name != null && !(this instanceof BlackBox)) {
      given = Identifier.snakeCase(name);
    }
    declarations.add(new PortDeclaration(data, given, leaves, trace.site()));
    return data;
  }

  /** Declares wires that are driven later. */
  public final <T extends Data> T wire(T type) {
    Trace trace = Trace.here();
    return Leaves.bind(
        type,
        (bits, leaf) -> named(new Node.Wire(netlist, bits.width(), trace.site()), trace, leaf));
  }

  /** Declares registers; give them a value after reset with {@code reset(...)}. */
  public final <T extends Data> T register(T type) {
    Trace trace = Trace.here();
    return Leaves.bind(
        type,
        (bits, leaf) -> named(new Node.Register(netlist, bits.width(), trace.site()), trace, leaf));
  }

  /** A register that takes a value every cycle: the value one cycle later. */
  public final <T extends Data> T delayed(T value) {
    Trace trace = Trace.here();
    T result =
        Leaves.bind(
            value,
            (bits, leaf) ->
                named(new Node.Register(netlist, bits.width(), trace.site()), trace, leaf));
    connect(result, value, trace);
    return result;
  }

  private Source named(Node node, Trace trace, Leaves.Leaf leaf) {
    if (trace.variable() != null) {
      node.rename(trace.variable() + leaf.path());
    }
    return new Source.Local(this, node);
  }

  /** Declares a register that holds a state. */
  public final <E extends Enum<E>> StateRegister<E> stateRegister(Class<E> states, E initial) {
    Trace trace = Trace.here();
    UInt type = UInt.index(states.getEnumConstants().length);
    Node.Register register = new Node.Register(netlist, type.width(), trace.site());
    register.rename(trace.variable() == null ? "state" : trace.variable());
    register.setResetValue(java.math.BigInteger.valueOf(initial.ordinal()));
    return new StateRegister<>(type.bind(new Source.Local(this, register)));
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
              Trace.here().site(),
              null,
              "the depth is a power of two, so that no address leaves its range"));
    }
    return memory(type, depth, false);
  }

  private <T extends Data> Memory<T> memory(T type, int depth, boolean synchronous) {
    Trace trace = Trace.here();
    int width = widthOf(type);
    MemoryBlock block = new MemoryBlock(depth, width, synchronous, trace.site());
    if (trace.variable() != null) {
      block.rename(trace.variable());
    }
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
    netlist.properties().add(new Property(kind, drivers.path(site), node, text, site));
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
    String name = trace.variable() == null ? module.netlist.name() : trace.variable();
    module.parent = this;
    module.instance = new Instance(module.netlist, name, trace.site());
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
    return new WhenChain(condition.module()).elseWhen(condition, body);
  }

  /** One of two values. Narrower signals are extended to the wider. */
  public static <T extends Data> T mux(Bool condition, T then, T otherwise) {
    List<Bits> others = Leaves.of(otherwise);
    return Leaves.bind(
        then,
        (bits, leaf) -> {
          Bits other = others.get(leaf.index());
          Ops ops = new Ops(condition, bits, other);
          if (bits.width() != other.width()) {
            throw ops.error(
                Diagnostic.Kind.WIDTH_MISMATCH,
                "a choice between " + bits.width() + " and " + other.width() + " bits",
                "extend(...) or truncate(...) one of them");
          }
          return ops.result(
              Build.mux(
                  ops.netlist(), ops.node(condition), ops.node(bits), ops.node(other), ops.site()));
        });
  }

  /** Assigns every signal of {@code source} to {@code sink}; flipped ones the other way. */
  public static <T extends Data> void connect(T sink, T source) {
    connect(sink, source, Trace.here());
  }

  private static <T extends Data> void connect(T sink, T source, Trace trace) {
    List<Bits> sources = Leaves.of(source);
    List<Bits> sinks = Leaves.of(sink);
    if (sources.size() != sinks.size()) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.WIDTH_MISMATCH,
              "data of " + sources.size() + " signals is connected to " + sinks.size(),
              trace.site(),
              null,
              "connect data of one type"));
    }
    Leaves.visit(
        sink,
        (bits, leaf) -> {
          Bits to = leaf.flipped() ? sources.get(leaf.index()) : bits;
          Bits from = leaf.flipped() ? bits : sources.get(leaf.index());
          to.assign(from, trace);
        });
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
          return new Source.Local(bits.module(), node);
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

  final Drivers drivers() {
    return drivers;
  }

  /** Ends construction: names what the fields hold, and settles registers and wires. */
  final void finish() {
    if (finished) {
      return;
    }
    finished = true;
    new FieldNames(this).apply(declarations);
    drivers.finish();
    if (this instanceof BlackBox box) {
      box.checkContents();
    }
  }
}
