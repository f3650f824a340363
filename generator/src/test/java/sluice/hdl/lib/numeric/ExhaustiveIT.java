package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sample of what {@code scripts/exhaustive} compares: 2^24 words of each operation, or all where
 * there are no more.
 */
class ExhaustiveIT {
  private static final long BLOCKS = (1L << 24) / OperationLanes.LANES;
  private static final long SEED = Long.getLong("sluice.seed", 20L);

  @ParameterizedTest
  @EnumSource(WordOperation.class)
  void randomWordsGiveWhatTheReferenceGives(WordOperation operation) throws IOException {
    assertThat(Exhaustive.sampled(operation, BLOCKS, SEED)).as("seed %d", SEED).isZero();
  }
}
