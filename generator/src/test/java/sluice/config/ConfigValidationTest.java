package sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigValidationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channels      |       3 | channels is 3; allowed is 1, 2, 4, 8, 16 or 32",
        "channels      |      64 | channels is 64; allowed is 1, 2, 4, 8, 16 or 32",
        "channelBits   |      32 | channelBits is 32; allowed is 64, 128, 256 or 512",
        "headDim       |       8 | headDim is 8; allowed is a power of two, 16 to 256",
        "headDim       |      96 | headDim is 96; allowed is a power of two, 16 to 256",
        "headDim       |     512 | headDim is 512; allowed is a power of two, 16 to 256",
        "groupQueries  |       0 | groupQueries is 0; allowed is 1 to 8",
        "groupQueries  |       9 | groupQueries is 9; allowed is 1 to 8",
        "heavyChannels |       7 | heavyChannels is 7; allowed is 8 to 256",
        "keyBits       |       3 | keyBits is 3; allowed is 2 or 4",
        "queryBits     |       1 | queryBits is 1; allowed is 2 to 8",
        "queryBits     |       9 | queryBits is 9; allowed is 2 to 8",
        "buckets       |       8 | buckets is 8; allowed is a power of two, 16 to 1024",
        "buckets       |     100 | buckets is 100; allowed is a power of two, 16 to 1024",
        "context       |    1000 | context is 1000; allowed is a power of two, 16 to 1048576",
        "context       |       8 | context is 8; allowed is a power of two, 16 to 1048576",
        "context       | 2097152 | context is 2097152; allowed is a power of two, 16 to 1048576",
        "maxSelected   |       0 | maxSelected is 0; allowed is 1 to 1048576",
        "pageTokens    |      48 | pageTokens is 48; allowed is a power of two, 1 to 1048576",
        "kvHeads       |       0 | kvHeads is 0; allowed is 1 to 256",
        "kvHeads       |     257 | kvHeads is 257; allowed is 1 to 256",
        "readsInFlight |      65 | readsInFlight is 65; allowed is 1 to 64",
        "dividers      |      -1 | dividers is -1; allowed is 1 to 64",
        "addressBits   |      31 | addressBits is 31; allowed is 32 to 64",
        "addressBits   |      65 | addressBits is 65; allowed is 32 to 64",
      })
  void refusesAFieldOutOfItsRange(String field, int value, String problem) {
    assertThat(ConfigValidation.problems(tinyWith(Map.of(field, value)))).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "groupQueries, 8",
    "queryBits, 2",
    "queryBits, 8",
    "buckets, 16",
    "buckets, 1024",
    "heavyChannels, 12",
    "kvHeads, 256",
    "readsInFlight, 1",
    "readsInFlight, 64",
    "dividers, 64",
    "addressBits, 32",
    "addressBits, 64",
    "maxSelected, 1",
    "maxSelected, 1024",
    "context, 1048576",
    "context, 256",
    "pageTokens, 4",
    "pageTokens, 1024"
  })
  void acceptsTheEndsOfARange(String field, int value) {
    assertThat(ConfigValidation.problems(tinyWith(Map.of(field, value)))).isEmpty();
  }

  @Test
  void refusesMoreHeavyChannelsThanDimensions() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("heavyChannels", 17))))
        .containsExactly("heavyChannels is 17; allowed is at most headDim, which is 16");
  }

  @Test
  void refusesKeyRecordsWiderThanABeat() {
    assertThat(
            ConfigValidation.problems(
                tinyWith(Map.of("headDim", 64, "heavyChannels", 33, "keyBits", 2))))
        .containsExactly(
            "heavyChannels is 33 and keyBits is 2, which makes key records of 128 bits;"
                + " allowed is at most channelBits, which is 64");
  }

  @Test
  void refusesABeatWiderThanAVector() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("channelBits", 512))))
        .containsExactly("channelBits is 512; allowed is at most one vector, headDim x 16 = 256");
  }

  @Test
  void refusesMoreSelectedThanContext() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("maxSelected", 1025))))
        .containsExactly("maxSelected is 1025; allowed is at most context, which is 1024");
  }

  @Test
  void refusesPagesLargerThanTheContext() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("pageTokens", 2048))))
        .containsExactly("pageTokens is 2048; allowed is at most context, which is 1024");
  }

  @Test
  void refusesPagesSmallerThanARow() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("channels", 32, "pageTokens", 64))))
        .containsExactly(
            "pageTokens is 64; allowed is at least a row of tokens, channels x lanes = 32 x 4 = 128");
  }

  @Test
  void refusesMorePagesThanABlockTableHolds() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("context", 1048576, "pageTokens", 8))))
        .containsExactly(
            "pageTokens is 8, which makes 131072 pages of a context of 1048576;"
                + " allowed are at most 65536 pages");
  }

  @Test
  void leavesOutRelationsOfAFieldThatIsWrongItself() {
    assertThat(ConfigValidation.problems(tinyWith(Map.of("headDim", 0, "channelBits", 0))))
        .containsExactly(
            "channelBits is 0; allowed is 64, 128, 256 or 512",
            "headDim is 0; allowed is a power of two, 16 to 256");
  }

  @Test
  void reportsAllProblemsTogether() {
    AcceleratorConfig config = tinyWith(Map.of("channels", 3, "keyBits", 5, "maxSelected", 5000));

    assertThatThrownBy(() -> ConfigValidation.check(config))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            3 problems with the configuration:
              channels is 3; allowed is 1, 2, 4, 8, 16 or 32
              keyBits is 5; allowed is 2 or 4
              maxSelected is 5000; allowed is at most context, which is 1024""");
  }

  @Test
  void aSingleProblemIsTheWholeMessage() {
    AcceleratorConfig config = tinyWith(Map.of("keyBits", 5));

    assertThatThrownBy(() -> ConfigValidation.check(config))
        .hasMessage("keyBits is 5; allowed is 2 or 4")
        .extracting(e -> ((ConfigException) e).problems())
        .isEqualTo(List.of("keyBits is 5; allowed is 2 or 4"));
  }

  @Test
  void handsBackAConfigurationThatKeepsTheRules() {
    AcceleratorConfig tiny = Presets.get("tiny");

    assertThat(ConfigValidation.check(tiny)).isSameAs(tiny);
  }

  private static AcceleratorConfig tinyWith(Map<String, Integer> changes) {
    Map<String, Object> values = new LinkedHashMap<>(ConfigFields.of(Presets.get("tiny")));
    values.putAll(changes);
    return ConfigFields.toConfig(values);
  }
}
