package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.sim.Simulator;

class OneHotTest {
  private static final int SIGNALS = 6;

  private static final class Priority extends Module {
    final UInt requests = input(UInt.of(SIGNALS));
    final UInt first = output(UInt.of(SIGNALS));
    final UInt index = output(UInt.index(SIGNALS));
    final UInt chosen = output(UInt.of(8));
    final UInt count = output(UInt.of(3));
    final UInt decoded = output(UInt.of(SIGNALS));
    final UInt firstIndex = output(UInt.index(SIGNALS));
    final Bool exactlyOne = output(Bool.of());
    final Bool atMostOne = output(Bool.of());

    Priority() {
      var firsts = OneHot.first(requests.toBools());
      first.set(lowFirst(firsts));
      UInt position = OneHot.index(firsts);
      index.set(position);
      var values = Vec.generate(SIGNALS, i -> UInt.literal(10L + i, 8)).elements();
      chosen.set(OneHot.choose(firsts, values));
      count.set(BalancedTree.count(requests.toBools()).truncate(3));
      decoded.set(lowFirst(OneHot.of(position, SIGNALS)));
      firstIndex.set(OneHot.firstIndex(requests.toBools()));
      exactlyOne.set(OneHot.isOneHot(requests.toBools()));
      atMostOne.set(OneHot.isAtMostOne(requests.toBools()));
    }

    private static UInt lowFirst(java.util.List<Bool> bits) {
      return pack(Vec.generate(SIGNALS, i -> bits.get(SIGNALS - 1 - i)));
    }
  }

  @Test
  void findsTheFirstAndItsIndexForEveryInput() {
    Priority circuit = new Priority();
    Simulator simulator = Simulator.of(circuit);
    for (int requests = 0; requests < 1 << SIGNALS; requests++) {
      simulator.poke(circuit.requests, requests);
      int first = Integer.lowestOneBit(requests);
      int index = requests == 0 ? 0 : Integer.numberOfTrailingZeros(requests);
      assertThat(simulator.peek(circuit.first)).isEqualTo(first);
      assertThat(simulator.peek(circuit.index)).isEqualTo(index);
      assertThat(simulator.peek(circuit.chosen)).isEqualTo(requests == 0 ? 15 : 10 + index);
      assertThat(simulator.peek(circuit.count)).isEqualTo(Integer.bitCount(requests));
      assertThat(simulator.peek(circuit.decoded)).isEqualTo(1L << index);
      assertThat(simulator.peek(circuit.firstIndex)).isEqualTo(requests == 0 ? SIGNALS - 1 : index);
      assertThat(simulator.isHigh(circuit.exactlyOne)).isEqualTo(Integer.bitCount(requests) == 1);
      assertThat(simulator.isHigh(circuit.atMostOne)).isEqualTo(Integer.bitCount(requests) <= 1);
    }
  }
}
