package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThroughputBenchTest {

  @TempDir Path folder;

  private List<JsonNode> bench(String options) throws IOException {
    Path json = folder.resolve("results.jsonl");
    String line = "bench throughput --engine jvm --preset tiny " + options + " --json " + json;
    assertThat(CommandRun.of(line.split(" ")).errors()).isEmpty();
    List<JsonNode> rows = new ArrayList<>();
    for (String row : Files.readAllLines(json)) {
      rows.add(new ObjectMapper().readTree(row));
    }
    return rows;
  }

  @Test
  void everyCaseHasARow() throws IOException {
    List<JsonNode> rows = bench("--tokens 256 --kept 6.25,12.5 --memory ideal:20,ddr4 --heads 1,3");
    assertThat(rows).hasSize(8);
    JsonNode row = rows.get(0);
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "bench",
            "preset",
            "tokens",
            "kept",
            "memory",
            "heads",
            "cycles",
            "useful_beats",
            "utilisation",
            "dense_cycles",
            "speed_over_dense",
            "scan_extra_cycles",
            "filter_extra_cycles");
    assertThat(row.get("memory").asText()).isEqualTo("ideal:20");
    assertThat(rows.get(7).get("memory").asText()).isEqualTo("ddr4:300");
    assertThat(rows.get(7).get("heads").asInt()).isEqualTo(3);
    // 64 rows of records; 16 keys and values of 4 beats each.
    assertThat(row.get("useful_beats").asInt()).isEqualTo(64 + 2 * 16 * 4);
    assertThat(row.get("utilisation").asDouble())
        .isEqualTo(row.get("useful_beats").asDouble() / row.get("cycles").asDouble());
    assertThat(row.get("speed_over_dense").asDouble())
        .isEqualTo(row.get("dense_cycles").asDouble() / row.get("cycles").asDouble());
    assertThat(row.get("dense_cycles").asInt()).isGreaterThan(64 + 2 * 256 * 4);
  }

  @Test
  void headsThatAPageDoesNotHoldAreJobsThatOverlap() throws IOException {
    List<JsonNode> rows = bench("--tokens 128 --kept 10 --memory ideal:5 --heads 2,5");
    double two = rows.get(0).get("cycles").asDouble();
    // Three jobs one after the other would take two and a half times as long as one.
    assertThat(rows.get(1).get("cycles").asDouble()).isBetween(1.5 * two, 2.3 * two);
  }

  @Test
  void denseAttentionNeedNotBeMeasured() throws IOException {
    List<JsonNode> rows = bench("--tokens 64 --kept 10 --memory ideal:5 --heads 1 --dense-heads 0");
    assertThat(rows.get(0).get("dense_cycles").asText()).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tokens 2000 | --tokens: 2000; allowed: 1 to context, 1024",
        "--kept 50 --tokens 1024"
            + " | --kept: 50.0, 512 tokens; allowed: more than 0, and maxSelected, 256, at most",
        "--tokens 8 --kept 9 --heads 0 | --heads: allowed: 1 or more; --dense-heads: 0 or more",
        "--memory dram | --memory: dram; allowed: ideal, random, hbm2, ddr4, or a file that"
            + " describes DRAM",
      })
  void whatIsNotPossibleIsRefused(String options, String message) {
    String line = "bench throughput --preset tiny " + options;
    assertThat(CommandRun.of(line.split(" ")))
        .isEqualTo(new CommandRun(2, "", "error: " + message + "\n"));
  }
}
