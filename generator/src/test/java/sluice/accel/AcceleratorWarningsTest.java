package sluice.accel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.config.Presets;
import sluice.hdl.Elaborator;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.Policy;

/** The accelerator builds nothing in vain, and controls nothing by what reset leaves unknown. */
class AcceleratorWarningsTest {

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "edge", "reference"})
  void thereAreNone(String preset) {
    List<Diagnostic> warnings = new ArrayList<>();
    Elaborator.elaborate(
        new Accelerator(Presets.get(preset)), Policy.standard().tell(warnings::add));
    assertThat(warnings).isEmpty();
  }
}
