package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Compiled parts of a circuit that rest, although something beside their signals has changed. */
class RestingPartsTest {

  /** A simulator of parts of a single operation. */
  private static Simulator simulator(Module circuit) {
    SimulatorOptions options = SimulatorOptions.standard().withEngine(SimulatorOptions.COMPILED);
    return Simulator.of(Elaborator.forSimulation(circuit), options, new Tuning(1, 1024, 1024, 0.8));
  }

  /** A register file whose reads are far from its writes. */
  private static final class File extends Module {
    final Bool write = input(Bool.of());
    final UInt data = input(UInt.of(8));
    final UInt address = input(UInt.of(2));
    final UInt seen = output(UInt.of(9));

    File() {
      Memory<UInt> file = registerFile(UInt.of(8), 4);
      UInt word = file.read(address);
      seen.set(word.plus(word.not()));
      UInt last = register(UInt.of(8));
      last.set(word);
      file.write(write, UInt.literal(2, 2), data);
    }
  }

  @Test
  void aReaderSeesWhatIsWrittenToItsAddress() {
    File file = new File();
    Simulator simulator = simulator(file);
    simulator.poke(file.address, 2);
    simulator.poke(file.write, true);
    simulator.poke(file.data, 7);
    simulator.step(3);
    SignalWords last = simulator.words("last");
    assertThat(last.get(0)).isEqualTo(7);
    simulator.poke(file.data, 9);
    simulator.step();
    assertThat(last.get(0)).isEqualTo(7);
    simulator.step();
    assertThat(last.get(0)).isEqualTo(9);
  }

  /** Two clocks that write to one word of a memory. */
  private static final class Fight extends Module {
    final ClockDomain other = clockDomain("other");
    final UInt mine = input(UInt.of(8));
    final UInt others = other.input(UInt.of(8));

    Fight() {
      Memory<UInt> word = memory(UInt.of(8), 2);
      word.write(Bool.literal(true), UInt.literal(1, 1), mine);
      word.in(other).write(Bool.literal(true), UInt.literal(1, 1), others);
      UInt read = output(UInt.of(8));
      read.set(word.read(UInt.literal(0, 1), Bool.literal(true)));
    }
  }

  @Test
  void aMemoryKeepsWhatTheLastClockHasWritten() {
    Fight fight = new Fight();
    Simulator simulator = simulator(fight);
    SimulatedMemory memory = simulator.memory("word");
    simulator.poke(fight.mine, 1);
    simulator.poke(fight.others, 2);
    for (int i = 0; i < 3; i++) {
      simulator.step();
      assertThat(memory.get(1)).isEqualTo(1);
      simulator.step(fight.other);
      assertThat(memory.get(1)).isEqualTo(2);
    }
  }

  /** A register that always takes the same, and is cleared without a clock. */
  private static final class Cleared extends Module {
    final Bool clear = input(Bool.of());
    final UInt value = output(UInt.of(8));

    Cleared() {
      ClockDomain cleared = clockDomain().withReset("cleared", clear).asynchronouslyReset();
      UInt constant = cleared.register(UInt.of(8)).reset(3);
      constant.set(UInt.literal(5, 8));
      value.set(constant);
    }
  }

  @Test
  void aRegisterTakesTheSameAgainAfterItWasCleared() {
    Cleared cleared = new Cleared();
    Simulator simulator = simulator(cleared);
    simulator.step(2);
    assertThat(simulator.peek(cleared.value)).isEqualTo(5);
    simulator.poke(cleared.clear, true);
    assertThat(simulator.peek(cleared.value)).isEqualTo(3);
    simulator.poke(cleared.clear, false);
    assertThat(simulator.peek(cleared.value)).isEqualTo(3);
    simulator.step();
    assertThat(simulator.peek(cleared.value)).isEqualTo(5);
  }
}
