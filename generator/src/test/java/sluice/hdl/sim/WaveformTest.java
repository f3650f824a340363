package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Waveforms as text. */
class WaveformTest {

  private enum Phase {
    IDLE,
    RUN,
    DONE
  }

  /** Counts down from a number. */
  private static final class Countdown extends Module {
    final Bool start = input(Bool.of());
    final UInt count = register(UInt.of(8)).reset(0);
    final SInt balance = output(SInt.of(8));
    final StateRegister<Phase> phase = stateRegister(Phase.class, Phase.IDLE);

    Countdown() {
      balance.set(count.toSInt().minus(SInt.literal(2, 8)).truncate(8));
      phase
          .on(
              Phase.IDLE,
              () ->
                  when(
                      start,
                      () -> {
                        count.set(12);
                        phase.set(Phase.RUN);
                      }))
          .on(
              Phase.RUN,
              () -> {
                count.set(count.minusWrap(4));
                when(count.eq(4), () -> phase.set(Phase.DONE));
              })
          .on(Phase.DONE, () -> phase.set(Phase.IDLE));
    }
  }

  private final Countdown circuit = new Countdown();
  private final Simulator simulator = Simulator.of(circuit);

  private void run() {
    simulator.poke(circuit.start, true);
    simulator.step();
    simulator.poke(circuit.start, false);
    simulator.step(6);
  }

  @Test
  void levelsNumbersAndStatesAreShown() {
    simulator.reset();
    Waveform wave =
        simulator
            .waveform()
            .show(circuit.start, circuit.count, circuit.balance)
            .show(circuit.phase);
    run();
    assertThat(wave.text())
        .isEqualTo(
            """
            cycle    4    5    6    7    8    9    10
            start    -----______________________________
            count    |0   |c   |8   |4   |0             |
            balance  |-2  |10  |6   |2   |-2            |
            phase    |IDLE|RUN           |DONE|IDLE     |
            """);
  }

  @Test
  void numbersMayBeDecimal() {
    simulator.reset();
    Waveform wave = simulator.waveform().decimal().show(circuit.count);
    run();
    assertThat(wave.text())
        .isEqualTo(
            """
            cycle  4  5  6  7  8  9  10
            count  |0 |12|8 |4 |0       |
            """);
  }

  @Test
  void onlyTheLastCyclesMayBeShown() {
    simulator.reset();
    Waveform wave = simulator.waveform().show("c*");
    run();
    assertThat(wave.last(3))
        .isEqualTo(
            """
            cycle  8   10
            count  |0    |
            """);
    wave.clear();
    simulator.step(2);
    assertThat(wave.text())
        .isEqualTo(
            """
            cycle  11
            count  |0  |
            """);
  }

  private record Word(UInt key, SInt delta) implements Bundle {}

  @Test
  void thePayloadOfAStreamIsShownWhileItIsOffered() {
    Queue<Word> queue = new Queue<>(new Word(UInt.of(40), SInt.of(4)), 2);
    Simulator queued = Simulator.of(queue);
    StreamDriver driver = queued.drive(queue.in).stalls(StallPattern.repeating("-__"));
    queued.sink(queue.out).stalls(StallPattern.repeating("_-"));
    queued.reset(2);
    Waveform wave = queued.waveform().show(queue.out);
    driver.send(0xdead_beef_01L, -3).send(2, 7).send(2, 7);
    queued.step(9);
    assertThat(wave.text())
        .isEqualTo(
            """
            cycle      2          3          4          5          6          7          8          9          10
            out_valid  ___________-----------______________________----------------------___________-----------___________
            out_ready  ___________-----------___________-----------___________-----------___________-----------___________
            out_key    ...........|deadbeef01|.....................|2                    |..........|2         |..........
            out_delta  ...........|-3        |.....................|7                    |..........|7         |..........
            """);
  }

  @Test
  void ofLongValuesTheEndIsShown() {
    Queue<UInt> queue = new Queue<>(UInt.of(100), 2);
    Simulator queued = Simulator.of(queue);
    Waveform wave = queued.waveform().show(queue.in.payload());
    queued.poke(queue.in.payload(), new java.math.BigInteger("123456789abcdef0123456789", 16));
    queued.step(2);
    assertThat(wave.text())
        .isEqualTo(
            """
            cycle    0                1
            in_data  |~bcdef0123456789                 |
            """);
  }

  @Test
  void signalsAreNamedBeforeTheyAreRecorded() {
    Waveform wave = simulator.waveform().show(circuit.count);
    simulator.step();
    assertThatThrownBy(() -> wave.show(circuit.start))
        .hasMessage("signals are added before the first cycle is recorded");
  }

  @Test
  void aPatternThatMatchesNothingIsRefused() {
    assertThatThrownBy(() -> simulator.waveform().show("conut*"))
        .hasMessage("no signal matches conut*; there is count");
  }
}
