package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;

/** Structured data, states, names and resets in tests. */
class TypedAccessTest {

  private enum Gear {
    PARK,
    DRIVE,
    REVERSE
  }

  private record Order(UInt gear, Vec<SInt> wheels, Bool brake) implements Bundle {}

  /** Takes orders over, a cycle later. */
  private static final class Gearbox extends Module {
    final Order order = input(new Order(UInt.of(2), Vec.of(2, SInt.of(4)), Bool.of()));
    final Order last = output(new Order(UInt.of(2), Vec.of(2, SInt.of(4)), Bool.of()));
    final StateRegister<Gear> gear = stateRegister(Gear.class, Gear.PARK);

    Gearbox() {
      connect(last, delayed(order));
      when(order.gear().eq(1), () -> gear.set(Gear.DRIVE));
      when(order.gear().eq(2), () -> gear.set(Gear.REVERSE));
    }
  }

  private final Gearbox circuit = new Gearbox();
  private final Simulator simulator = Simulator.of(circuit);

  @Test
  void bundlesAndVectorsAreSetAndReadSignalBySignal() {
    simulator.pokeFields(circuit.order, 2, -3, 7, 1);
    simulator.step();
    assertThat(simulator.peekFields(circuit.last))
        .hasToString("{gear=2, wheels_0=-3, wheels_1=7, brake=1}");
  }

  @Test
  void whatDoesNotFitIntoASignalOfABundleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.pokeFields(circuit.order, 2, 0, -9, 1))
        .withMessage("-9 does not fit into the 4 bits of wheels_1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.pokeFields(circuit.order, 2, 0))
        .withMessage("2 values for 4");
  }

  @Test
  void statesAreConstantsOfTheirEnum() {
    simulator.reset();
    assertThat(simulator.peek(circuit.gear)).isEqualTo(Gear.PARK);
    simulator.poke(circuit.order.gear(), Gear.REVERSE);
    simulator.step();
    assertThat(simulator.peek(circuit.gear)).isEqualTo(Gear.REVERSE);
  }

  @Test
  void bitsThatAreNoStateAreNotPassedOffAsOne() {
    Simulator unset =
        java.util.stream.LongStream.range(0, 100)
            .mapToObj(seed -> Simulator.of(circuit, seed))
            .filter(each -> each.peek(circuit.gear.encoded()) == 3)
            .findFirst()
            .orElseThrow();
    assertThatIllegalStateException()
        .isThrownBy(() -> unset.peek(circuit.gear))
        .withMessage("gear is 3, of no state of [PARK, DRIVE, REVERSE]");
  }

  @Test
  void aNameThatIsNotThereLeadsToThoseLikeIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.peek("order_break"))
        .withMessage("no signal order_break; there is order_brake");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.peek("engine_temperature"))
        .withMessage("no signal engine_temperature");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.poke("last_brake", BigInteger.ONE))
        .withMessage("last_brake is no input of the top module");
  }

  @Test
  void aResetInTheMiddleLosesWhatIsInsideAndKeepsWhatWaits() {
    Queue<UInt> queue = new Queue<>(UInt.of(8), 4);
    Simulator queued = Simulator.of(queue);
    StreamDriver driver = queued.drive(queue.in);
    StreamSink sink = queued.sink(queue.out).stalls(StallPattern.always());
    queued.reset(1);
    for (int i = 0; i < 6; i++) {
      driver.send(i);
    }
    queued.step(10);
    assertThat(driver.sent()).isEqualTo(4);
    queued.reset(3);
    assertThat(queued.cycle()).isEqualTo(14);
    assertThat(queued.peek(queue.count)).isZero();
    sink.stalls(StallPattern.none());
    queued.runUntil(driver::isDone, 20);
    queued.step(3);
    assertThat(sink.received()).isEqualTo(List.of(BigInteger.valueOf(4), BigInteger.valueOf(5)));
  }
}
