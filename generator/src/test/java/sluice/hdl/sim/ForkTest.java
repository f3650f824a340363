package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Test code that runs side by side. */
class ForkTest {

  /** Adds what comes in two inputs, a cycle later. */
  private static final class Sum extends Module {
    final UInt a = input(UInt.of(8));
    final UInt b = input(UInt.of(8));
    final UInt sum = output(UInt.of(8));

    Sum() {
      sum.set(delayed(a.plusWrap(b)));
    }
  }

  private final Sum circuit = new Sum();
  private final Simulator simulator = Simulator.of(circuit);
  private final List<String> log = new ArrayList<>();

  private void log(String what) {
    log.add(simulator.cycle() + " " + what);
  }

  @Test
  void aForkRunsAtOnceUntilItWaits() {
    simulator.fork(
        t -> {
          log("begun");
          t.step();
          log("ended");
        });
    log("test");
    simulator.join();
    log("joined");
    assertThat(log).containsExactly("0 begun", "0 test", "1 ended", "1 joined");
  }

  @Test
  void inEveryCycleForksRunInTheOrderOfForking() {
    for (String name : List.of("a", "b", "c")) {
      simulator.fork(
          name,
          t -> {
            for (int i = 0; i < 2; i++) {
              t.step(name.equals("b") ? 2 : 1);
              log(name);
            }
          });
    }
    assertThat(simulator.join()).isEqualTo(4);
    assertThat(log).containsExactly("1 a", "1 c", "2 a", "2 b", "2 c", "4 b");
  }

  @Test
  void aJoinOfFinishedForksTakesNoCycle() {
    assertThat(simulator.join()).isZero();
    simulator.fork(t -> t.poke(circuit.a, 3));
    assertThat(simulator.join()).isZero();
    assertThat(simulator.peek(circuit.a)).isEqualTo(3);
  }

  @Test
  void aConditionIsAskedAtTheStartOfEachCycle() {
    simulator.fork(
        t -> {
          t.step(3);
          t.poke(circuit.a, 7);
        });
    simulator.fork(
        t -> {
          t.waitUntil(() -> t.peek(circuit.sum) == 7);
          log("sum");
          t.waitUntil(() -> true);
          log("at once");
        });
    simulator.join();
    assertThat(log).containsExactly("4 sum", "4 at once");
  }

  @Test
  void aForkMayForkAndJoin() {
    simulator.fork(
        "outer",
        t -> {
          Fork later = t.fork("late", inner -> inner.step(5));
          Fork sooner = t.fork("soon", inner -> inner.step(2));
          t.join(sooner);
          log("soon");
          t.join(later);
          log("late");
        });
    simulator.join();
    assertThat(log).containsExactly("2 soon", "5 late");
  }

  @Test
  void valuesPassAQueueBetweenForks() {
    Queue<UInt> queue = new Queue<>(UInt.of(8), 2);
    Simulator queued = Simulator.of(queue);
    queued.reset();
    List<BigInteger> received = new ArrayList<>();
    queued.fork(
        "writer",
        t -> {
          for (int i = 0; i < 10; i++) {
            t.send(queue.in, 10 + i);
          }
        });
    queued.fork(
        "reader",
        t -> {
          for (int i = 0; i < 10; i++) {
            t.step(i % 3);
            received.add(t.receive(queue.out));
          }
        });
    queued.join();
    assertThat(received.stream().map(BigInteger::intValue))
        .containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
  }

  @Test
  void twoForksThatPokeOneInputInACycleAreNamedWithTheirLines() {
    simulator.fork(
        "left",
        t -> {
          t.step(2);
          t.poke(circuit.a, 1);
        });
    simulator.fork(
        "right",
        t -> {
          t.step(2);
          t.poke(circuit.a, 1);
        });
    assertThatThrownBy(simulator::join)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "right failed in cycle 2: a is poked twice in cycle 2: "
                + "by left at ForkTest.java:\\d+ and by right at ForkTest.java:\\d+")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void theTestItselfMayNotPokeWhatAForkPoked() {
    simulator.fork("left", t -> t.poke(circuit.a, 1));
    assertThatThrownBy(() -> simulator.poke(circuit.a, 2))
        .hasMessageMatching(
            "a is poked twice in cycle 0: "
                + "by left at ForkTest.java:\\d+ and by the test at ForkTest.java:\\d+");
  }

  @Test
  void whatAForkPokedBelongsToWhoeverJoinsIt() {
    simulator.fork(
        t -> {
          Fork child = t.fork("child", inner -> inner.poke(circuit.a, 1));
          t.join(child);
          t.poke(circuit.a, 2);
        });
    simulator.join();
    simulator.poke(circuit.a, 3);
    assertThat(simulator.peek(circuit.a)).isEqualTo(3);
  }

  private static void failsHere() {
    throw new IllegalArgumentException("wrong answer");
  }

