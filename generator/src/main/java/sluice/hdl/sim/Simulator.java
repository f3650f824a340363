package sluice.hdl.sim;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sluice.hdl.ClockDomain;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.Probe;
import sluice.hdl.Stream;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Node;

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
public final class Simulator extends SignalAccess implements AutoCloseable {
  private static final int RESET_CYCLES = 4;
  private static final long WATCHDOG = 100_000;

  private final Timeline timeline;
  private Forks forks;

  private Simulator(Circuit circuit, Design design) {
    super(circuit);
    timeline = new Timeline(this, circuit, design);
  }

  /**
   * A simulator of a circuit, with all inputs 0.
   *
   * @throws sluice.hdl.check.ElaborationException if the circuit cannot be hardware, or has a black
   *     box without a model
   */
  public static Simulator of(Module top) {
    return of(top, SimulatorOptions.standard());
  }

  /** A simulator with a seed of its own for the bits that the hardware leaves undefined. */
  public static Simulator of(Module top, long seed) {
    return of(top, SimulatorOptions.standard().withSeed(seed));
  }

  /** A simulator with options of its own. */
  public static Simulator of(Module top, SimulatorOptions options) {
    return of(Elaborator.forSimulation(top), options);
  }

  /**
   * A simulator of a design, whose signals are poked and peeked by name. Instances that share a
   * module have states of their own: what was built for each of them is simulated.
   */
  public static Simulator of(Design design, SimulatorOptions options) {
    return of(design, options, Tuning.standard());
  }

  /** A simulator of a design, with a seed of its own. */
  public static Simulator of(Design design, long seed) {
    return of(design, SimulatorOptions.standard().withSeed(seed));
  }

  /** A simulator of a design whose compiled code is tuned otherwise. */
  static Simulator of(Design design, SimulatorOptions options, Tuning tuning) {
    Hierarchy hierarchy = new Hierarchy(design);
    SimulationEngine engine =
        JvmEngine.NAMES.contains(options.engine())
            ? new JvmEngine(design, hierarchy, options, tuning)
            : EngineProvider.start(design, options);
    return new Simulator(new Circuit(design, hierarchy, engine), design);
  }

  /**
   * One cycle of the default clock, that of the top module's implicit domain: activities drive,
   * logic settles, activities sample, properties are looked at, the clock rises. Where clocks run
   * by themselves, they all run until it has risen.
   *
   * @throws AssertionError if an assertion or an assumption of the circuit does not hold
   */
  public void step() {
    timeline.step(timeline.defaultClock());
  }

  /** Several cycles. */
  public void step(int cycles) {
    for (int i = 0; i < cycles; i++) {
      step();
    }
  }

  /** One cycle of the clock of a domain, as {@link #step()}. */
  public void step(ClockDomain domain) {
    timeline.step(timeline.line(domain));
  }

  /** Several cycles of the clock of a domain. */
  public void step(ClockDomain domain, int cycles) {
    for (int i = 0; i < cycles; i++) {
      step(domain);
    }
  }

  /**
   * Lets clocks rise together, once: of a design whose clocks are known by name.
   *
   * @param ports the clocks' ports, like {@code write_clock}
   * @throws IllegalArgumentException if there is no such clock
   */
  public void rise(Collection<String> ports) {
    timeline.rise(ports.stream().map(timeline::line).toList());
  }

  /**
   * Lets the clock of a domain run by itself.
   *
   * @param period picoseconds from edge to edge
   * @param phase picoseconds from now to the first edge
   */
  public Simulator clock(ClockDomain domain, long period, long phase) {
    timeline.clocks().run(timeline.line(domain), period, phase);
    return this;
  }

  /** Lets clocks run for some picoseconds; edges at the end belong to the next run. */
  public void run(long picoseconds) {
    timeline.run(picoseconds);
  }

  /** Picoseconds that clocks have run. */
  public long time() {
    return timeline.clocks().time();
  }

  /**
   * Whether first stages of synchronizers show metastability, which they do from the beginning: a
   * bit whose input has changed since the last edge of its clock takes the old or the new value, at
   * random from the simulator's seed, and the new one an edge later.
   */
  public Simulator metastability(boolean shown) {
    circuit().engine().metastability(shown);
    return this;
  }

  /** The covered conditions of the circuit and how often they held, in order of declaration. */
  public List<Cover> covers() {
    return circuit().engine().covers();
  }

  /** Holds the resets of all domains active until each clock has risen a few times. */
  public void reset() {
    reset(RESET_CYCLES);
  }

  /** Holds the resets of all domains active until each clock has risen so often; at any time. */
  public void reset(int cycles) {
    timeline.reset(cycles);
  }

  /** Holds the reset of a domain active for a few of its cycles. */
  public void reset(ClockDomain domain) {
    setReset(domain, true);
    step(domain, RESET_CYCLES);
    setReset(domain, false);
  }

  /** Makes the resets of all domains active ({@code aresetn} low), or lets them go. */
  public void setReset(boolean active) {
    timeline.setReset(active);
  }

  /** Makes the reset of a domain active, or lets it go. */
  public void setReset(ClockDomain domain, boolean active) {
    timeline.setReset(timeline.line(domain), active);
  }

