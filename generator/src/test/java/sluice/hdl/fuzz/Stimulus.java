package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Port;

/**
 * What the ports of a design are driven with.
 *
 * <p>In the first {@link #WARM_UP} cycles all resets are active, {@code run} is low, {@code fill}
 * counts, and all clocks rise together. After them resets come and go at random, {@code run} is
 * high, and some clocks rise.
 *
 * @param cycles one after the other, the warm-up among them
 */
record Stimulus(List<Cycle> cycles) {
  /** An input of one bit that is low in the warm-up. */
  static final String RUN = "run";

  /** An input that counts in the warm-up. */
  static final String FILL = "fill";

  static final int FILL_BITS = 4;

  /** Cycles until all that a random design shows is known. */
  static final int WARM_UP = RandomModule.mostEdges(2) + 2;

  /** Ports of clocks that a design may have, in the order of their bits in a cycle. */
  static final List<String> CLOCKS = List.of("clock", "left_clock", "right_clock");

  private static final int ALL_CLOCKS = (1 << CLOCKS.size()) - 1;

  /** Which clocks rise after the warm-up, again and again: the same for all designs. */
  private static final int[] SCHEDULE = {7, 1, 3, 7, 2, 5, 1, 4, 7, 6, 1, 1, 7, 3, 2, 7, 1};

  /**
   * One cycle.
   *
   * @param inputs the bits of each input, by name
   * @param resets whether the reset of each clock is active, by the clock's port
   * @param rising the clocks that rise at its end: bit i for number i of {@link #CLOCKS}
   */
  record Cycle(Map<String, BigInteger> inputs, Map<String, Boolean> resets, int rising) {

    /** The bits of an input, cut where it has become narrower; 0 for one that is new. */
    BigInteger input(Port port) {
      BigInteger bits = inputs.getOrDefault(port.name(), BigInteger.ZERO);
      return bits.mod(BigInteger.ONE.shiftLeft(port.node().width()));
    }

    /** The clocks that rise, by their ports. */
    List<String> risingClocks() {
      return CLOCKS.stream().filter(port -> (rising >> CLOCKS.indexOf(port) & 1) != 0).toList();
    }
  }

  Stimulus {
    cycles = List.copyOf(cycles);
  }

  /**
   * A random one.
   *
   * @param cycles after the warm-up
   * @param resets whether there are resets after the warm-up
   */
  static Stimulus random(Design design, long seed, int cycles, boolean resets) {
    Draw draw = new Draw(seed);
    List<Cycle> all = new ArrayList<>();
    Map<String, BigInteger> inputs = new LinkedHashMap<>();
    Map<String, Boolean> active = new LinkedHashMap<>();
    CLOCKS.forEach(port -> active.put(port, true));
    for (int i = 0; i < WARM_UP + cycles; i++) {
      boolean warm = i < WARM_UP;
      for (Port port : design.top().ports()) {
        if (port.direction() == Port.Direction.INPUT && (i == 0 || !draw.oneIn(4))) {
          inputs.put(port.name(), draw.bits(port.node().width()));
        }
      }
      inputs.put(RUN, warm ? BigInteger.ZERO : BigInteger.ONE);
      if (warm) {
        inputs.put(FILL, BigInteger.valueOf(i % (1 << FILL_BITS)));
      } else {
        for (String port : CLOCKS) {
          active.put(port, resets && draw.oneIn(active.get(port) ? 2 : 20));
        }
      }
      int rising = warm ? ALL_CLOCKS : SCHEDULE[i % SCHEDULE.length];
      all.add(new Cycle(new LinkedHashMap<>(inputs), new LinkedHashMap<>(active), rising));
    }
    return new Stimulus(all);
  }

  /** The first cycles of it. */
  Stimulus until(int end) {
    return new Stimulus(cycles.subList(0, Math.min(end, cycles.size())));
  }

  /** It without some cycles. */
  Stimulus without(int from, int to) {
    List<Cycle> rest = new ArrayList<>(cycles.subList(0, from));
    rest.addAll(cycles.subList(to, cycles.size()));
    return new Stimulus(rest);
  }

  /** It with an input that is always 0. */
  Stimulus withZero(String input) {
    return new Stimulus(
        cycles.stream()
            .map(
                cycle -> {
                  Map<String, BigInteger> inputs = new LinkedHashMap<>(cycle.inputs);
                  inputs.put(input, BigInteger.ZERO);
                  return new Cycle(inputs, cycle.resets, cycle.rising);
                })
            .toList());
  }

  /** It without resets after the warm-up. */
  Stimulus withoutResets() {
    List<Cycle> all = new ArrayList<>(cycles.subList(0, Math.min(WARM_UP, cycles.size())));
    for (Cycle cycle : cycles.subList(all.size(), cycles.size())) {
      Map<String, Boolean> resets = new LinkedHashMap<>();
      CLOCKS.forEach(port -> resets.put(port, false));
      all.add(new Cycle(cycle.inputs, resets, cycle.rising));
    }
    return new Stimulus(all);
  }

  /** The clocks of a design that are ports, by their ports. */
  static List<Clock> clocksOf(Design design) {
    return design.top().clocks().stream().filter(clock -> clock.base() == null).toList();
  }
}
