package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.tensor.HalfMatrix;

class CalibrationTest {

  private static final AcceleratorConfig TINY = TestConfigs.tiny();
  private static final String GOOD =
      "{\"heavy\": [0,1,2,3,4,5,6,7], \"weights\": [1,1,1,1,1,1,0.5,0], \"thresholds\": ["
          + "[-1,0,1],[-1,0,1],[-1,0,1],[-1,0,1],[-1,0,1],[-1,0,1],[-0.5,0,0.5],[2,2,2]]}";

  @TempDir Path folder;

  @Test
  void heavyChannelsHaveTheLargestProductOfSpreadAndQuery() {
    // Channel j spreads by 1 + j; queries are strong in channels 0 to 3 only.
    short[][] keys = new short[2][16];
    short[][] queries = new short[1][16];
    for (int j = 0; j < 16; j++) {
      keys[0][j] = Half.ofDouble(10 + 1 + j);
      keys[1][j] = Half.ofDouble(10 - 1 - j);
      queries[0][j] = Half.ofDouble(j < 4 ? -20 : 1);
    }
    Calibration calibration =
        new Calibrator(TINY).calibrate(HalfMatrix.ofRows(keys), HalfMatrix.ofRows(queries));
    assertThat(calibration.heavy()).containsExactly(0, 1, 2, 3, 12, 13, 14, 15);
    assertThat(calibration.weights()[1]).isEqualTo(Half.ofDouble(2));
    assertThat(calibration.thresholds()[1])
        .containsExactly(Half.ofDouble(8), Half.ofDouble(10), Half.ofDouble(12));
  }

  @Test
  void fourBitCodesHaveFifteenThresholds() {
    AcceleratorConfig config = TestConfigs.trace(1, 4);
    Random random = new Random(1);
    HalfMatrix keys = Samples.normal(random, 500, 32, 2);
    Calibration calibration =
        new Calibrator(config).calibrate(keys, Samples.normal(random, 3, 32, 1));
    calibration.check(config);
    double spacing = Half.toDouble(calibration.weights()[0]);
    assertThat(spacing).isBetween(0.6, 0.8);
    short[] thresholds = calibration.thresholds()[0];
    assertThat(Half.toDouble(thresholds[14]) - Half.toDouble(thresholds[0]))
        .isBetween(13.9 * spacing, 14.1 * spacing);
  }

  @Test
  void specialAndHugeSamplesStillGiveAFittingCalibration() {
    Random random = new Random(2);
    HalfMatrix keys = Samples.normal(random, 50, 16, 30000);
    keys.bits()[3] = Half.NAN;
    keys.bits()[17] = Half.INFINITY;
    Calibration calibration =
        new Calibrator(TINY).calibrate(keys, Samples.normal(random, 3, 16, 1));
    calibration.check(TINY);
    HalfMatrix nothing = new HalfMatrix(0, 16, new short[0]);
    new Calibrator(TINY).calibrate(nothing, nothing).check(TINY);
  }

  @Test
  void samplesOfAnotherWidthAreRefused() {
    HalfMatrix wide = new HalfMatrix(1, 32, new short[32]);
    assertThatThrownBy(() -> new Calibrator(TINY).calibrate(wide, wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys: 32 columns; allowed: 16 (headDim)");
  }

  @Test
  void calibrationComesBackFromItsFile() throws IOException {
    Random random = new Random(3);
    Calibration calibration =
        new Calibrator(TINY)
            .calibrate(Samples.normal(random, 99, 16, 1e-5), Samples.normal(random, 3, 16, 1));
    Path file = folder.resolve("c.json");
    CalibrationFile.write(file, calibration);
    assertThat(CalibrationFile.read(file, TINY)).isEqualTo(calibration);
    assertThat(Files.readString(file)).startsWith("{\n  \"heavy\" : [ ").endsWith("}\n");
  }

  @Test
  void fileMayBeWrittenByHand() throws IOException {
    Calibration calibration = CalibrationFile.read(written(GOOD), TINY);
    assertThat(calibration.weights()[6]).isEqualTo((short) 0x3800);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0,1,2, | [0,1,1, | heavy[2]: 1 again; allowed: every channel at most once",
        "6,7] | 6,16] | heavy[7]: 16; allowed: channels 0 to 15 (headDim)",
        "6,7] | 6,7.5] | heavy[7]: 7.5; allowed: integers",
        "6,7] | 6] | weights: 8 numbers; allowed: 7, one a heavy channel",
        "0.5,0] | 0.1,0] | weights[6]: 0.1; allowed: numbers exactly representable in FP16",
        "0.5,0] | -0.5,0] | weights[6]: -0.5; allowed: finite numbers that are not negative",
        "0.5,0] | 1e6,0] | weights[6]: 1000000.0; allowed: numbers exactly representable in FP16",
        "0.5,0] | true,0] | weights[6]: true; allowed: numbers exactly representable in FP16",
        "[2,2,2] | [2,2] | thresholds[7]: 2 numbers; allowed: 3 (keyBits is 2)",
        "[2,2,2] | [2,2,1] | thresholds[7][2]: 1.0 after 2.0; allowed: ascending numbers",
        "[2,2,2] | 2 | thresholds[7]: 2; allowed: a list of numbers",
        "weights | wieghts | wieghts: no such field; allowed: [heavy, weights, thresholds]",
      })
  void misfitIsNamedWithWhatIsAllowed(String good, String bad, String problem) throws IOException {
    Path file = written(GOOD.replace(good, bad));
    assertThatThrownBy(() -> CalibrationFile.read(file, TINY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": " + problem);
  }

  @Test
  void missingFieldAndBrokenJsonAreNamed() throws IOException {
    Path missing = written("{\"heavy\": []}");
    assertThatThrownBy(() -> CalibrationFile.read(missing, TINY))
        .hasMessage(missing + ": weights: missing; allowed: a list");
    Path broken = written("{\"heavy\": [1,\n}");
    assertThatThrownBy(() -> CalibrationFile.read(broken, TINY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(broken + ", line 2: not JSON: ");
  }

  @Test
  void calibrationForAnotherConfigurationIsRefused() throws IOException {
    Path file = written(GOOD);
    assertThatThrownBy(() -> CalibrationFile.read(file, TestConfigs.wide()))
        .hasMessage(file + ": heavy: 8 channels; allowed: 30 (heavyChannels)");
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("c.json"), text);
  }
}
