package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.sim.EngineShapes;

/**
 * Operations and conversions on the vectors of Berkeley TestFloat, with all flags; long files in
 * part on an engine that is another process. {@code -Dsluice.testfloat.every=1} takes all there
 * too.
 */
@Tag("block")
class TestFloatTest {
  /** So many cases are applied to another process in about a second. */
  private static final int LONG = 1000;

  private static final int EVERY =
      Integer.getInteger("sluice.testfloat.every", EngineShapes.areInJvm() ? 1 : 10);

  @ParameterizedTest
  @CsvSource({
    "ADD, f16_add, 1",
    "SUBTRACT, f16_sub, 1",
    "MULTIPLY, f16_mul, 1",
    "MULTIPLY_ADD, f16_mulAdd.200k, 2",
    "EQUAL, f16_eq, 1",
    "LESS_THAN, f16_lt, 1",
    "AT_MOST, f16_le, 1"
  })
  void anOperationOfHalvesIsExact(FloatOperation operation, String file, int every)
      throws IOException {
    check(FloatBench.of(FloatFormat.FP16, operation), file, every);
  }

  @ParameterizedTest
  @CsvSource({"ADD, f32_add, 1", "MULTIPLY, f32_mul, 1", "MULTIPLY_ADD, f32_mulAdd.200k, 4"})
  void anOperationOfSinglesIsExact(FloatOperation operation, String file, int every)
      throws IOException {
    check(FloatBench.of(FloatFormat.FP32, operation), file, every);
  }

  @Test
  void aHalfBecomesASingle() throws IOException {
    check(
        new FloatBench(
            List.of(16), in -> FloatConvert.convert(FloatFormat.FP16, FloatFormat.FP32, in.get(0))),
        "f16_to_f32",
        1);
  }

  @Test
  void aSingleBecomesAHalf() throws IOException {
    check(
        new FloatBench(
            List.of(32), in -> FloatConvert.convert(FloatFormat.FP32, FloatFormat.FP16, in.get(0))),
        "f32_to_f16",
        1);
  }

  @Test
  void aHalfBecomesAnInteger() throws IOException {
    check(
        new FloatBench(List.of(16), in -> FloatConvert.toSigned(FloatFormat.FP16, in.get(0), 32)),
        "f16_to_i32",
        1);
  }

  @Test
  void aSingleBecomesAnInteger() throws IOException {
    check(
        new FloatBench(List.of(32), in -> FloatConvert.toSigned(FloatFormat.FP32, in.get(0), 32)),
        "f32_to_i32",
        1);
  }

  @Test
  void anIntegerBecomesAHalf() throws IOException {
    check(
        new FloatBench(
            List.of(32), in -> FloatConvert.fromSigned(FloatFormat.FP16, in.get(0).asSInt())),
        "i32_to_f16",
        1);
  }

  private static void check(FloatBench bench, String file, int every) throws IOException {
    List<long[]> cases = TestFloatVectors.read(file, every);
    assertThat(cases).hasSizeGreaterThan(300);
    int step = cases.size() > LONG ? EVERY : 1;
    for (int i = 0; i < cases.size(); i += step) {
      long[] one = cases.get(i);
      bench.apply(one);
      int operands = one.length - 2;
      if (bench.value() != one[operands] || bench.flags() != one[operands + 1]) {
        assertThat("%x %02x".formatted(bench.value(), bench.flags()))
            .as("%x %x %x", one[0], one[1], one[2])
            .isEqualTo("%x %02x".formatted(one[operands], one[operands + 1]));
      }
    }
  }
}
