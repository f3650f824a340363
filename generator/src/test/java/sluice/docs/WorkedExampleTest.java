package sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.golden.DecodeResult;

class WorkedExampleTest {

  @Test
  void theExamplesNumbersAreThoseOfTheModel() {
    WorkedExample example = new WorkedExample();
    DecodeResult result = example.modelResult();
    assertThat(example.tokens()).isEqualTo(result.selected());
    assertThat(example.outputs()).isEqualTo(result.outputs()[0]);
  }
}
