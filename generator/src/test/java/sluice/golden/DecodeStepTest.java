package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.layout.DecodeParameters;
import sluice.layout.Status;
import sluice.tensor.HalfMatrix;

class DecodeStepTest {

  private static final int D = 32;
  private static final short ONE = 0x3C00;

  private final AcceleratorConfig config = TestConfigs.trace(2, 2);

  private DecodeResult run(
      short[][] query, HalfMatrix keys, HalfMatrix values, DecodeParameters parameters) {
    Calibration calibration =
        new Calibrator(config).calibrate(keys, HalfMatrix.ofRows(new short[][] {query[0]}));
    return new DecodeStep(config)
        .run(query, new MatrixHeadCache(keys, values, calibration), calibration, parameters);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "2, 1.0", "3, 2.0", "4, 4.0"})
  void outputsAreAttentionOverTheSelectedTokens(int seed, double deviation) {
    Random random = new Random(seed);
    short[][] query = Samples.rows(Samples.normal(random, 2, D, deviation));
    HalfMatrix keys = Samples.normal(random, 400, D, deviation);
    HalfMatrix values = Samples.normal(random, 400, D, 1);
    DecodeResult result = run(query, keys, values, Samples.parameters(D, 400, 60, 4, 16));
    assertThat(result.selected()).hasSize(80);
    assertThat(result.status()).isEqualTo(Status.OK);
    assertAttention(result, query, keys, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  void fiveDecadesOfRangeAreComputedAsWell(int seed) {
    Random random = new Random(seed);
    short[][] query = Samples.rows(Samples.decades(random, 2, D));
    HalfMatrix keys = Samples.decades(random, 300, D);
    HalfMatrix values = Samples.decades(random, 300, D);
    DecodeResult result = run(query, keys, values, Samples.parameters(D, 300, 50, 1, 1));
    assertAttention(result, query, keys, values);
  }

  @ParameterizedTest
  @CsvSource({"minilm-l0h2-n2048, 2", "minilm-l3h1-n2048, 2", "minilm-l3h1-n2048, 4"})
  void realHeadsAreAttentionOverTheSelectedTokens(String name, int keyBits) throws IOException {
    AcceleratorConfig one = TestConfigs.trace(1, keyBits);
    Samples.Trace trace = Samples.trace(name);
    Calibration calibration = new Calibrator(one).calibrate(trace.k(), trace.q());
    HeadCache cache = new MatrixHeadCache(trace.k(), trace.v(), calibration);
    double captured = 0;
    for (int i = 0; i < trace.q().rows(); i++) {
      short[][] query = {trace.q().row(i)};
      DecodeResult result =
          new DecodeStep(one)
              .run(query, cache, calibration, Samples.parameters(D, 2048, 192, 4, 32));
      assertThat(result.selected()).hasSize(228);
      assertAttention(result, query, trace.k(), trace.v());
      captured += captured(result.selected(), query[0], trace.k()) / trace.q().rows();
    }
    double uniform = 228 / 2048.0;
    assertThat(captured).as("attention of the selected tokens").isGreaterThan(2 * uniform);
  }

  @Test
  void oneTokenIsItsValue() {
    Random random = new Random(7);
    HalfMatrix keys = Samples.normal(random, 1, D, 1);
    HalfMatrix values = Samples.normal(random, 1, D, 1);
    short[][] query = Samples.rows(Samples.normal(random, 2, D, 1));
    DecodeResult result = run(query, keys, values, Samples.parameters(D, 1, 1, 0, 0));
    assertThat(result.outputs()).isDeepEqualTo(new short[][] {values.row(0), values.row(0)});
    assertThat(result.selected()).containsExactly(0);
  }

  @Test
  void noTokenGivesPlusZero() {
    HalfMatrix ones = filled(5, ONE);
    DecodeResult result =
        run(Samples.rows(filled(2, ONE)), ones, ones, Samples.parameters(D, 5, 0, 0, 0));
    assertThat(result.outputs()).isDeepEqualTo(new short[2][D]);
    assertThat(result.selected()).isEmpty();
    assertThat(result.status()).isEqualTo(Status.OK);
  }

  @Test
  void negativeOutputThatRoundsToZeroKeepsItsSign() {
    HalfMatrix keys = filled(4, ONE);
    HalfMatrix values = filled(4, (short) 0);
    values.bits()[0] = (short) 0x8001;
    values.bits()[1] = 1;
    values.bits()[2] = (short) 0x8000;
    DecodeResult result =
        run(Samples.rows(filled(2, ONE)), keys, values, Samples.parameters(D, 4, 4, 0, 0));
    assertThat(Arrays.copyOf(result.outputs()[0], 3)).containsExactly((short) 0x8000, 0, 0);
  }

  @Test
  void valuesWhoseWeightsAreAllBelowTheSkipThresholdAreNotRead() {
    HalfMatrix keys = filled(6, (short) 0);
    Arrays.fill(keys.bits(), 0, D, ONE);
    HalfMatrix values = filled(6, ONE);
    values.bits()[5 * D + 3] = Half.NAN;
    DecodeParameters all = Samples.parameters(D, 6, 6, 0, 0);
    DecodeParameters skipping = new DecodeParameters(6, 6, 0, 0, all.window(), all.factor(), 65536);
    short[][] query = Samples.rows(filled(2, ONE));
    DecodeResult read = run(query, keys, values, all);
    assertThat(read.status()).isEqualTo(Status.INVALID_OPERAND);
    assertThat(read.skipped()).isZero();
    assertThat(read.outputs()[1][3]).isEqualTo(Half.NAN);
    assertThat(read.outputs()[1][4]).isEqualTo(ONE);
    DecodeResult skipped = run(query, keys, values, skipping);
    assertThat(skipped.status()).isEqualTo(Status.OK);
    assertThat(skipped.skipped()).isEqualTo(5);
    assertThat(skipped.outputs()).isDeepEqualTo(new short[][] {values.row(0), values.row(0)});
  }

  @ParameterizedTest
  @ValueSource(shorts = {0x7C00, (short) 0xFC00, 0x7E00, (short) 0xFC01})
  void specialQueryMakesItsOwnHeadNan(short special) {
    Random random = new Random(8);
    HalfMatrix keys = Samples.normal(random, 20, D, 1);
    HalfMatrix values = Samples.normal(random, 20, D, 1);
    short[][] query = Samples.rows(Samples.normal(random, 2, D, 1));
    query[1][31] = special;
    DecodeResult result = run(query, keys, values, Samples.parameters(D, 20, 20, 0, 0));
    assertThat(result.status()).isEqualTo(Status.INVALID_OPERAND);
    assertThat(result.outputs()[1]).containsOnly(Half.NAN);
    query[1][31] = 0;
    DecodeResult finite = run(query, keys, values, Samples.parameters(D, 20, 20, 0, 0));
    assertThat(result.outputs()[0]).isEqualTo(finite.outputs()[0]);
    query[1][31] = special;
    DecodeResult none = run(query, keys, values, Samples.parameters(D, 20, 0, 0, 0));
    assertThat(none.outputs()[1]).containsOnly(Half.NAN);
    assertThat(none.status()).isEqualTo(Status.INVALID_OPERAND);
  }

  @Test
  void specialKeyMakesAllHeadsNanIfItsTokenIsSelected() {
    HalfMatrix keys = filled(8, ONE);
    keys.bits()[2 * D + 9] = Half.INFINITY;
    HalfMatrix values = filled(8, ONE);
    short[][] query = Samples.rows(filled(2, ONE));
    DecodeResult selected = run(query, keys, values, Samples.parameters(D, 8, 0, 3, 0));
    assertThat(selected.status()).isEqualTo(Status.INVALID_OPERAND);
    assertThat(selected.outputs()[0]).containsOnly(Half.NAN);
    assertThat(selected.outputs()[1]).containsOnly(Half.NAN);
    DecodeResult left = run(query, keys, values, Samples.parameters(D, 8, 0, 2, 0));
    assertThat(left.status()).isEqualTo(Status.OK);
    assertThat(left.outputs()[0]).containsOnly(ONE);
  }

  @Test
  void specialValueMakesNanOnlyTheHeadsThatWeighIt() {
    HalfMatrix keys = filled(2, (short) 0);
    keys.bits()[0] = Half.ofDouble(100);
    HalfMatrix values = filled(2, ONE);
    values.bits()[D + 5] = (short) 0xFC00;
    short[][] query = new short[2][D];
    query[0][0] = Half.ofDouble(100);
    DecodeResult result = run(query, keys, values, Samples.parameters(D, 2, 2, 0, 0));
    assertThat(result.outputs()[0]).containsOnly(ONE);
    assertThat(result.outputs()[1][5]).isEqualTo(Half.NAN);
    assertThat(result.outputs()[1][6]).isEqualTo(ONE);
    assertThat(result.status()).isEqualTo(Status.INVALID_OPERAND);
    assertThat(result.skipped()).isZero();
  }

  @Test
  void largestOperandsSaturateAndDoNotOverflow() {
    HalfMatrix keys = filled(3, Half.MAX);
    Arrays.fill(keys.bits(), 0, D, (short) (Half.MAX | 0x8000));
    HalfMatrix values = filled(3, (short) (Half.MAX | 0x8000));
    DecodeResult result =
        run(Samples.rows(filled(2, Half.MAX)), keys, values, Samples.parameters(D, 3, 3, 0, 0));
    assertThat(result.outputs()[0]).containsOnly((short) (Half.MAX | 0x8000));
    assertThat(result.skipped()).isEqualTo(1);
  }

  private static HalfMatrix filled(int rows, short bits) {
    short[] all = new short[rows * D];
    Arrays.fill(all, bits);
    return new HalfMatrix(rows, D, all);
  }

  /** Every output is within 1e-4 of the largest |v|, and its own rounding, of float64 attention. */
  private static void assertAttention(
      DecodeResult result, short[][] query, HalfMatrix keys, HalfMatrix values) {
    double largest = 0;
    for (short bits : values.bits()) {
      largest = Math.max(largest, Math.abs(Half.toDouble(bits)));
    }
    for (int g = 0; g < query.length; g++) {
      double[] weights = softmax(result.selected(), query[g], keys);
      for (int j = 0; j < D; j++) {
        double expected = 0;
        for (int s = 0; s < weights.length; s++) {
          expected += weights[s] * Half.toDouble(values.get(result.selected()[s], j));
        }
        double rounding = Math.abs(expected) / 2048;
        assertThat(Half.toDouble(result.outputs()[g][j]))
            .isBetween(expected - 1e-4 * largest - rounding, expected + 1e-4 * largest + rounding);
      }
    }
  }

  /** The part of dense attention that falls to some tokens. */
  private static double captured(int[] tokens, short[] query, HalfMatrix keys) {
    double[] dense = softmax(IntStream.range(0, keys.rows()).toArray(), query, keys);
    return IntStream.of(tokens).mapToDouble(t -> dense[t]).sum();
  }

  private static double[] softmax(int[] tokens, short[] query, HalfMatrix keys) {
    double[] weights = new double[tokens.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < tokens.length; s++) {
      double dot = 0;
      for (int j = 0; j < D; j++) {
        dot += Half.toDouble(query[j]) * Half.toDouble(keys.get(tokens[s], j));
      }
      weights[s] = dot / Math.sqrt(D);
      most = Math.max(most, weights[s]);
    }
    double sum = 0;
    for (int s = 0; s < weights.length; s++) {
      weights[s] = Math.exp(weights[s] - most);
      sum += weights[s];
    }
    for (int s = 0; s < weights.length; s++) {
      weights[s] /= sum;
    }
    return weights;
  }
}
