package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs Yosys, OpenSTA and the cells of osu018, and fails without. */
class AreaBenchIT {
  @TempDir Path folder;

  @Test
  void measuresACombinationalUnitBesideItsPeer() throws IOException {
    Path json = folder.resolve("area.jsonl");
    CommandRun run =
        CommandRun.of("bench", "area", "--unit", "fp16-to-fp32", "--json", json.toString());
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("fp16-to-fp32", "  HardFloat ", "    ratio");
    JsonNode unit = new ObjectMapper().readTree(Files.readString(json));
    assertThat(unit.get("delay_is").asText()).isEqualTo("path");
    assertThat(unit.get("area_osu018").asDouble()).isBetween(2_000.0, 6_000.0);
    assertThat(unit.get("delay_ps").asDouble()).isBetween(500.0, 3_000.0);
    assertThat(unit.get("cmos_transistors").asLong()).isBetween(300L, 1_200L);
    assertThat(unit.get("flops").asLong()).isZero();
    JsonNode peer = unit.get("peers").get(0);
    assertThat(peer.get("peer").asText()).isEqualTo("HardFloat");
    assertThat(peer.get("area_osu018_ratio").asDouble())
        .isEqualTo(unit.get("area_osu018").asDouble() / 4_507);
  }

  @Test
  void measuresAUnitWithRegistersByItsPeriod() throws IOException {
    Path json = folder.resolve("area.jsonl");
    CommandRun run =
        CommandRun.of("bench", "area", "--unit", "predictor-lane", "--json", json.toString());
    assertThat(run.errors()).isEmpty();
    String[] lines = Files.readString(json).split("\n");
    assertThat(lines).hasSize(2);
    JsonNode lane = new ObjectMapper().readTree(lines[0]);
    JsonNode dot = new ObjectMapper().readTree(lines[1]);
    assertThat(dot.get("unit").asText()).isEqualTo("dot-lane");
    // A register of 8 bits after each of 64 products, then sums of a bit more in each level.
    int flops = 64 * 8;
    for (int sums = 32, bits = 9; sums >= 1; sums /= 2, bits++) {
      flops += sums * bits;
    }
    assertThat(dot.get("flops").asInt()).isEqualTo(flops);
    assertThat(lane.get("delay_is").asText()).isEqualTo("period");
    assertThat(lane.get("delay_ps").asDouble()).isBetween(1_000.0, 4_600.0);
    assertThat(lane.get("peers").get(0).get("area_per_operation_ratio").asDouble()).isLessThan(1);
  }
}
