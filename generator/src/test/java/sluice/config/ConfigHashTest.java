package sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigHashTest {

  @Test
  void isTheStartOfTheSha256OfAllFields() {
    // The lines name=value, one a field, given to sha256sum.
    assertThat(ConfigHash.of(Presets.get("tiny"))).isEqualTo(0xc94f9b1d);
  }

  @Test
  void everyFieldCounts() {
    Map<String, Object> tiny = ConfigFields.of(Presets.get("tiny"));
    Set<Integer> hashes = new HashSet<>();
    hashes.add(ConfigHash.of(Presets.get("tiny")));

    for (String field : ConfigFields.names()) {
      Map<String, Object> changed = new LinkedHashMap<>(tiny);
      changed.compute(field, (name, value) -> other(value));
      hashes.add(ConfigHash.of(ConfigFields.toConfig(changed)));
    }

    assertThat(hashes).hasSize(1 + ConfigFields.names().size());
  }

  private static Object other(Object value) {
    return value instanceof Integer number ? number + 1 : ArithmeticStyle.GATES;
  }
}
