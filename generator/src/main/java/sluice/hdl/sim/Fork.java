package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import sluice.hdl.Probe;
import sluice.hdl.Stream;

/**
 * Sequential test code that runs beside other test code, made by {@link Simulator#fork}. Of all
 * this code only one piece runs at any moment: a fork runs until it waits for later cycles, and at
 * the start of each cycle all forks whose wait is over run on, in the order in which they were
 * forked, before the test itself does. So a run is always the same.
 *
 * <p>An input that two of them poke in one cycle is an error, and a failure in one ends them all.
 */
public final class Fork extends SignalAccess {

  /** What a fork does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs to its end, or to the first failure.
     *
     * @param fork the fork itself: time passes through it
     */
    void run(Fork fork) throws Exception;
  }

  /** Unwinds a fork that has to end. */
  private static final class Cancelled extends Error {
    private static final long serialVersionUID = 1;
  }

  /**
   * What a fork waits for.
   *
   * @param kind of call, for messages
   * @param site where the call is
   * @param since the cycle of the call
   * @param sampled whether the condition is asked before the clock rises, and not after it
   */
  record Wait(String kind, String site, long since, boolean sampled, BooleanSupplier condition) {}

  private final Forks forks;
  private final Simulator simulator;
  private final String name;
  private final Thread thread;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private Wait wait;
  private boolean over;
  private boolean cancelled;
  private boolean done;
  private Throwable failure;

  /** What the condition of the wait threw; it fails the fork. */
  private Throwable conditionFailure;

  Fork(Forks forks, Simulator simulator, String name, Body body) {
    super(simulator.circuit());
    this.forks = forks;
    this.simulator = simulator;
    this.name = name;
    this.thread = new Thread(() -> run(body), "fork " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Body body) {
    try {
      turn.acquireUninterruptibly();
      if (!cancelled) {
        body.run(this);
      }
    } catch (Cancelled e) {
      // Nothing is left to do.
    } catch (Throwable e) {
      failure = e;
    } finally {
      done = true;
      back.release();
    }
  }

  /** Lets the fork run until it waits again or ends; called by whoever runs now. */
  void proceed() {
    wait = null;
    over = false;
    turn.release();
    try {
      back.acquire();
    } catch (InterruptedException e) {
      cancelled = true;
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ran", e);
    }
  }

  /** Lets a fork that waits unwind and end. */
  void cancel() {
    cancelled = true;
    if (wait != null) {
      wait = null;
      turn.release();
      back.acquireUninterruptibly();
    }
  }

  private void await(Wait what) {
    if (forks.running() != this) {
      throw new IllegalStateException(name + " is made to wait by other code than its own");
    }
    if (!cancelled) {
      wait = what;
      back.release();
      turn.acquireUninterruptibly();
    }
    if (cancelled) {
      throw new Cancelled();
    }
    if (conditionFailure instanceof Error error) {
      throw error;
    } else if (conditionFailure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private Wait waitFor(String kind, boolean sampled, BooleanSupplier condition) {
    return new Wait(kind, Forks.callSite(), simulator.cycle(), sampled, condition);
  }

  /** Looks whether the wait is over; a sampled condition stays met until the fork runs. */
  void look(boolean sampling) {
    if (wait == null || over || wait.sampled() != sampling) {
      return;
    }
    try {
      over = wait.condition().getAsBoolean();
    } catch (RuntimeException | Error e) {
      conditionFailure = e;
      over = true;
    }
  }

  boolean mayRun() {
    return wait != null && over;
  }

  Throwable failure() {
    return failure;
  }

  /** What it is called in messages. */
  public String name() {
    return name;
  }

  /** Whether it has come to its end. */
  public boolean isDone() {
    return done;
  }

  /** What it waits for, for messages. */
  String progress() {
    return wait == null
        ? name + ": running"
        : "%s: %s at %s, since cycle %d".formatted(name, wait.kind(), wait.site(), wait.since());
  }

  /** Waits for the next cycle. */
  public void step() {
    step(1);
  }

  /** Waits for some cycles. */
  public void step(int cycles) {
    if (cycles > 0) {
      long end = simulator.cycle() + cycles;
      await(waitFor("step(" + cycles + ")", false, () -> simulator.cycle() >= end));
    }
  }

  /**
   * Waits until a condition holds at the start of a cycle; not at all if it holds now. Inputs are
   * then as far as they were poked in that cycle.
   */
  public void waitUntil(BooleanSupplier condition) {
    if (!condition.getAsBoolean()) {
      await(waitFor("waitUntil", false, condition));
    }
  }

  /**
   * Lets cycles pass up to and with the first in which a condition holds when all inputs are set,
   * just before the clock rises: at least one cycle. The way to wait for the other side of a
   * hand-shake.
   */
  public void stepUntil(BooleanSupplier condition) {
    await(waitFor("stepUntil", true, condition));
  }

  /** Waits until another fork is done. */
  public void join(Fork other) {
    if (!other.isDone()) {
      await(waitFor("join of " + other.name(), false, other::isDone));
    }
    forks.joined(other, this);
  }

  /** Starts another fork, which runs at once until it waits. */
  public Fork fork(String childName, Body body) {
    return forks.start(childName, body);
  }

  /** Offers a value to an input of the circuit until it is taken. */
  public void send(Stream<?> input, long... signals) {
    sendPacked(input, Packing.of(input.payload()).pack(signals));
  }

  /** Offers a packed value to an input of the circuit until it is taken. */
  public void sendPacked(Stream<?> input, BigInteger packed) {
    poke(input.valid(), true);
    pokePacked(input.payload(), packed);
    await(
        waitFor(
            "send to " + circuit().name(Probe.node(input.valid())),
            true,
            () -> isHigh(input.ready()) && !simulator.inReset()));
    poke(input.valid(), false);
  }

  /** Takes a value from an output of the circuit, packed. */
  public BigInteger receive(Stream<?> output) {
    BigInteger[] value = new BigInteger[1];
    poke(output.ready(), true);
    await(
        waitFor(
            "receive from " + circuit().name(Probe.node(output.valid())),
            true,
            () -> {
              boolean taken = isHigh(output.valid()) && !simulator.inReset();
              value[0] = taken ? peekPacked(output.payload()) : null;
              return taken;
            }));
    poke(output.ready(), false);
    return value[0];
  }
}
