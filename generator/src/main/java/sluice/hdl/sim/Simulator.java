package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import sluice.hdl.Bits;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Data;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.Probe;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/**
 * Simulates a circuit cycle by cycle.
 *
 * <p>Inputs are poked, signals are peeked, {@link #step()} lets the clock rise once. Logic settles
 * by itself before anything is looked at. Any signal of the circuit can be peeked: ports, ports of
 * children, registers, by the Java object or by name. Clocks and resets are the simulator's.
 *
 * <p>A circuit with several clock domains has several clocks. Each is stepped by itself with {@link
 * #step(ClockDomain)}; or {@link #clock} lets them run with periods and phases, and {@link #run}
 * lets time pass. Where clocks rise together, everything is sampled before anything changes.
 * Streams are driven, taken and checked at the edges of the clock that their ports belong to. The
 * first stages of synchronizers show metastability, see {@link #metastability}.
 */
public final class Simulator {
  private static final int RESET_CYCLES = 4;
  private static final int MOST_RESET_ROUNDS = 1000;
  private static final long DEFAULT_SEED = 0x51_0ce;

  private final Hierarchy hierarchy;
  private final Program program;
  private final Interpreter interpreter;
  private final BlackBoxes boxes;
  private final PropertyChecks properties;
  private final Clocks clocks = new Clocks();
  private final Clocks.Line defaultClock;
  private final ResetSources resets;
  private final AsynchronousResets asynchronousResets;
  private final SimulatedMemory[] memories;
  private final long[] values;
  private final Set<Node> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean settled;

  /** The clock of the activity that is at work, else the default clock. */
  private Clocks.Line current;