  @Test
  void aFailureHasTheForksNameAndStackAndEndsAll() {
    Fork other =
        simulator.fork(
            "other",
            t -> {
              try {
                t.step(100);
              } finally {
                log("unwound");
              }
            });
    simulator.fork(
        "checker",
        t -> {
          t.step(3);
          failsHere();
        });
    assertThatThrownBy(() -> simulator.step(10))
        .isInstanceOf(AssertionError.class)
        .hasMessage("checker failed in cycle 3: wrong answer")
        .cause()
        .satisfies(
            cause -> assertThat(cause.getStackTrace()[0].getMethodName()).isEqualTo("failsHere"));
    assertThat(log).containsExactly("3 unwound");
    assertThat(other.isDone()).isTrue();
    assertThat(simulator.join()).isZero();
  }

  @Test
  void aFailureOfAnInnerForkIsNotWrappedTwice() {
    assertThatThrownBy(() -> simulator.fork("outer", t -> t.fork("inner", inner -> failsHere())))
        .hasMessage("inner failed in cycle 0: wrong answer");
  }

  @Test
  void aFailingConditionFailsTheForkThatWaitsForIt() {
    simulator.fork(
        "waiter",
        t ->
            t.waitUntil(
                () -> {
                  if (simulator.cycle() == 2) {
                    failsHere();
                  }
                  return false;
                }));
    assertThatThrownBy(simulator::join).hasMessage("waiter failed in cycle 2: wrong answer");
  }

  @Test
  void theWatchdogSaysWhatEachForkWaitsFor() {
    simulator.fork("hopeful", t -> t.waitUntil(() -> t.peek(circuit.sum) == 300));
    simulator.fork("patient", t -> t.step(1000));
    simulator.fork(
        t -> {
          t.step(2);
          t.stepUntil(() -> false);
        });
    assertThatThrownBy(() -> simulator.join(50))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            """
            forks are not done after 50 cycles
                hopeful: waitUntil at ForkTest.java:\\d+, since cycle 0
                patient: step\\(1000\\) at ForkTest.java:\\d+, since cycle 0
                fork 3: stepUntil at ForkTest.java:\\d+, since cycle 2""");
    assertThat(forkThreads()).isEmpty();
  }

  @Test
  void theWatchdogOfRunUntilKnowsForksToo() {
    simulator.fork("patient", t -> t.step(1000));
    assertThatThrownBy(() -> simulator.runUntil(() -> false, 5))
        .hasMessageStartingWith("not done after 5 cycles\n    patient: step(1000) at");
    simulator.close();
  }

  @Test
  void closingTheSimulatorEndsAllForks() {
    try (Simulator closed = Simulator.of(new Sum())) {
      closed.fork("forever", t -> t.waitUntil(() -> false));
      assertThat(forkThreads()).containsExactly("fork forever");
    }
    assertThat(forkThreads()).isEmpty();
  }

  /** The threads of forks that are alive; a thread that has handed over for the last time ends. */
  private static List<String> forkThreads() {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("fork "))
            .toList();
    return threads.stream()
        .filter(
            thread -> {
              try {
                thread.join(200);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return thread.isAlive();
            })
        .map(Thread::getName)
        .collect(Collectors.toList());
  }

  @Test
  void timePassesInAForkByItsOwnSteps() {
    assertThatThrownBy(() -> simulator.fork("greedy", t -> simulator.step()))
        .hasMessage("greedy failed in cycle 0: within a fork time passes by the fork's own step()");
  }

  @Test
  void onlyTheForkItselfMakesItWait() {
    Fork fork = simulator.fork("idle", t -> t.step(5));
    assertThatThrownBy(fork::step).hasMessage("idle is made to wait by other code than its own");
    simulator.join();
  }

  @Test
  void equalRunsAreEqual() {
    assertThat(randomRun(5)).isEqualTo(randomRun(5)).isNotEqualTo(randomRun(6));
  }

  private static List<String> randomRun(long seed) {
    Queue<UInt> queue = new Queue<>(UInt.of(8), 2);
    Simulator simulator = Simulator.of(queue);
    List<String> events = new ArrayList<>();
    for (int f = 0; f < 4; f++) {
      int number = f;
      java.util.Random random = new java.util.Random(seed + f);
      simulator.fork(
          t -> {
            for (int i = 0; i < 20; i++) {
              t.step(random.nextInt(4));
              events.add(simulator.cycle() + " " + number);
            }
          });
    }
    simulator.join();
    return events;
  }

  /** Has a wire from an input to an output. */
  private static final class Through extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    Through() {
      out.set(in);
    }
  }

  @Test
  void aSampledConditionSeesAllInputsOfTheCycle() {
    Through through = new Through();
    Simulator wired = Simulator.of(through);
    Fork waiter = wired.fork("waiter", t -> t.stepUntil(() -> t.isHigh(through.out)));
    wired.step(2);
    assertThat(waiter.isDone()).isFalse();
    wired.poke(through.in, true);
    wired.step();
    assertThat(waiter.isDone()).isTrue();
  }
}
