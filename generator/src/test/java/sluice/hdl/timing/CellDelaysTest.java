package sluice.hdl.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/** The delay of each kind of operation, with a number of its own for each kind of cell. */
class CellDelaysTest {
  private static final int GATE = 1;
  private static final int XOR = 10;
  private static final int CHOICE = 100;
  private static final int CARRY = 1000;
  private static final int BUFFER = 10_000;

  private final Netlist netlist = new Netlist("test", Site.NONE);
  private final CellDelays delays = new CellDelays(GATE, XOR, CHOICE, CARRY, BUFFER);

  private Node input(int width) {
    return new Node.Input(netlist, width, Site.NONE);
  }

  private Node constant(int width, long value) {
    return new Node.Constant(netlist, width, BigInteger.valueOf(value), null, Site.NONE);
  }

  private int delay(Operator operator, int width, Node... operands) {
    return delays.delay(new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE));
  }

  @Test
  void carriesPassBitAfterBit() {
    assertThat(delay(Operator.ADD, 1, input(1), input(1))).isEqualTo(XOR);
    assertThat(delay(Operator.SUB, 22, input(22), input(22))).isEqualTo(XOR + 21 * CARRY);
    assertThat(delay(Operator.LESS, 1, input(8), input(8))).isEqualTo(XOR + 8 * CARRY);
  }

  @Test
  void productsAreRowsThatCarrySaveAddersSum() {
    // Of 11 rows 8, 6, 4, 3, 2.
    assertThat(delay(Operator.MULTIPLY, 22, input(11), input(11)))
        .isEqualTo(GATE + 5 * 2 * XOR + XOR + 21 * CARRY);
    assertThat(delay(Operator.MULTIPLY, 22, input(11), constant(11, 8))).isZero();
    assertThat(delay(Operator.MULTIPLY, 22, input(11), constant(11, 9)))
        .isEqualTo(XOR + 21 * CARRY);
  }

  @Test
  void gatesTakeNothingBesideConstants() {
    assertThat(delay(Operator.AND, 8, input(8), input(8))).isEqualTo(GATE);
    assertThat(delay(Operator.XOR, 8, input(8), input(8))).isEqualTo(XOR);
    assertThat(delay(Operator.OR, 8, input(8), constant(8, 3))).isZero();
    assertThat(delay(Operator.XOR, 8, input(8), constant(8, 3))).isZero();
    assertThat(delay(Operator.NOT, 8, input(8))).isZero();
    assertThat(delay(Operator.EQUAL, 1, input(8), input(8))).isEqualTo(XOR + 3 * GATE);
    assertThat(delay(Operator.EQUAL, 1, input(8), constant(8, 3))).isEqualTo(3 * GATE);
    assertThat(delay(Operator.REDUCE_OR, 1, input(9))).isEqualTo(4 * GATE);
    assertThat(delay(Operator.REDUCE_XOR, 1, input(8))).isEqualTo(3 * XOR);
  }

  @Test
  void choicesOfWordsNeedBuffers() {
    assertThat(delay(Operator.MUX, 1, input(1), input(1), input(1))).isEqualTo(CHOICE);
    assertThat(delay(Operator.MUX, 8, input(1), input(8), input(8))).isEqualTo(CHOICE + BUFFER);
    assertThat(delay(Operator.MUX, 9, input(1), input(9), input(9))).isEqualTo(CHOICE + 2 * BUFFER);
    assertThat(delay(Operator.CHOOSE, 1, input(2), input(1), input(1), input(1), input(1)))
        .isEqualTo(2 * CHOICE);
    assertThat(delay(Operator.SHIFT_LEFT, 81, input(81), input(6)))
        .isEqualTo(6 * CHOICE + 3 * BUFFER);
  }
}
