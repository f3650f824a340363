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
    assertThat(ConfigHash.of(Presets.get("tiny"))).isEqualTo(0x0a1feb00);
  }

  @Test
  void everyFieldCounts() {
    Map<String, Integer> tiny = ConfigFields.of(Presets.get("tiny"));
    Set<Integer> hashes = new HashSet<>();
    hashes.add(ConfigHash.of(Presets.get("tiny")));

    for (String field : ConfigFields.names()) {
      Map<String, Integer> changed = new LinkedHashMap<>(tiny);
      changed.merge(field, 1, Integer::sum);
      hashes.add(ConfigHash.of(ConfigFields.toConfig(changed)));
    }

    assertThat(hashes).hasSize(1 + ConfigFields.names().size());
  }
}