  /**
   * Makes the reset of a clock active, or lets it go.
   *
   * @param port the clock's port, like {@code write_clock}
   * @throws IllegalArgumentException if there is no such clock
   */
  public void setReset(String port, boolean active) {
    timeline.setReset(timeline.line(port), active);
  }

  /** Whether the default domain is in reset; for an activity, whether its own domain is. */
  public boolean inReset() {
    return timeline.current().inReset;
  }

  /** Whether a domain is in reset. */
  public boolean inReset(ClockDomain domain) {
    return timeline.line(domain).inReset;
  }

  /** Edges of the default clock so far; for an activity, of its own clock. */
  public long cycle() {
    return timeline.current().cycle;
  }

  /** Edges of the clock of a domain so far. */
  public long cycle(ClockDomain domain) {
    return timeline.line(domain).cycle;
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
        throw new AssertionError("not done after " + watchdog + " cycles" + timeline.progress());
      }
      timeline.next();
      steps++;
    }
    return steps;
  }

  /**
   * Runs test code beside the code that follows, at once until it waits for the first time. Its
   * cycles are those of the default clock.
   *
   * @param name for messages
   */
  public Fork fork(String name, Fork.Body body) {
    if (forks == null) {
      forks = attach(new Forks(this));
      circuit().tell(forks);
    }
    return forks.start(name, body);
  }

  /** Runs test code beside the code that follows, under the number of the fork. */
  public Fork fork(Fork.Body body) {
    return fork(null, body);
  }

  /** The fork that runs now; null if it is the test itself. */
  Fork runningFork() {
    return forks == null ? null : forks.running();
  }

  /** Steps until all forks are done, at most {@value #WATCHDOG} cycles. */
  public long join() {
    return join(WATCHDOG);
  }

  /**
   * Steps until all forks are done, and not further: no cycle at all if they are.
   *
   * @param watchdog most cycles
   * @return cycles it took
   * @throws AssertionError if one fails, or is not done after as many cycles; the message says what
   *     each waits for
   */
  public long join(long watchdog) {
    if (forks == null) {
      return 0;
    }
    long steps = 0;
    while (!forks.areDone()) {
      if (steps >= watchdog) {
        AssertionError stuck =
            new AssertionError(
                "forks are not done after " + watchdog + " cycles" + timeline.progress());
        forks.close();
        throw stuck;
      }
      timeline.next();
      steps++;
    }
    forks.allJoined();
    return steps;
  }

  /** Lets something take part in every cycle of the default clock from now on. */
  public <A extends Activity> A attach(A activity) {
    return attach(activity, timeline.defaultClock());
  }

  /** Lets something take part in every cycle of the clock of a domain from now on. */
  public <A extends Activity> A attach(A activity, ClockDomain domain) {
    return attach(activity, timeline.line(domain));
  }

  private <A extends Activity> A attach(A activity, Clocks.Line line) {
    timeline.clocks().attach(activity, line);
    return activity;
  }

  /** Drives a stream that is an input of the circuit. */
  public StreamDriver drive(Stream<?> input) {
    return attach(new StreamDriver(input, validName(input)), timeline.line(input));
  }

  /** Drives a stream with packed values. */
  public StreamDriver drive(Stream<?> input, List<BigInteger> values) {
    return drive(input).sendAll(values);
  }

  /** Takes what comes from a stream that is an output of the circuit, and checks its contract. */
  public StreamSink sink(Stream<?> output) {
    StreamMonitor monitor = monitor(output);
    return attach(new StreamSink(output, validName(output), monitor), timeline.line(output));
  }

  /** Checks the contract of any stream of the circuit in every cycle. */
  public StreamMonitor monitor(Stream<?> stream) {
    StreamHistory history = new StreamHistory(stream, signal -> circuit().name(Probe.node(signal)));
    return attach(new StreamMonitor(stream, validName(stream), history), timeline.line(stream));
  }

  private String validName(Stream<?> stream) {
    return circuit().name(Probe.node(stream.valid()));
  }

  /**
   * Writes waveforms as a value change dump from now on.
   *
   * @param file replaced if it is there
   * @param patterns of names of signals, all without any: {@code *} stands for any characters
   *     within a part of a name, {@code **} for any number of parts; {@code "*"} are the signals of
   *     the top, {@code "**.state"} those of that name anywhere
   * @throws IllegalArgumentException if a pattern matches nothing
   */
  public void trace(Path file, String... patterns) {
    Map<String, Node> signals = new LinkedHashMap<>();
    for (String name : SignalNames.matching(signalNames(), patterns)) {
      signals.put(name, circuit().named(name));
    }
    timeline.add(new VcdTrace(file, circuit().hierarchy(), timeline.clocks().all(), signals));
  }

  /** Records signals from now on, which are still to be named, for waveforms as text. */
  public Waveform waveform() {
    return attach(new Waveform(circuit()));
  }

  /** Records signals in every cycle of the clock of a domain. */
  public Waveform waveform(ClockDomain domain) {
    return attach(new Waveform(circuit()), domain);
  }

  /** Ends what was attached, and what runs outside of the JVM. The simulator is of no use then. */
  @Override
  public void close() {
    timeline.close();
  }
}
