package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.Depth;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** A unit with registers gives what the operation gives, its latency later. */
@Tag("block")
class FloatUnitTest {

  @ParameterizedTest
  @EnumSource(FloatOperation.class)
  void aPipelineGivesTheSameLater(FloatOperation operation) {
    FloatUnit unit = new FloatUnit(FloatFormat.FP16, operation, Depth.stages(3));
    assertThat(unit.latency()).isEqualTo(3);
    FloatBench bench = FloatBench.of(FloatFormat.FP16, operation);
    Simulator simulator = Simulator.of(unit);
    Random random = new Random(operation.ordinal());
    Deque<Long> values = new ArrayDeque<>();
    Deque<Long> inexact = new ArrayDeque<>();
    for (int i = 0; i < 500; i++) {
      long[] numbers = new long[operation.operands()];
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = random.nextInt(1 << 16);
        simulator.poke(unit.operands.get(k), numbers[k]);
      }
      bench.apply(numbers);
      values.add(bench.value());
      inexact.add(bench.flags() & 1);
      simulator.step();
      if (values.size() == unit.latency()) {
        assertThat(simulator.peek(unit.result.value())).isEqualTo(values.remove());
        assertThat(simulator.isHigh(unit.result.flags().inexact()))
            .isEqualTo(inexact.remove() == 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FloatOperation.class)
  void anOperandMayBeAConstant(FloatOperation operation) {
    FloatFormat format = FloatFormat.FP16;
    FloatBench all = FloatBench.of(format, operation);
    Random random = new Random(3);
    for (long constant : new long[] {0, 0x3c00, 0xc248, 0x7c00, 0x7e00, 1}) {
      for (int place = 0; place < operation.operands(); place++) {
        int constantPlace = place;
        UInt literal = UInt.literal(constant, format.bits());
        FloatBench bench =
            new FloatBench(
                Collections.nCopies(operation.operands(), format.bits()),
                numbers -> {
                  List<UInt> operands = new ArrayList<>(numbers);
                  operands.set(constantPlace, literal);
                  return operation.of(format, operands);
                });
        for (int i = 0; i < 20; i++) {
          long[] numbers = random.longs(operation.operands(), 0, 1 << 16).toArray();
          bench.apply(numbers);
          numbers[place] = constant;
          all.apply(numbers);
          assertThat(bench.value()).isEqualTo(all.value());
          assertThat(bench.flags()).isEqualTo(all.flags());
        }
      }
    }
  }

  @Test
  void shorterStagesMakeMoreOfThem() {
    FloatUnit slow = new FloatUnit(FloatFormat.FP32, FloatOperation.MULTIPLY_ADD, Depth.levels(40));
    FloatUnit fast = new FloatUnit(FloatFormat.FP32, FloatOperation.MULTIPLY_ADD, Depth.levels(10));
    assertThat(fast.latency()).isGreaterThan(slow.latency());
  }
}
