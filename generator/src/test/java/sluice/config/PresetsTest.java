package sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {

  static Iterable<String> names() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetKeepsTheRules(String name) {
    assertThat(ConfigValidation.problems(Presets.get(name))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetSetsEveryField(String name) {
    assertThat(ConfigFields.of(Presets.get(name))).containsOnlyKeys(ConfigFields.names());
  }

  @ParameterizedTest
  @CsvSource({
    "tiny, 4, 4, 16",
    "trace, 8, 16, 64",
    "edge, 8, 8, 64",
    "reference, 4, 64, 64",
    "u280, 4, 128, 64"
  })
  void lanesRowsAndPagesFollow(String name, int lanes, int rowTokens, int pages) {
    AcceleratorConfig preset = Presets.get(name);

    assertThat(preset.lanes()).isEqualTo(lanes);
    assertThat(preset.rowTokens()).isEqualTo(rowTokens);
    assertThat(preset.pages()).isEqualTo(pages);
  }

  @Test
  void edgeIsOneWideChannelOfGroupedHeads() {
    assertThat(Presets.get("edge"))
        .isEqualTo(
            TestConfigs.operators(1, 512, 128, 4, 32, 2, 4, 256, 32768, 8192, 512, 8, 16, 8, 40));
  }

  @Test
  void unknownNameListsThePresetsAndTheNearest() {
    assertThatThrownBy(() -> Presets.get("egde"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "unknown preset 'egde' (did you mean 'edge'?);"
                + " the presets are tiny, trace, edge, reference, u280");
  }

  @Test
  void unknownNameFarFromAllSuggestsNone() {
    assertThatThrownBy(() -> Presets.get("gpu"))
        .hasMessage("unknown preset 'gpu'; the presets are tiny, trace, edge, reference, u280");
  }
}
