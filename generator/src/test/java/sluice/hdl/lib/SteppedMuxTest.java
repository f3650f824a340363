package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

class SteppedMuxTest {

  @ParameterizedTest
  @CsvSource({"1,3", "2,3", "4,3", "5,1", "5,2", "12,3", "96,3", "256,3", "33,4"})
  void aChoiceCanBeMadeInEveryCycle(int count, int steps) {
    SteppedMux<UInt> mux = new SteppedMux<>(UInt.of(9), count, steps);
    Simulator simulator = Simulator.of(mux);
    for (int i = 0; i < count; i++) {
      simulator.poke(mux.values.get(i), 511 - i);
    }
    Random random = new Random(count);
    List<Long> expected = new ArrayList<>();
    for (int cycle = 0; cycle < 3 * count + steps; cycle++) {
      int index = cycle < count ? cycle : random.nextInt(count);
      expected.add(511L - index);
      simulator.poke(mux.index, index);
      simulator.step();
      if (cycle >= steps - 1) {
        assertThat(simulator.peek(mux.selected)).isEqualTo(expected.get(cycle - steps + 1));
      }
    }
  }
}
