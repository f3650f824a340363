package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTableTest {

  @Test
  void wordsKeepLeftAndNumbersRight() {
    List<BenchRow> rows =
        List.of(
            new BenchRow().with("shape", "queue").with("cycles", 7).with("seconds", 0.04567),
            new BenchRow().with("shape", "tree").with("cycles", 1234567).with("seconds", 12.345));
    assertThat(BenchTable.of(rows))
        .isEqualTo(
            """
            shape     cycles  seconds
            queue          7    0.046
            tree   1,234,567     12.3
            """);
  }

  @Test
  void aTableThatWouldBeTooWideIsTurned() {
    String name = "a_name_of_fifty_letters_that_say_nothing_of_a_thing";
    List<BenchRow> rows =
        List.of(
            new BenchRow().with(name, 1000).with(name + "_2", "word"),
            new BenchRow().with(name, -5).with(name + "_2", "w"));
    assertThat(BenchTable.of(rows))
        .isEqualTo(
            """
            a_name_of_fifty_letters_that_say_nothing_of_a_thing    1,000  -5
            a_name_of_fifty_letters_that_say_nothing_of_a_thing_2   word   w
            """);
  }

  @Test
  void fractionsKeepThreeDigitsThatMatter() {
    BenchRow row =
        new BenchRow()
            .with("a", 0.0)
            .with("b", 0.98765)
            .with("c", 9.8765)
            .with("d", 98.765)
            .with("e", 254455.28);
    assertThat(row.fields().keySet().stream().map(row::text))
        .containsExactly("0.000", "0.988", "9.88", "98.8", "254,455");
  }

  @Test
  void rowsOfDifferentFieldsAreNoTable() {
    List<BenchRow> rows = List.of(new BenchRow().with("a", 1), new BenchRow().with("b", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchTable.of(rows))
        .withMessage("[b] in a table of [a]");
  }

  @Test
  void aFieldIsThereOnceAndANumber() {
    BenchRow row = new BenchRow().with("a", 1);
    assertThatIllegalArgumentException().isThrownBy(() -> row.with("a", "b"));
    assertThatIllegalArgumentException().isThrownBy(() -> row.with("rate", 1.0 / 0));
  }
}
