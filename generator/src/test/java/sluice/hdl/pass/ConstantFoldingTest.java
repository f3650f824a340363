package sluice.hdl.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

class ConstantFoldingTest {
  private final TriedNetlist tried = new TriedNetlist();
  private final Node x = tried.x;
  private final Node y = tried.y;
  private final Node flag = tried.flag;
  private final Node zero = tried.constant(8, 0);
  private final Node ones = tried.constant(8, 255);

  private String folded(Node value) {
    return tried.after(new ConstantFolding(), value);
  }

  private String folded(Operator operator, int width, Node... operands) {
    return folded(tried.operation(operator, width, operands));
  }

  @Test
  void constantsGoThroughWiresAndOperations() {
    Node five = tried.wire("five", tried.constant(8, 5));
    Node six = tried.operation(Operator.ADD, 8, five, tried.constant(8, 1));

    assertThat(folded(Operator.MULTIPLY, 16, six, five)).isEqualTo("30");
  }

  @Test
  void anOperandThatDoesNothingGoes() {
    assertThat(folded(Operator.AND, 8, x, ones)).isEqualTo("x");
    assertThat(folded(Operator.OR, 8, zero, x)).isEqualTo("x");
    assertThat(folded(Operator.XOR, 8, x, zero)).isEqualTo("x");
    assertThat(folded(Operator.ADD, 8, zero, x)).isEqualTo("x");
    assertThat(folded(Operator.SUB, 8, x, zero)).isEqualTo("x");
    assertThat(folded(Operator.SUB, 8, zero, x)).isEqualTo("SUB(0, x)");
    assertThat(folded(Operator.SHIFT_RIGHT_SIGNED, 8, x, zero)).isEqualTo("x");
    assertThat(folded(Operator.NOT, 8, tried.operation(Operator.NOT, 8, x))).isEqualTo("x");
    assertThat(folded(Operator.REDUCE_XOR, 1, flag)).isEqualTo("flag");
  }

  @Test
  void anOperandThatDecidesStaysAlone() {
    assertThat(folded(Operator.AND, 8, x, zero)).isEqualTo("0");
    assertThat(folded(Operator.OR, 8, ones, x)).isEqualTo("255");
    assertThat(folded(Operator.MULTIPLY, 16, x, zero)).isEqualTo("0");
    assertThat(folded(Operator.SHIFT_LEFT, 8, x, tried.constant(4, 8))).isEqualTo("0");
    assertThat(folded(Operator.SHIFT_LEFT, 8, x, tried.constant(4, 7)))
        .isEqualTo("SHIFT_LEFT(x, 7)");
    assertThat(folded(Operator.SHIFT_RIGHT_SIGNED, 8, x, tried.constant(4, 9)))
        .isEqualTo("SHIFT_RIGHT_SIGNED(x, 9)");
  }

  @Test
  void aValueAndItselfAreOneOrNothing() {
    assertThat(folded(Operator.AND, 8, x, x)).isEqualTo("x");
    assertThat(folded(Operator.XOR, 8, x, x)).isEqualTo("0");
    assertThat(folded(Operator.SUB, 8, x, x)).isEqualTo("0");
    assertThat(folded(Operator.EQUAL, 1, x, x)).isEqualTo("1");
    assertThat(folded(Operator.LESS_SIGNED, 1, x, x)).isEqualTo("0");
  }

  @Test
  void choicesThatAreNoneGo() {
    Node one = tried.constant(1, 1);
    Node none = tried.constant(1, 0);
    assertThat(folded(Operator.MUX, 8, one, x, y)).isEqualTo("x");
    assertThat(folded(Operator.MUX, 8, flag, y, y)).isEqualTo("y");
    assertThat(folded(Operator.MUX, 8, flag, ones, tried.constant(8, 255))).isEqualTo("255");
    assertThat(folded(Operator.MUX, 1, flag, one, none)).isEqualTo("flag");
    assertThat(folded(Operator.MUX, 1, flag, none, one)).isEqualTo("NOT(flag)");
    assertThat(folded(Operator.CHOOSE, 8, tried.constant(2, 3), x, y, zero)).isEqualTo("0");
    assertThat(folded(Operator.CHOOSE, 8, flag, x, x)).isEqualTo("x");
    assertThat(folded(Operator.CHOOSE, 8, flag, x, y, zero)).isEqualTo("CHOOSE(flag, x, y)");
    assertThat(folded(Operator.CHOOSE, 8, flag, x, x, zero)).isEqualTo("x");
  }

  @Test
  void extensionsBecomeOneAndTheInnerDecides() {
    Node zeros = tried.operation(Operator.ZERO_EXTEND, 12, x);
    Node signs = tried.operation(Operator.SIGN_EXTEND, 12, x);
    assertThat(folded(Operator.ZERO_EXTEND, 16, zeros)).isEqualTo("ZERO_EXTEND(x)");
    assertThat(folded(Operator.SIGN_EXTEND, 16, zeros)).isEqualTo("ZERO_EXTEND(x)");
    assertThat(folded(Operator.SIGN_EXTEND, 16, signs)).isEqualTo("SIGN_EXTEND(x)");
    assertThat(folded(Operator.ZERO_EXTEND, 16, signs)).isEqualTo("ZERO_EXTEND(SIGN_EXTEND(x))");
  }

