package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench decode} on the smallest accelerator. */
class DecodeBenchIT {
  private static final List<String> STAGES =
      List.of("fetch", "prepare", "scan", "threshold", "filter", "score", "weight", "output");

  @TempDir Path folder;

  @Test
  void stagesAndBeatsAreCounted() throws Exception {
    Path json = folder.resolve("results.jsonl");
    CommandRun run =
        CommandRun.of("bench", "decode", "--preset=tiny", "--tokens=100,1000", "--json=" + json);
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> lines = Files.readAllLines(json);
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      JsonNode row = new ObjectMapper().readTree(line);
      int tokens = row.get("tokens").asInt();
      int budget = tokens / 16;
      assertThat(row.get("bench").asText()).isEqualTo("decode");
      assertThat(row.get("configuration").asText()).isEqualTo("tiny");
      assertThat(row.get("tokens_selected").asInt()).isEqualTo(budget);
      // 4 records a beat; vectors of 16 halves are 4 beats of 64 bits.
      assertThat(row.get("record_beats").asInt()).isEqualTo((tokens + 3) / 4);
      assertThat(row.get("key_beats").asInt()).isEqualTo(4 * budget);
      int read = budget - row.get("values_skipped").asInt();
      assertThat(row.get("value_beats").asInt()).isEqualTo(4 * read);
      int total = row.get("total_cycles").asInt();
      int sum = 0;
      for (String stage : STAGES) {
        assertThat(cycles(row, stage)).as(stage).isBetween(1, total);
        sum += cycles(row, stage);
      }
      // Nearly every cycle is some stage's. Of one head, picks are scored while others are picked;
      // the other stages come one after the other.
      int overlap = Math.min(cycles(row, "filter"), cycles(row, "score"));
      assertThat(sum).isGreaterThanOrEqualTo(total * 9 / 10);
      assertThat(sum - overlap).isLessThanOrEqualTo(total);
      assertThat(row.get("simulated_cycles").asInt()).isGreaterThan(total);
      assertThat(row.get("simulated_cycles_per_second").asDouble()).isPositive();
    }
  }

  private static int cycles(JsonNode row, String stage) {
    return row.get(stage + "_cycles").asInt();
  }
}
