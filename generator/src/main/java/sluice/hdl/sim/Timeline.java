package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import sluice.hdl.ClockDomain;
import sluice.hdl.Probe;
import sluice.hdl.Stream;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Node;

/** Lets time pass in a circuit: its clocks rise, and activities take part. */
final class Timeline {
  private final Simulator simulator;
  private final Circuit circuit;
  private final Clocks clocks = new Clocks();
  private final Clocks.Line defaultClock;
  private final List<VcdTrace> traces = new ArrayList<>();

  /** The clock of the activity that is at work, else the default clock. */
  private Clocks.Line current;

  /**
   * @param simulator for the activities
   */
  Timeline(Simulator simulator, Circuit circuit, Design design) {
    this.simulator = simulator;
    this.circuit = circuit;
    Sink.lines(design).forEach(clocks::add);
    defaultClock = clocks.of(design.top().clock());
    current = defaultClock;
  }

  Clocks clocks() {
    return clocks;
  }

  /** The clock of the top module's implicit domain. */
  Clocks.Line defaultClock() {
    return defaultClock;
  }

  /** The clock of the activity that is at work, else the default clock. */
  Clocks.Line current() {
    return current;
  }

  /** The clock of a domain. */
  Clocks.Line line(ClockDomain domain) {
    Clocks.Line line = clocks.of(circuit.hierarchy().root(domain.clock()));
    if (line == null) {
      throw new IllegalArgumentException(
          "the domain of " + domain.clock().port() + " is not in this circuit");
    }
    return line;
  }

  /** The clock of a port. */
  Clocks.Line line(String port) {
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
  Clocks.Line line(Stream<?> stream) {
    Node node = Probe.node(stream.valid());
    Clock clock =
        node instanceof Node.Register register
            ? register.clock()
            : circuit.hierarchy().portClock(node);
    return clock == null ? defaultClock : clocks.of(circuit.hierarchy().root(clock));
  }

  void add(VcdTrace trace) {
    traces.add(trace);
  }

  /** One cycle of a clock; where clocks run by themselves, they all run until it has risen. */
  void step(Clocks.Line line) {
    if (!clocks.areRunning()) {
      rise(line.alone);
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

  /** A cycle of the default clock; where clocks run by themselves, the next instant. */
  void next() {
    rise(clocks.areRunning() ? clocks.advance() : defaultClock.alone);
  }

  /** Lets clocks run for some picoseconds; edges at the end belong to the next run. */
  void run(long picoseconds) {
    long end = clocks.time() + picoseconds;
    while (clocks.nextInstant() < end) {
      rise(clocks.advance());
    }
    clocks.waitUntil(end);
  }

  /** What happens at one instant: the cycle of some clocks ends, and they rise together. */
  void rise(List<Clocks.Line> rising) {
    if (simulator.runningFork() != null) {
      throw new IllegalStateException("within a fork time passes by the fork's own step()");
    }
    forAll(rising, activity -> activity.drive(simulator));
    for (VcdTrace trace : traces) {
      trace.sample(circuit);
    }
    forAll(rising, activity -> activity.sample(simulator));
    circuit.engine().rise(rising.size() == 1 ? rising.get(0).aloneClock : clocksOf(rising));
    for (Clocks.Line line : rising) {
      line.cycle++;
    }
    for (VcdTrace trace : traces) {
      trace.rise(clocks.areRunning() ? clocks.time() : -1, rising);
    }
    forAll(rising, activity -> activity.begin(simulator));
  }

  private static List<Clock> clocksOf(List<Clocks.Line> lines) {
    return lines.stream().map(line -> line.clock).toList();
  }

  /** Lets all activities of clocks act, and those that they attach. */
  private void forAll(List<Clocks.Line> rising, Consumer<Activity> action) {
    List<Activity> activities = clocks.activities();
    if (activities.isEmpty()) {
      return;
    }
    for (int i = 0; i < activities.size(); i++) {
      current = clocks.lineOf(activities.get(i));
      if (rising.contains(current)) {
        action.accept(activities.get(i));
      }
    }
    current = defaultClock;
  }

  /** Holds the resets of all domains active until each clock has risen so often. */
  void reset(int cycles) {
    setReset(true);
    if (clocks.areRunning()) {
      List<Clocks.Line> running = clocks.all().stream().filter(Clocks.Line::runs).toList();
      long[] ends = running.stream().mapToLong(line -> line.cycle + cycles).toArray();
      for (int i = 0; i < ends.length; i++) {
        while (running.get(i).cycle < ends[i]) {
          rise(clocks.advance());
        }
      }
    } else {
      for (int i = 0; i < cycles; i++) {
        rise(clocks.all());
      }
    }
    setReset(false);
  }

  /** Makes the resets of all domains active, or lets them go. */
  void setReset(boolean active) {
    clocks.all().forEach(line -> setReset(line, active));
  }

  /** Makes the reset of a domain active, or lets it go. */
  void setReset(Clocks.Line line, boolean active) {
    line.inReset = active;
    circuit.engine().setReset(line.clock, active);
  }

  /** How far all activities are, a line each, for the message when a test does not end. */
  String progress() {
    return clocks.activities().stream()
        .map(Activity::progress)
        .filter(text -> !text.isEmpty())
        .map(text -> "\n    " + text)
        .collect(Collectors.joining());
  }

  void close() {
    clocks.activities().forEach(Activity::close);
    traces.forEach(VcdTrace::close);
    circuit.engine().close();
  }
}
