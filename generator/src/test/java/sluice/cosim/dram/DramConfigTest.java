package sluice.cosim.dram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.cosim.dram.DramConfig.Parameter;

class DramConfigTest {

  @ParameterizedTest
  @ValueSource(strings = {"hbm2", "ddr4"})
  void aBeatACycleOfTheAcceleratorIsThePeak(String name) {
    DramConfig config = DramConfig.named(name);
    assertThat(config.get(Parameter.ACCELERATOR_MHZ) * config.get(Parameter.BURST_CYCLES))
        .isEqualTo(config.get(Parameter.MEMORY_MHZ));
    assertThat(config.get(Parameter.BURST_CYCLES)).isEqualTo(config.get(Parameter.T_CCD_S));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hbm2", "ddr4"})
  void everyBurstHasAPlaceOfItsOwn(String name) {
    DramConfig config = DramConfig.named(name);
    int burst = config.get(Parameter.BURST_BYTES);
    int page = config.get(Parameter.PAGE_BYTES);
    int banks = config.get(Parameter.GROUPS) * config.get(Parameter.BANKS);
    // Over whole rows of all banks, each bank's row has a page of bursts.
    Set<Long> pages = new HashSet<>();
    int rows = 64;
    for (long at = 0; at < (long) rows * banks * page; at += burst) {
      pages.add(config.addresses().row(at) * banks + config.addresses().bank(at));
    }
    assertThat(pages).hasSize(rows * banks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tRCD 14|tRCD fourteen|tRCD: 'fourteen' is no number",
        "tRCD 14|tRCD 0|tRCD: 0; allowed: 1 to 1000",
        "tRCD 14|tRCE 14|there is no parameter 'tRCE'",
        "tRCD 14|tRP 14|tRP: given twice",
        "tRCD 14|mapping row|mapping: given twice",
        "tRCD 14|# tRCD 14|tRCD: missing",
        "mapping row|#|mapping: missing",
        "page_bytes 1024|page_bytes 1000|page_bytes: 1000; allowed: a power of two",
        "burst_bytes 32|burst_bytes 32768|burst_bytes: 32768; allowed: 8 to 512",
        "mapping row|mapping column:1|"
            + "mapping: 'column:1'; allowed: row first, then column:N, bank:N and group:N",
        "mapping row bank:2|mapping row bank:1|mapping: 1 bits of bank; allowed: 2",
      })
  void whatIsWrongIsSaid(String line, String instead, String message) {
    String text = DramConfig.named("hbm2").text().replaceAll(" +", " ");
    assertThat(text).contains("\n" + line);
    String wrong = text.replace("\n" + line, "\n" + instead);
    assertThatThrownBy(() -> DramConfig.parse(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
