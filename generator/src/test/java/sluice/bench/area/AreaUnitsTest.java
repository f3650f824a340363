package sluice.bench.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Elaborator;
import sluice.hdl.netlist.Design;

class AreaUnitsTest {

  private static final List<String> NAMES = AreaUnits.all().stream().map(AreaUnit::name).toList();

  @Test
  void namesAreDifferent() {
    assertThat(NAMES).doesNotHaveDuplicates().contains("fp16-multiply-add", "predictor-lane");
  }

  @Test
  void allCanBeBuiltAndSayWhatTheyAre() {
    for (AreaUnit unit : AreaUnits.all()) {
      Design design = Elaborator.elaborate(unit.circuit().get());
      assertThat(design.top().description()).as(unit.name()).isNotBlank();
      assertThat(unit.parameters()).as(unit.name()).isNotBlank();
      assertThat(NAMES).as(unit.name()).containsAll(unit.beside());
    }
  }

  @Test
  void floatingPointUnitsHaveNoFlags() {
    AreaUnit add = AreaUnits.all().get(0);
    assertThat(Elaborator.elaborate(add.circuit().get()).top().ports())
        .extracting(port -> port.name())
        .containsExactly("operand_0", "operand_1", "result");
  }

  @Test
  void everyPeerIsBesideAUnitAndHasAnArea() {
    PeerFigures peers = PeerFigures.read();
    assertThat(NAMES).containsAll(peers.units());
    for (String unit : peers.units()) {
      assertThat(peers.of(unit)).allMatch(figures -> figures.area() > 0);
    }
    assertThat(peers.of("fp16-multiply-add"))
        .first()
        .isEqualTo(new PeerFigures.Figures("FPnew", 87_318, 11_426, 14_706));
    assertThat(peers.of("predictor-lane")).isEmpty();
  }
}
