package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identifiers of a module differ from each other and from the words of the language. */
class NamesTest {
  private final Names names = new Names();

  @ParameterizedTest
  @ValueSource(strings = {"reg", "table", "logic", "checker", "soft", "always_comb", "until"})
  void aKeywordOfVerilogOrSystemVerilogGetsAnUnderscore(String keyword) {
    assertThat(names.unique(keyword)).isEqualTo(keyword + "_");
  }

  @Test
  void aNameTakenAlreadyGetsANumber() {
    assertThat(names.unique("score")).isEqualTo("score");
    assertThat(names.unique("score")).isEqualTo("score_1");
    assertThat(names.unique("score_1")).isEqualTo("score_1_1");
    assertThat(names.unique("score")).isEqualTo("score_2");
  }
}
