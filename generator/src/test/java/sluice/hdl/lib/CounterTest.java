package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** Counters and timers against plain Java. */
class CounterTest {

  private static final class UpAndDown extends Module {
    final Bool up = input(Bool.of());
    final Bool down = input(Bool.of());
    final Bool clear = input(Bool.of());
    final Bool load = input(Bool.of());
    final UInt start;
    final UInt value;
    final Bool wraps = output(Bool.of());

    UpAndDown(int count) {
      start = input(UInt.index(count));
      value = output(UInt.index(count));
      Counter place = new Counter(register(UInt.index(count)).reset(0), count);
      wraps.set(place.advanceWhen(up));
      when(down, place::retreat);
      when(load, () -> place.load(start));
      when(clear, place::clear);
      value.set(place.value());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 10})
  void countsUpAndDownAroundItsEnds(int count) {
    UpAndDown circuit = new UpAndDown(count);
    Simulator simulator = Simulator.of(circuit);
    simulator.poke(circuit.start, 0);
    simulator.reset();
    Random random = new Random(count);
    int expected = 0;
    for (int cycle = 0; cycle < 1000; cycle++) {
      boolean up = random.nextInt(4) != 0;
      boolean down = random.nextInt(4) == 0;
      boolean load = random.nextInt(16) == 0;
      boolean clear = random.nextInt(32) == 0;
      int start = random.nextInt(count);
      simulator.poke(circuit.up, up);
      simulator.poke(circuit.down, down);
      simulator.poke(circuit.load, load);
      simulator.poke(circuit.clear, clear);
      simulator.poke(circuit.start, start);
      assertThat(simulator.peek(circuit.value)).isEqualTo(expected);
      assertThat(simulator.isHigh(circuit.wraps)).isEqualTo(up && expected == count - 1);
      simulator.step();
      if (clear) {
        expected = 0;
      } else if (load) {
        expected = start;
      } else if (down) {
        expected = Math.floorMod(expected - 1, count);
      } else if (up) {
        expected = (expected + 1) % count;
      }
    }
  }

  private static final class Timeout extends Module {
    final Bool start = input(Bool.of());
    final Bool stop = input(Bool.of());
    final UInt cycles = input(UInt.of(3));
    final Bool running = output(Bool.of());
    final Bool last = output(Bool.of());
    final UInt left = output(UInt.of(3));

    Timeout() {
      Timer timeout = new Timer(register(UInt.of(3)).reset(0));
      when(start, () -> timeout.start(cycles));
      when(stop, timeout::stop);
      running.set(timeout.isRunning());
      last.set(timeout.isLast());
      left.set(timeout.remaining());
    }
  }

  @Test
  void aTimerRunsForAsManyCyclesAsItWasStartedWith() {
    Timeout circuit = new Timeout();
    Simulator simulator = Simulator.of(circuit);
    simulator.reset();
    Random random = new Random(1);
    int left = 0;
    for (int cycle = 0; cycle < 1000; cycle++) {
      boolean start = random.nextInt(8) == 0;
      boolean stop = random.nextInt(20) == 0;
      int cycles = random.nextInt(8);
      simulator.poke(circuit.start, start);
      simulator.poke(circuit.stop, stop);
      simulator.poke(circuit.cycles, cycles);
      assertThat(simulator.peek(circuit.left)).isEqualTo(left);
      assertThat(simulator.isHigh(circuit.running)).isEqualTo(left > 0);
      assertThat(simulator.isHigh(circuit.last)).isEqualTo(left == 1);
      simulator.step();
      left = stop ? 0 : start ? cycles : Math.max(0, left - 1);
    }
  }
}
