package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;

/** The clocks of the top module, and when they rise. */
final class Clocks {

  /** A clock of the top module. */
  static final class Line {
    final Clock clock;

    /** What rises if this clock does and no other. */
    final List<Line> alone = List.of(this);

    final List<Clock> aloneClock;
    boolean inReset;
    long cycle;

    /** Picoseconds from edge to edge; 0 for a clock that only rises when it is stepped. */
    private long period;

    /** When it rises next, in picoseconds. */
    private long nextEdge;

    Line(Clock clock) {
      this.clock = clock;
      this.aloneClock = List.of(clock);
    }

    boolean runs() {
      return period > 0;
    }
  }

  private final Map<Clock, Line> lines = new LinkedHashMap<>();
  private final Map<Activity, Line> lineOf = new IdentityHashMap<>();

  /** All activities, in the order of attachment. */
  private final List<Activity> activities = new ArrayList<>();

  private long time;
  private boolean areRunning;

  void add(Clock clock) {
    lines.put(clock, new Line(clock));
  }

  Line of(Clock clock) {
    return lines.get(clock);
  }

  List<Line> all() {
    return List.copyOf(lines.values());
  }

  /** Picoseconds that clocks have run. */
  long time() {
    return time;
  }

  /** Lets a clock run by itself; its next edge is a phase after now. */
  void run(Line line, long period, long phase) {
    if (period <= 0 || phase < 0) {
      throw new IllegalArgumentException(
          "a period of " + period + " ps and a phase of " + phase + " ps");
    }
    areRunning = true;
    line.period = period;
    line.nextEdge = time + phase;
  }

  /** Whether clocks run by themselves. */
  boolean areRunning() {
    return areRunning;
  }

  /** When a clock rises next; the largest number if none runs. */
  long nextInstant() {
    return lines.values().stream()
        .filter(Line::runs)
        .mapToLong(line -> line.nextEdge)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Goes on to the next instant; the clocks that rise then. */
  List<Line> advance() {
    time = nextInstant();
    List<Line> rising = new ArrayList<>();
    for (Line line : lines.values()) {
      if (line.runs() && line.nextEdge == time) {
        line.nextEdge += line.period;
        rising.add(line);
      }
    }
    return rising;
  }

  /** Lets time pass in which no clock rises. */
  void waitUntil(long instant) {
    time = instant;
  }

  void attach(Activity activity, Line line) {
    activities.add(activity);
    lineOf.put(activity, line);
  }

  List<Activity> activities() {
    return activities;
  }

  Line lineOf(Activity activity) {
    return lineOf.get(activity);
  }
}
