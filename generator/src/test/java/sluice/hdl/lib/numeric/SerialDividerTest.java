package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.UInt;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

class SerialDividerTest {

  @ParameterizedTest
  @CsvSource({
    "1,2,1,0,0",
    "1,2,2,0,0",
    "3,4,3,0,0",
    "25,41,1,0.3,0.5",
    "40,7,2,0.9,0.1",
    "33,64,4,0,0.9"
  })
  void quotientsAndRemaindersAreExact(
      int divisorBits, int quotientBits, int bitsPerCycle, double before, double after) {
    SerialDivider<UInt> divider =
        new SerialDivider<>(divisorBits, quotientBits, bitsPerCycle, UInt.of(8));
    Simulator simulator = Simulator.of(divider);
    StreamDriver driver = simulator.drive(divider.operands).stalls(before, 1);
    StreamSink sink = simulator.sink(divider.results).stalls(after, 2);
    Packing packing = Packing.of(divider.operands.payload());
    Random random = new Random(divisorBits);
    List<List<BigInteger>> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      BigInteger divisor = new BigInteger(divisorBits, random).max(BigInteger.ONE);
      if (i % 10 == 0) {
        divisor = BigInteger.ONE.shiftLeft(divisorBits).subtract(BigInteger.ONE);
      }
      BigInteger quotient = new BigInteger(quotientBits, random);
      if (i % 7 == 0) {
        quotient = BigInteger.ONE.shiftLeft(quotientBits).subtract(BigInteger.ONE);
      }
      BigInteger remainder =
          i % 3 == 0 ? BigInteger.ZERO : new BigInteger(divisorBits, random).mod(divisor);
      BigInteger tag = BigInteger.valueOf(i);
      driver.send(packing.pack(divisor.multiply(quotient).add(remainder), divisor, tag));
      expected.add(List.of(quotient, remainder, tag));
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), 20_000);
    assertThat(sink.receivedFields()).isEqualTo(expected);
  }

  @Test
  void aDivisionTakesACycleForEachBitOfTheQuotient() {
    SerialDivider<UInt> divider = new SerialDivider<>(8, 16, 1, UInt.of(1));
    Simulator simulator = Simulator.of(divider);
    StreamSink sink = simulator.sink(divider.results);
    simulator.reset();
    simulator.drive(divider.operands).send(1000, 7, 0).send(1001, 7, 1);
    assertThat(simulator.runUntil(() -> sink.count() == 1, 100)).isEqualTo(17 + 1);
    assertThat(simulator.runUntil(() -> sink.count() == 2, 100)).isEqualTo(17 + 1);
  }
}