  @Test
  void slicesFindTheirSource() {
    Node joined = tried.operation(Operator.CONCAT, 17, flag, x, y);
    assertThat(folded(tried.slice(joined, 15, 8))).isEqualTo("x");
    assertThat(folded(tried.slice(joined, 6, 2))).isEqualTo("y[6:2]");
    assertThat(folded(tried.slice(joined, 8, 7))).isEqualTo("CONCAT(flag, x, y)[8:7]");
    assertThat(folded(tried.slice(tried.slice(joined, 14, 9), 4, 1))).isEqualTo("x[5:2]");
    Node zeros = tried.operation(Operator.ZERO_EXTEND, 12, x);
    assertThat(folded(tried.slice(zeros, 7, 0))).isEqualTo("x");
    assertThat(folded(tried.slice(zeros, 9, 0))).isEqualTo("ZERO_EXTEND(x)");
    assertThat(folded(tried.slice(zeros, 11, 8))).isEqualTo("0");
    assertThat(folded(tried.slice(zeros, 9, 4))).isEqualTo("ZERO_EXTEND(x)[9:4]");
  }

  @Test
  void comparisonsWithWhatIsOutOfRangeAreDecided() {
    Node wide = tried.operation(Operator.ZERO_EXTEND, 12, x);
    Node signed = tried.operation(Operator.SIGN_EXTEND, 12, x);
    assertThat(folded(Operator.LESS, 1, x, zero)).isEqualTo("0");
    assertThat(folded(Operator.LESS, 1, ones, x)).isEqualTo("0");
    assertThat(folded(Operator.LESS_SIGNED, 1, x, tried.constant(8, 128))).isEqualTo("0");
    assertThat(folded(Operator.LESS_SIGNED, 1, tried.constant(8, 127), x)).isEqualTo("0");
    assertThat(folded(Operator.EQUAL, 1, wide, tried.constant(12, 256))).isEqualTo("0");
    assertThat(folded(Operator.NOT_EQUAL, 1, tried.constant(12, 256), wide)).isEqualTo("1");
    assertThat(folded(Operator.LESS, 1, wide, tried.constant(12, 256))).isEqualTo("1");
    assertThat(folded(Operator.LESS, 1, tried.constant(12, 300), wide)).isEqualTo("0");
    assertThat(folded(Operator.LESS_SIGNED, 1, signed, tried.constant(12, 0xf00))).isEqualTo("0");
    assertThat(folded(Operator.LESS_SIGNED, 1, tried.constant(12, 0xf00), signed)).isEqualTo("1");
  }

  @Test
  void comparisonsAreMadeInTheWidthOfWhatIsCompared() {
    Node wide = tried.operation(Operator.ZERO_EXTEND, 12, x);
    Node other = tried.operation(Operator.ZERO_EXTEND, 12, y);
    Node signed = tried.operation(Operator.SIGN_EXTEND, 12, x);
    assertThat(folded(Operator.EQUAL, 1, wide, tried.constant(12, 7))).isEqualTo("EQUAL(x, 7)");
    assertThat(folded(Operator.LESS, 1, wide, other)).isEqualTo("LESS(x, y)");
    assertThat(folded(Operator.LESS_SIGNED, 1, signed, tried.constant(12, 0xfff)))
        .isEqualTo("LESS_SIGNED(x, 255)");
    assertThat(folded(Operator.LESS_SIGNED, 1, wide, tried.constant(12, 7)))
        .isEqualTo("LESS_SIGNED(ZERO_EXTEND(x), 7)");
    assertThat(folded(Operator.EQUAL, 1, flag, tried.constant(1, 1))).isEqualTo("flag");
    assertThat(folded(Operator.EQUAL, 1, flag, tried.constant(1, 0))).isEqualTo("NOT(flag)");
  }

  @Test
  void aConstantWithANameBecomesALocalParameterWhereItIsStillUsed() {
    Node mask = tried.operation(Operator.AND, 8, y, zero);
    mask.rename("mask");

    assertThat(folded(Operator.CONCAT, 16, x, mask)).isEqualTo("CONCAT(x, mask)");
    assertThat(folded(Operator.OR, 8, x, mask)).isEqualTo("x");
  }

  @Test
  void aNewValueTakesTheNameOfTheOld() {
    Node low = tried.slice(tried.operation(Operator.ZERO_EXTEND, 12, x), 3, 0);
    low.rename("low");

    assertThat(folded(low)).isEqualTo("low: x[3:0]");
  }

  @Test
  void ofTwoNamesOfOneValueTheFirstStays() {
    Node same = tried.operation(Operator.ADD, 8, x, zero);
    same.rename("same");

    assertThat(folded(Operator.NOT, 8, same)).isEqualTo("NOT(x)");
    assertThat(same.nameLevel()).isEqualTo(NameLevel.MERGEABLE);
  }

  @Test
  void aReservedNameStaysWithTheValueAsItIsWritten() {
    Node same = tried.operation(Operator.ADD, 8, x, zero);
    same.rename("same", NameLevel.RESERVED);

    assertThat(folded(Operator.NOT, 8, same)).isEqualTo("NOT(same)");
  }

  @Test
  void aRegisterThatNeverChangesIsLeftAlone() {
    Node.Register version = new Node.Register(tried.netlist, 8, Site.NONE);
    version.rename("version");
    version.setResetValue(BigInteger.ONE);
    version.setNext(version);

    assertThat(folded(Operator.ADD, 8, version, tried.constant(8, 1))).isEqualTo("ADD(version, 1)");
  }

  @Test
  void aBranchOfAClockedBlockStaysOne() {
    Node.Register valid = new Node.Register(tried.netlist, 1, Site.NONE);
    valid.rename("valid");
    Node choice =
        tried.operation(Operator.MUX, 1, flag, tried.constant(1, 1), tried.constant(1, 0));
    valid.setNext(choice);

    folded(valid);

    assertThat(valid.next()).isSameAs(choice);
  }
}
