package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AreaTableTest {

  private static BenchRow unit(String name, String delayIs, List<BenchRow> peers) {
    return new BenchRow()
        .with("unit", name)
        .with("parameters", "not in the table")
        .with("area_osu018", 23_589.0)
        .with("delay_ps", 6_240.5)
        .with("delay_is", delayIs)
        .with("flops", 1_105)
        .with("cmos_transistors", 4_098)
        .with("operations", 2)
        .with("area_per_operation", 11_794.5)
        .with("peers", peers);
  }

  @Test
  void peersStandBelowAUnitWithWhatIsKnownOfThem() {
    BenchRow known =
        new BenchRow()
            .with("peer", "HardFloat")
            .with("area_osu018", 36_790.0)
            .with("area_osu018_ratio", 0.6412)
            .with("delay_ps", 7_870.0)
            .with("delay_ps_ratio", 0.7930);
    BenchRow other =
        new BenchRow()
            .with("peer", "dot-lane")
            .with("area_per_operation", 5_524.5)
            .with("area_per_operation_ratio", 2.135);
    assertThat(
            AreaTable.of(
                List.of(
                    unit("fp16-add", "path", List.of(known)),
                    unit("lane", "period", List.of(other)))))
        .isEqualTo(
            """
            unit         area_osu018  area_per_operation  delay_ps  delay_is  flops  cmos_transistors
            fp16-add          23,589              11,795     6,241  path      1,105             4,098
              HardFloat       36,790                   -     7,870  -             -                 -
                ratio          0.641                   -     0.793  -             -                 -
            lane              23,589              11,795     6,241  period    1,105             4,098
              dot-lane             -               5,525         -  -             -                 -
                ratio              -                2.14         -  -             -                 -
            """);
  }

  @Test
  void jsonHasPeersAsObjects() {
    BenchRow peer = new BenchRow().with("peer", "HardFloat").with("area_osu018", 5.0);
    assertThat(unit("fp16-add", "path", List.of(peer)).fields().get("peers"))
        .isEqualTo(List.of(peer.fields()));
  }
}
