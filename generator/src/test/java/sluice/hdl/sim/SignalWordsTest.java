package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Several signals as words, one behind the other. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED, "peeked"})
class SignalWordsTest {
  @Parameter private String engine;

  /** Keeps what it is given, and shows its complement, which nothing but a test looks at. */
  private static final class Keeper extends Module {
    final UInt narrow = input(UInt.of(9));
    final UInt wide = input(UInt.of(130));
    final UInt kept = output(UInt.of(130));
    final UInt complement = kept.not();

    Keeper() {
      kept.set(delayed(wide.xor(narrow.extend(130))));
    }
  }

  private final Keeper circuit = new Keeper();
  private Simulator simulator;

  /** Words by the engine, or as any engine has them. */
  private SignalWords words(String... names) {
    boolean peeked = engine.equals("peeked");
    if (simulator == null) {
      String name = peeked ? SimulatorOptions.INTERPRETED : engine;
      simulator = Simulator.of(circuit, SimulatorOptions.standard().withEngine(name));
    }
    if (!peeked) {
      return simulator.words(names);
    }
    Circuit all = simulator.circuit();
    boolean inputs = !names[names.length - 1].startsWith("k");
    return new PeekedWords(
        all.engine(), java.util.Arrays.stream(names).map(all::named).toList(), inputs);
  }

  @Test
  void theyAreReadAndSetInOrder() {
    SignalWords inputs = words("narrow", "wide");
    SignalWords outputs = words("kept");
    assertThat(inputs.count()).isEqualTo(4);
    assertThat(inputs.width()).isEqualTo(139);
    inputs.write(new long[] {99, 0x1ff, -1, 5, 2, 99}, 1);
    simulator.step();
    long[] read = new long[5];
    outputs.read(read, 1);
    assertThat(read).containsExactly(0, ~0x1ffL, 5, 2, 0);
    assertThat(outputs.get(1)).isEqualTo(5);
    inputs.set(3, 3);
    simulator.step();
    assertThat(outputs.get(2)).isEqualTo(3);
    assertThat(simulator.peekBig(circuit.wide))
        .isEqualTo(new BigInteger("3" + "0000000000000005" + "ffffffffffffffff", 16));
  }

  @Test
  void valuesThatNothingNeedsAreThereToo() {
    SignalWords shown = words("complement", "kept");
    words("wide").write(new long[] {1, 2, 3}, 0);
    simulator.step();
    long[] read = new long[6];
    shown.read(read, 0);
    assertThat(read).containsExactly(~1L, ~2L, 0, 1, 2, 3);
  }

  @Test
  void onlyWhatFitsIntoInputsIsSet() {
    SignalWords inputs = words("narrow", "wide");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inputs.set(0, 0x200))
        .withMessage("word 0: 200 has bits above the width");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inputs.write(new long[] {1, 2, 3, 4}, 0))
        .withMessage("word 3: 4 has bits above the width");
    SignalWords outputs = words("kept");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> outputs.write(new long[3], 0))
        .withMessage("not all of the signals are inputs of the top module");
  }

  @Test
  void theyAreCombinedInOrder() {
    SignalWords inputs = words("narrow", "wide");
    inputs.write(new long[] {7, 1, 2, 3}, 0);
    assertThat(inputs.reduce(5, (sum, word) -> 10 * sum + word)).isEqualTo(57123);
  }
}
