package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Bits that the hardware leaves undefined, seeds, and engines by name. */
class SimulatorOptionsTest {

  /** A table, and a register that nothing assigns. */
  private static final class Table extends Module {
    final UInt address = input(UInt.of(4));
    final Bool enable = input(Bool.of());
    final Bool write = input(Bool.of());
    final UInt data = output(UInt.of(40));
    final UInt idle = register(UInt.of(40));

    Table() {
      Memory<UInt> table = memory(UInt.of(40), 16);
      table.write(write, address, idle);
      data.set(table.read(address, enable));
    }
  }

  private static final SimulatorOptions JVM =
      SimulatorOptions.standard().withEngine(SimulatorOptions.JVM);

  private static Set<Long> undefinedReads(String engine, Undefined undefined, long seed) {
    Table table = new Table();
    Simulator simulator =
        Simulator.of(table, JVM.withEngine(engine).withUndefined(undefined).withSeed(seed));
    Set<Long> reads = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      simulator.step();
      reads.add(simulator.peek(table.data));
    }
    return reads;
  }

  @ParameterizedTest
  @ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
  void undefinedReadsAreAPatternOrRandom(String engine) {
    for (Undefined pattern : List.of(Undefined.ZERO, Undefined.PATTERN)) {
      assertThat(undefinedReads(engine, pattern, 1)).containsExactly(0xaa_aaaa_aaaaL);
    }
    assertThat(undefinedReads(engine, Undefined.RANDOM, 1))
        .hasSize(5)
        .isEqualTo(undefinedReads(engine, Undefined.RANDOM, 1))
        .isNotEqualTo(undefinedReads(engine, Undefined.RANDOM, 2));
  }

  @Test
  void stateStartsAsZerosOrRandom() {
    for (Undefined undefined : Undefined.values()) {
      Table table = new Table();
      Simulator simulator = Simulator.of(table, JVM.withUndefined(undefined));
      List<BigInteger> words = new ArrayList<>(simulator.memory("table").dump());
      words.add(simulator.peekBig(table.idle));
      boolean zero = words.stream().allMatch(word -> word.signum() == 0);
      assertThat(zero).as(undefined.name()).isEqualTo(undefined == Undefined.ZERO);
    }
  }

  @Test
  void theStandardIsThePatternAndAFixedSeed() {
    assertThat(SimulatorOptions.standard().undefined()).isEqualTo(Undefined.PATTERN);
    Table table = new Table();
    long idle = Simulator.of(table, JVM).peek(table.idle);
    assertThat(Simulator.of(table, JVM).peek(table.idle)).isEqualTo(idle);
  }

  @Test
  void anEngineThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulator.of(new Table(), JVM.withEngine("spice")))
        .withMessage("no engine spice among [jvm, interpreted, compiled, verilator]");
  }

  @Test
  void theSeedThatFailsIsNamed() {
    List<Long> seeds = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Seeds.each(
                    10,
                    5,
                    seed -> {
                      seeds.add(seed);
                      assertThat(seed).as("odd").isLessThan(13);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("seed 13: [odd]")
        .hasCauseInstanceOf(AssertionError.class);
    assertThat(seeds).containsExactly(10L, 11L, 12L, 13L);
  }
}
