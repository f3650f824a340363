package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.hdl.netlist.Node;

/** The forks of a simulator: who runs when, and who has poked what. */
final class Forks implements Activity {
  private static final Set<String> OWN =
      Set.of(
          Forks.class.getName(),
          Fork.class.getName(),
          Simulator.class.getName(),
          SignalAccess.class.getName(),
          Circuit.class.getName(),
          StreamDriver.class.getName(),
          StreamSink.class.getName());

  /** A failure of a fork, under the name of the fork; the cause has the fork's own stack. */
  private static final class ForkFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    ForkFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Who poked an input last.
   *
   * @param fork null for the test itself
   */
  private record Poke(Fork fork, long cycle, String site) {
    String by() {
      return (fork == null ? "the test" : fork.name()) + " at " + site;
    }
  }

  private final Simulator simulator;
  private final List<Fork> forks = new ArrayList<>();
  private final Map<Node, Poke> pokes = new IdentityHashMap<>();
  private int started;
  private Fork running;

  Forks(Simulator simulator) {
    this.simulator = simulator;
  }

  /** The fork that runs now; null if it is the test itself. */
  Fork running() {
    return running;
  }

  Fork start(String name, Fork.Body body) {
    started++;
    Fork fork = new Fork(this, simulator, name == null ? "fork " + started : name, body);
    forks.add(fork);
    proceed(fork);
    forks.removeIf(Fork::isDone);
    return fork;
  }

  private void proceed(Fork fork) {
    Fork before = running;
    running = fork;
    try {
      fork.proceed();
    } finally {
      running = before;
    }
    if (fork.failure() != null) {
      close();
      throw fork.failure() instanceof ForkFailure inner
          ? inner
          : new ForkFailure(
              "%s failed in cycle %d: %s"
                  .formatted(fork.name(), simulator.cycle(), fork.failure().getMessage()),
              fork.failure());
    }
  }

  boolean areDone() {
    return forks.isEmpty();
  }

  /** What a fork has poked counts as poked by whoever waited for its end. */
  void joined(Fork fork, Fork by) {
    pokes.replaceAll(
        (node, poke) -> poke.fork() == fork ? new Poke(by, poke.cycle(), poke.site()) : poke);
  }

  /** The test has waited for all. */
  void allJoined() {
    pokes.clear();
  }

  /** Refuses a second poke of an input by other code in one cycle. */
  void poked(Node input) {
    Poke poke = new Poke(running, simulator.cycle(), callSite());
    Poke before = pokes.put(input, poke);
    if (before != null && before.cycle() == poke.cycle() && before.fork() != poke.fork()) {
      throw new IllegalStateException(
          "%s is poked twice in cycle %d: by %s and by %s"
              .formatted(simulator.circuit().name(input), poke.cycle(), before.by(), poke.by()));
    }
  }

  @Override
  public void sample(Simulator sampled) {
    forks.forEach(fork -> fork.look(true));
  }

  @Override
  public void begin(Simulator begun) {
    // One may wait for the end of another that was forked after it.
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < forks.size(); i++) {
        Fork fork = forks.get(i);
        fork.look(false);
        if (fork.mayRun()) {
          proceed(fork);
          again |= fork.isDone();
        }
      }
      forks.removeIf(Fork::isDone);
    }
  }

  /** Ends all forks that have not come to their end. */
  @Override
  public void close() {
    List.copyOf(forks).forEach(Fork::cancel);
    forks.clear();
  }

  @Override
  public String progress() {
    return forks.stream().map(Fork::progress).collect(Collectors.joining("\n    "));
  }

  /** The line of the test that called. */
  static String callSite() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !OWN.contains(frame.getClassName()))
                    .findFirst()
                    .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                    .orElse("an unknown line"));
  }
}
