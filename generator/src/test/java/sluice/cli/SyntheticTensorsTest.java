package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.golden.Half;
import sluice.tensor.HalfMatrix;

class SyntheticTensorsTest {

  @Test
  void aSeedGivesTheSameTensorsAgain() {
    SyntheticTensors tensors = SyntheticTensors.of(4, 100, 16, 7);
    assertThat(SyntheticTensors.of(4, 100, 16, 7)).isEqualTo(tensors);
    assertThat(SyntheticTensors.of(4, 100, 16, 8)).isNotEqualTo(tensors);
  }

  @Test
  void valuesAreNormalAndKeyChannelsDiffer() {
    SyntheticTensors tensors = SyntheticTensors.of(1, 20_000, 16, 3);
    double leastSpread = Double.MAX_VALUE;
    double mostSpread = 0;
    for (int j = 0; j < 16; j++) {
      assertThat(spread(tensors.values(), j)).isBetween(0.95, 1.05);
      double spread = spread(tensors.keys(), j);
      leastSpread = Math.min(leastSpread, spread);
      mostSpread = Math.max(mostSpread, spread);
    }
    assertThat(mostSpread).isGreaterThan(2 * leastSpread);
  }

  private static double spread(HalfMatrix matrix, int column) {
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      double element = Half.toDouble(matrix.get(row, column));
      sum += element;
      squares += element * element;
    }
    double mean = sum / matrix.rows();
    return Math.sqrt(squares / matrix.rows() - mean * mean);
  }
}
