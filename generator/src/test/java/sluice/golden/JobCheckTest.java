package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.config.TestConfigs;
import sluice.layout.DecodeMode;
import sluice.layout.DecodeParameters;
import sluice.layout.Status;

class JobCheckTest {

  private final JobCheck check = new JobCheck(TestConfigs.tiny());

  @ParameterizedTest
  @CsvSource({
    "1024, 256, 0, 0, 1, 0x3F800000, 65536, OK",
    "1, 0, 0, 0, 7, 0x3F800000, 0, OK",
    "1, 0, 0, 0, 5, 0x30000000, 0, OK",
    "1, 0, 0, 0, 3, 0x477FFFFF, 0, OK",
    "0, 0, 0, 0, 1, 0x3F800000, 0, EMPTY",
    "1025, 0, 0, 0, 1, 0x3F800000, 0, CONTEXT",
    "9, 100, 100, 57, 1, 0x3F800000, 0, CAPACITY",
    "9, 0, 0, 0, 2, 0x3F800000, 0, WINDOW",
    "9, 0, 0, 0, 9, 0x3F800000, 0, WINDOW",
    "9, 0, 0, 0, 1, 0x2FFFFFFF, 0, FACTOR",
    "9, 0, 0, 0, 1, 0x47800000, 0, FACTOR",
    "9, 0, 0, 0, 1, 0x7FC00000, 0, FACTOR",
    "9, 0, 0, 0, 1, 0x00000000, 0, FACTOR",
    "9, 0, 0, 0, 1, 0x3F800000, 65537, SKIP",
  })
  void limitsOfAStepAreExact(
      long n, long k, long sink, long recent, int w, String factor, long skip, Status status) {
    int bits = Integer.decode(factor);
    DecodeParameters parameters = new DecodeParameters(n, k, sink, recent, w, bits, skip);
    assertThat(check.parameters(parameters)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0x3F800000, 65536, OK",
    "256, 0x3F800000, 0, OK",
    "257, 0x3F800000, 0, CAPACITY",
    "1024, 0x3F800000, 0, CAPACITY",
    "1025, 0x3F800000, 0, CONTEXT",
    "0, 0x3F800000, 0, EMPTY",
    "9, 0x2FFFFFFF, 0, FACTOR",
    "9, 0x3F800000, 65537, SKIP",
  })
  void limitsOfADenseStepAreExact(long n, String factor, long skip, Status status) {
    DecodeParameters dense = DecodeParameters.dense(n, Integer.decode(factor), skip);
    assertThat(check.parameters(dense)).isEqualTo(status);
    // The counts and the window of a dense step mean nothing.
    DecodeParameters junk =
        new DecodeParameters(
            DecodeMode.DENSE, n, 1000, 1000, 1000, 2, Integer.decode(factor), skip);
    assertThat(check.parameters(junk)).isEqualTo(status);
  }

  @Test
  void windowAllowsWhatLiesInsideAndIsAligned() {
    HostWindow window = new HostWindow(0x1000, 0x2000);
    assertThat(window.allows(0x1000, 0x1000)).isTrue();
    assertThat(window.allows(0x1FF8, 8)).isTrue();
    assertThat(window.allows(0x1FF8, 9)).isFalse();
    assertThat(window.allows(0x0FF8, 8)).isFalse();
    assertThat(window.allows(0x1004, 8)).isFalse();
    assertThat(window.allows(0x2008, 0)).isFalse();
  }

  @Test
  void windowAtTheTopOfTheAddressSpaceDoesNotWrap() {
    HostWindow window = new HostWindow(0x8000_0000_0000_0000L, -8);
    assertThat(window.allows(-16, 8)).isTrue();
    assertThat(window.allows(-16, 16)).isFalse();
    assertThat(window.allows(-16, Long.MAX_VALUE)).isFalse();
    assertThat(window.allows(0, 8)).isFalse();
  }

  @Test
  void customaryFactorIsLog2OfEOverRootOfD() {
    float factor = Float.intBitsToFloat(DecodeParameters.defaultFactor(128));
    assertThat(factor).isEqualTo((float) (1.4426950408889634 / Math.sqrt(128)));
    assertThat(DecodeParameters.isFactor(DecodeParameters.defaultFactor(16))).isTrue();
    assertThat(DecodeParameters.isFactor(DecodeParameters.defaultFactor(256))).isTrue();
  }
}