  private Simulator(Design design, long seed) {
    hierarchy = new Hierarchy(design);
    program = Compiler.compile(hierarchy);
    Random random = new Random(seed);
    memories = new SimulatedMemory[program.memories().size()];
    for (MemoryBlock block : hierarchy.memories()) {
      memories[program.memories().get(block)] =
          new SimulatedMemory(block, random, () -> settled = false);
    }
    values = new long[program.words()];
    interpreter = new Interpreter(program, memories);
    resets = new ResetSources(hierarchy, program);
    asynchronousResets = new AsynchronousResets(program, resets);
    for (Clock clock : design.top().clocks()) {
      if (clock.base() == null) {
        Metastability metastability =
            new Metastability(hierarchy, clock, seed + clocks.all().size() + 1);
        ClockEdge edge =
            new ClockEdge(
                program, memories, c -> hierarchy.root(c) == clock, resets, metastability, random);
        clocks.add(new Clocks.Line(clock, edge, metastability));
      }
    }
    defaultClock = clocks.of(design.top().clock());
    current = defaultClock;
    properties = new PropertyChecks(hierarchy, program, resets);
    boxes = new BlackBoxes(hierarchy, values, program.offsets(), resets);
    for (Node node : hierarchy.nodes()) {
      if (node instanceof Node.Register
          || Hierarchy.isBoxOutput(node)
          || (node instanceof Node.MemoryRead read && read.memory().synchronous())) {
        BigInteger bits = new BigInteger(node.width(), random);
        Words.put(values, program.offsets().get(node), node.width(), bits);
      }
    }
    for (Program.Constant constant : program.constants()) {
      Node.Constant node = constant.node();
      Words.put(values, constant.offset(), node.width(), node.value());
    }
    for (Port port : design.top().ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        inputs.add(port.node());
      }
    }
  }

  /**
   * A simulator of a circuit, with all inputs 0.
   *
   * @throws sluice.hdl.check.ElaborationException if the circuit cannot be hardware, or has a black
   *     box without a model
   */
  public static Simulator of(Module top) {
    return of(top, DEFAULT_SEED);
  }

  /** A simulator with a seed of its own for the bits that the hardware leaves undefined. */
  public static Simulator of(Module top, long seed) {
    return of(Elaborator.forSimulation(top), seed);
  }

  /**
   * A simulator of a design, whose signals are poked and peeked by name. Instances that share a
   * module have states of their own: what was built for each of them is simulated.
   *
   * @param seed for the bits that the hardware leaves undefined
   */
  public static Simulator of(Design design, long seed) {
    return new Simulator(design, seed);
  }

  /** Sets an input; a negative number for an {@link SInt}, or 64 bits of any sign. */
  public void poke(Bits input, long value) {
    if (input.width() == 64) {
      pokeBits(Probe.node(input), BigInteger.valueOf(value).mod(BigInteger.ONE.shiftLeft(64)));
    } else {
      poke(input, BigInteger.valueOf(value));
    }
  }

  /** Sets an input. */
  public void poke(Bool input, boolean value) {
    pokeBits(Probe.node(input), value ? BigInteger.ONE : BigInteger.ZERO);
  }

  /** Sets an input; the number may be negative for an {@link SInt}. */
  public void poke(Bits input, BigInteger value) {
    int width = input.width();
    boolean signed = input instanceof SInt;
    boolean fits =
        signed ? value.bitLength() < width : value.signum() >= 0 && value.bitLength() <= width;
    if (!fits) {
      throw new IllegalArgumentException(value + " does not fit into " + width + " bits");
    }
    pokeBits(Probe.node(input), value.mod(BigInteger.ONE.shiftLeft(width)));
  }

  /** Sets the bits of an input by its name in the Verilog. */
  public void poke(String input, BigInteger bits) {
    Node node = named(input);
    if (bits.signum() < 0 || bits.bitLength() > node.width()) {
      throw new IllegalArgumentException(bits + " does not fit into " + node.width() + " bits");
    }
    pokeBits(node, bits);
  }

  /** Sets the signals of an input to packed data, as by {@link Module#pack}. */
  public void pokePacked(Data input, BigInteger packed) {
    Packing packing = Packing.of(input);
    List<Probe.Leaf> leaves = Probe.leaves(input);
    for (int i = 0; i < leaves.size(); i++) {
      pokeBits(Probe.node(leaves.get(i).signal()), packing.leaf(packed, i));
    }
  }

  private void pokeBits(Node node, BigInteger bits) {
    if (!inputs.contains(node)) {
      throw new IllegalArgumentException(name(node) + " is no input of the top module");
    }
    Words.put(values, program.offsets().get(node), node.width(), bits);
    settled = false;
  }

  /** The bits of a signal of at most 64 bits, as an unsigned number. */
  public long peek(Bits signal) {
    return word(Probe.node(signal));
  }

  /** The bits of a signal of at most 64 bits, as a two's complement number. */
  public long peekSigned(Bits signal) {
    int unused = 64 - signal.width();
    return peek(signal) << unused >> unused;
  }

  /** Whether a bit is 1. */
  public boolean isHigh(Bool signal) {
    return peek(signal) != 0;
  }

  /** The bits of a signal, as an unsigned number. */
  public BigInteger peekBig(Bits signal) {
    return bits(Probe.node(signal));
  }

  /** The bits of a signal, as a two's complement number. */
  public BigInteger peekBigSigned(Bits signal) {
    BigInteger bits = peekBig(signal);
    int width = signal.width();
    return bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits;
  }

  /** All signals of structured data side by side, as by {@link Module#pack}. */
  public BigInteger peekPacked(Data data) {
    BigInteger packed = BigInteger.ZERO;
    for (Probe.Leaf leaf : Probe.leaves(data)) {
      packed = packed.shiftLeft(leaf.signal().width()).or(peekBig(leaf.signal()));
    }
    return packed;
  }

  /**
   * A signal of at most 64 bits by name.
   *
   * @param name like {@code child/grandchild.signal}; signals of the top module have no path
   */
  public long peek(String name) {
    return word(named(name));
  }

  /** A signal by name. */
  public BigInteger peekBig(String name) {
    return bits(named(name));
  }

  /** The names that can be peeked. */
  public Set<String> signalNames() {
    return Collections.unmodifiableSet(hierarchy.signalNames().keySet());
  }

  private Node named(String name) {
    Node node = hierarchy.signalNames().get(name);
    if (node == null) {
      throw new IllegalArgumentException("no signal " + name + similar(name, signalNames()));
    }
    return node;
  }

  private static String similar(String name, Set<String> names) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
    String found = names.stream().filter(n -> n.contains(last)).collect(Collectors.joining(", "));
    return found.isEmpty() ? "" : "; there is " + found;
  }

  private String name(Node node) {
    return hierarchy.signalNames().entrySet().stream()
        .filter(entry -> entry.getValue() == node)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("a value of " + node.site());
  }

  private int settledOffset(Node node) {
    Integer offset = program.offsets().get(node);
    if (offset == null) {
      throw new IllegalArgumentException("a signal of " + node.site() + " is not in this circuit");
    }
    settle();
    return offset;
  }

  private long word(Node node) {
    if (node.width() > 64) {
      throw new IllegalArgumentException(node.width() + " bits: use peekBig");
    }
    return values[settledOffset(node)];
  }

  private BigInteger bits(Node node) {
    return Words.get(values, settledOffset(node), node.width());
  }

  /** The contents of a memory by name, like {@code child/grandchild.memory}. */
  public SimulatedMemory memory(String name) {
    MemoryBlock block = hierarchy.memoryNames().get(name);
    if (block == null) {
      Set<String> names = hierarchy.memoryNames().keySet();
      throw new IllegalArgumentException("no memory " + name + "; there is " + names);
    }
    return memories[program.memories().get(block)];
  }

  /** The names of the memories. */
  public Set<String> memoryNames() {
    return Collections.unmodifiableSet(hierarchy.memoryNames().keySet());
  }

  private void settle() {
    if (!settled) {
      interpreter.run(values);
      boxes.settle(() -> interpreter.run(values));
      int rounds = 0;
      while (asynchronousResets.apply(values)) {
        if (++rounds > MOST_RESET_ROUNDS) {
          throw new IllegalStateException("asynchronous resets that reset each other");
        }
        interpreter.run(values);
        boxes.settle(() -> interpreter.run(values));
      }
      settled = true;
    }
  }

  /** The covered conditions of the circuit and how often they held, in order of declaration. */
  public List<Cover> covers() {
    return properties.covers();
  }

  /**
   * One cycle of the default clock, that of the top module's implicit domain: activities drive,
   * logic settles, activities sample, properties are looked at, the clock rises. Where clocks run
   * by themselves, they all run until it has risen.
   *
   * @throws AssertionError if an assertion or an assumption of the circuit does not hold
   */
  public void step() {
    step(defaultClock);
  }

  /** Several cycles. */
  public void step(int cycles) {
    for (int i = 0; i < cycles; i++) {
      step();
    }
  }

  /** One cycle of the clock of a domain, as {@link #step()}. */
  public void step(ClockDomain domain) {
    step(line(domain));
  }

  /** Several cycles of the clock of a domain. */
  public void step(ClockDomain domain, int cycles) {
    for (int i = 0; i < cycles; i++) {
      step(domain);
    }
  }

  private void step(Clocks.Line line) {
    if (!clocks.areRunning()) {
      rise(List.of(line));
      return;
    }
    if (!line.runs()) {
      throw new IllegalStateException(
          line.clock.port() + " does not run while others do: give it a period, too");
    }
    long cycle = line.cycle;
    while (line.cycle == cycle) {
      rise(clocks.advance());
    }
  }

  /**
   * Lets clocks rise together, once: of a design whose clocks are known by name.
   *
   * @param ports the clocks' ports, like {@code write_clock}
   */
  public void rise(Collection<String> ports) {
    rise(ports.stream().map(this::line).toList());
  }

  /** What happens at one instant: the cycle of some clocks ends, and they rise together. */
  private void rise(List<Clocks.Line> rising) {
    for (Activity activity : clocks.activities()) {
      current = clocks.lineOf(activity);
      if (rising.contains(current)) {
        activity.drive(this);
      }
    }
    settle();
    for (Activity activity : clocks.activities()) {
      current = clocks.lineOf(activity);
      if (rising.contains(current)) {
        activity.sample(this);
      }
    }
    current = defaultClock;
    settle();
    for (Clocks.Line line : rising) {
      properties.look(values, line.clock, line.cycle);
      boxes.clockEdge(line.clock);
    }
    rising.forEach(line -> line.edge.sample(values));
    rising.forEach(line -> line.edge.write(values));
    rising.forEach(line -> line.edge.update(values));
    rising.forEach(line -> line.cycle++);
    settled = false;
  }

  /**
   * Lets the clock of a domain run by itself.
   *
   * @param period picoseconds from edge to edge
   * @param phase picoseconds from now to the first edge
   */
  public Simulator clock(ClockDomain domain, long period, long phase) {
    clocks.run(line(domain), period, phase);
    return this;
  }

  /** Lets clocks run for some picoseconds; edges at the end belong to the next run. */
  public void run(long picoseconds) {
    long end = clocks.time() + picoseconds;
    while (clocks.nextInstant() < end) {
      rise(clocks.advance());
    }
    clocks.waitUntil(end);
  }

  /** Picoseconds that clocks have run. */
  public long time() {
    return clocks.time();
  }

  /**
   * Whether first stages of synchronizers show metastability, which they do from the beginning: a
   * bit whose input has changed since the last edge of its clock takes the old or the new value, at
   * random from the simulator's seed, and the new one an edge later.
   */
  public Simulator metastability(boolean shown) {
    clocks.all().forEach(line -> line.metastability.enable(shown));
    return this;
  }

  /** Holds the resets of all domains active until each clock has risen a few times. */
  public void reset() {
    setReset(true);
    if (clocks.areRunning()) {
      List<Clocks.Line> running = clocks.all().stream().filter(Clocks.Line::runs).toList();
      long[] ends = running.stream().mapToLong(line -> line.cycle + RESET_CYCLES).toArray();
      for (int i = 0; i < ends.length; i++) {
        while (running.get(i).cycle < ends[i]) {
          rise(clocks.advance());
        }
      }
    } else {
      for (int i = 0; i < RESET_CYCLES; i++) {
        rise(clocks.all());
      }
    }
    setReset(false);
  }

  /** Holds the reset of a domain active for a few of its cycles. */
  public void reset(ClockDomain domain) {
    setReset(domain, true);
    step(domain, RESET_CYCLES);
    setReset(domain, false);
  }

  /** Makes the resets of all domains active ({@code aresetn} low), or lets them go. */
  public void setReset(boolean active) {
    clocks.all().forEach(line -> setReset(line, active));
  }

  /** Makes the reset of a domain active, or lets it go. */
  public void setReset(ClockDomain domain, boolean active) {
    setReset(line(domain), active);
  }

  /**
   * Makes the reset of a clock active, or lets it go.
   *
   * @param port the clock's port, like {@code write_clock}
   */
  public void setReset(String port, boolean active) {
    setReset(line(port), active);
  }

  private void setReset(Clocks.Line line, boolean active) {
    line.inReset = active;
    resets.set(line.clock, active);
    if (!asynchronousResets.isEmpty() || !boxes.isEmpty()) {
      settled = false;
      settle();
    }
  }

  /** Whether the default domain is in reset; for an activity, whether its own domain is. */
  public boolean inReset() {
    return current.inReset;
  }

  /** Whether a domain is in reset. */
  public boolean inReset(ClockDomain domain) {
    return line(domain).inReset;
  }

  /** Edges of the default clock so far; for an activity, of its own clock. */
  public long cycle() {
    return current.cycle;
  }

  /** Edges of the clock of a domain so far. */
  public long cycle(ClockDomain domain) {
    return line(domain).cycle;
  }

  private Clocks.Line line(ClockDomain domain) {
    Clocks.Line line = clocks.of(hierarchy.root(domain.clock()));
    if (line == null) {
      throw new IllegalArgumentException(
          "the domain of " + domain.clock().port() + " is not in this circuit");
    }
    return line;
  }

  private Clocks.Line line(String port) {
    return clocks.all().stream()
        .filter(line -> line.clock.port().equals(port))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> ports = clocks.all().stream().map(line -> line.clock.port()).toList();
              return new IllegalArgumentException("no clock " + port + "; there is " + ports);
            });
  }

  /** The clock that a stream's hand-shake belongs to. */
  private Clocks.Line line(Stream<?> stream) {
    Node node = Probe.node(stream.valid());
    Clock clock =
        node instanceof Node.Register register ? register.clock() : hierarchy.portClock(node);
    return clock == null ? defaultClock : clocks.of(hierarchy.root(clock));
  }

  /**
   * Steps until a condition holds: cycle by cycle of the default clock, or where clocks run by
   * themselves, from one instant at which any rises to the next.
   *
   * @param watchdog most cycles, or instants
   * @return cycles, or instants, it took
   * @throws AssertionError if the condition does not hold after as many
   */
  public long runUntil(BooleanSupplier condition, long watchdog) {
    long steps = 0;
    while (!condition.getAsBoolean()) {
      if (steps >= watchdog) {
        String progress =
            clocks.activities().stream()
                .map(Activity::progress)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n    "));
        throw new AssertionError("not done after " + watchdog + " cycles\n    " + progress);
      }
      rise(clocks.areRunning() ? clocks.advance() : List.of(defaultClock));
      steps++;
    }
    return steps;
  }

  /** Lets something take part in every cycle of the default clock from now on. */
  public <A extends Activity> A attach(A activity) {
    return attach(activity, defaultClock);
  }

  /** Lets something take part in every cycle of the clock of a domain from now on. */
  public <A extends Activity> A attach(A activity, ClockDomain domain) {
    return attach(activity, line(domain));
  }

  private <A extends Activity> A attach(A activity, Clocks.Line line) {
    clocks.attach(activity, line);
    return activity;
  }

  /** Drives a stream that is an input of the circuit. */
  public StreamDriver drive(Stream<?> input) {
    return attach(new StreamDriver(input, name(Probe.node(input.valid()))), line(input));
  }

  /** Drives a stream with packed values. */
  public StreamDriver drive(Stream<?> input, List<BigInteger> values) {
    return drive(input).sendAll(values);
  }

  /** Takes what comes from a stream that is an output of the circuit, and checks its contract. */
  public StreamSink sink(Stream<?> output) {
    monitor(output);
    return attach(new StreamSink(output, name(Probe.node(output.valid()))), line(output));
  }

  /** Checks the contract of any stream of the circuit in every cycle. */
  public StreamMonitor monitor(Stream<?> stream) {
    return attach(new StreamMonitor(stream, name(Probe.node(stream.valid()))), line(stream));
  }
}
