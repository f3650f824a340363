package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bits;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/** Every operator against {@link BigInteger}, at widths around the borders of machine words. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class OperatorSemanticsTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger ZERO = BigInteger.ZERO;

  /** All operators on two operands; each result is an output with its expected function. */
  private static final class Operators extends Module {
    private final Map<Bits, BinaryOperator<BigInteger>> expected = new LinkedHashMap<>();
    final UInt x;
    final UInt y;
    private int count;

    Operators(int widthX, int widthY) {
      x = input(UInt.of(widthX));
      y = input(UInt.of(widthY));
      int common = Math.max(widthX, widthY);
      sums(common);
      products();
      comparisons();
      bitwise(common);
      shifts();
      reductions();
      structure();
    }

    private void check(Bits result, BinaryOperator<BigInteger> function) {
      String name = "result" + count++;
      if (result instanceof Bool bool) {
        Bool port = output(Bool.of(), name);
        port.set(bool);
        expected.put(port, function);
      } else if (result instanceof SInt signed) {
        SInt port = output(SInt.of(result.width()), name);
        port.set(signed);
        expected.put(port, function);
      } else {
        UInt port = output(UInt.of(result.width()), name);
        port.set((UInt) result);
        expected.put(port, function);
      }
    }

    private BigInteger signedX(BigInteger bits) {
      return signed(bits, x.width());
    }

    private BigInteger signedY(BigInteger bits) {
      return signed(bits, y.width());
    }

    private void sums(int common) {
      check(x.plus(y), BigInteger::add);
      check(x.minus(y), BigInteger::subtract);
      check(x.asSInt().plus(y.asSInt()), (a, b) -> signedX(a).add(signedY(b)));
      check(x.asSInt().minus(y.asSInt()), (a, b) -> signedX(a).subtract(signedY(b)));
      check(x.asSInt().negate(), (a, b) -> signedX(a).negate());
      check(x.asSInt().abs(), (a, b) -> signedX(a).abs());
      check(x.asSInt().max(y.asSInt()), (a, b) -> signedX(a).max(signedY(b)));
      check(x.extend(common).plusWrap(y), BigInteger::add);
      check(x.extend(common).minusWrap(y), BigInteger::subtract);
    }

    private void products() {
      check(x.times(y), BigInteger::multiply);
      check(x.asSInt().times(y.asSInt()), (a, b) -> signedX(a).multiply(signedY(b)));
    }

    private void comparisons() {
      check(x.eq(y), (a, b) -> bit(a.equals(b)));
      check(x.ne(y), (a, b) -> bit(!a.equals(b)));
      check(x.lt(y), (a, b) -> bit(a.compareTo(b) < 0));
      check(x.ge(y), (a, b) -> bit(a.compareTo(b) >= 0));
      check(x.eq(x.not().not()), (a, b) -> ONE);
      check(x.asSInt().lt(y.asSInt()), (a, b) -> bit(signedX(a).compareTo(signedY(b)) < 0));
      check(x.asSInt().le(y.asSInt()), (a, b) -> bit(signedX(a).compareTo(signedY(b)) <= 0));
      check(x.asSInt().eq(y.asSInt()), (a, b) -> bit(signedX(a).equals(signedY(b))));
    }

    private void bitwise(int common) {
      UInt wideX = x.extend(common);
      UInt wideY = y.extend(common);
      check(wideX.and(wideY), BigInteger::and);
      check(wideX.or(wideY), BigInteger::or);
      check(wideX.xor(wideY), BigInteger::xor);
      check(x.not(), (a, b) -> a.not());
    }

    private void shifts() {
      int width = x.width();
      check(x.shiftRight(y), (a, b) -> a.shiftRight(amount(b, width)));
      check(x.asSInt().shiftRight(y), (a, b) -> signedX(a).shiftRight(amount(b, width)));
      check(x.shiftLeft(y, width), (a, b) -> a.shiftLeft(amount(b, width)));
      check(x.shiftLeft(y, width + 3), (a, b) -> a.shiftLeft(amount(b, width + 3)));
      check(x.shiftLeft(5), (a, b) -> a.shiftLeft(5));
      check(x.bit(y), (a, b) -> bit(a.testBit(amount(b, width))));
    }

    private void reductions() {
      check(x.orReduce(), (a, b) -> bit(a.signum() != 0));
      check(x.andReduce(), (a, b) -> bit(a.bitCount() == x.width()));
      check(x.xorReduce(), (a, b) -> bit((a.bitCount() & 1) != 0));
    }

    private void structure() {
      check(x.concat(y), (a, b) -> a.shiftLeft(y.width()).or(b));
      check(
          y.concat(x).concat(y),
          (a, b) -> b.shiftLeft(x.width() + y.width()).or(a.shiftLeft(y.width())).or(b));
      check(x.extend(x.width() + 67), (a, b) -> a);
      check(x.extend(x.width() + 1), (a, b) -> a);
      check(x.asSInt().extend(x.width() + 67), (a, b) -> signedX(a));
      check(x.asSInt().extend(x.width() + 1), (a, b) -> signedX(a));
      check(mux(y.bit(0), x, x.not()), (a, b) -> b.testBit(0) ? a : a.not());
      check(x.truncate((x.width() + 1) / 2), (a, b) -> a);
      for (int low = 0; low < x.width(); low += 1 + x.width() / 7) {
        for (int high = low; high < x.width(); high += 1 + x.width() / 5) {
          int from = low;
          check(x.bits(high, low), (a, b) -> a.shiftRight(from));
        }
      }
      List<UInt> choices = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        choices.add(i % 2 == 0 ? x : x.not());
      }
      check(
          Vec.from(choices).get(y),
          (a, b) -> b.min(BigInteger.valueOf(4)).testBit(0) ? a.not() : a);
    }
  }

  private static BigInteger bit(boolean value) {
    return value ? ONE : ZERO;
  }

  private static BigInteger signed(BigInteger bits, int width) {
    return bits.testBit(width - 1) ? bits.subtract(ONE.shiftLeft(width)) : bits;
  }

  private static int amount(BigInteger bits, int most) {
    return bits.min(BigInteger.valueOf(most)).intValue();
  }

  /** Random numbers, and those at which carries, signs and borders go wrong. */
  private static BigInteger operand(int width, Random random) {
    BigInteger all = ONE.shiftLeft(width).subtract(ONE);
    return switch (random.nextInt(8)) {
      case 0 -> ZERO;
      case 1 -> all;
      case 2 -> ONE.shiftLeft(width - 1);
      case 3 -> ONE.shiftLeft(width - 1).subtract(ONE);
      case 4 -> BigInteger.valueOf(random.nextInt(200)).and(all);
      case 5 -> ONE.shiftLeft(random.nextInt(width)).subtract(ONE);
      default -> new BigInteger(width, random);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1,7",
    "8,8",
    "8,3",
    "31,31",
    "31,32",
    "32,32",
    "32,6",
    "33,31",
    "63,63",
    "63,1",
    "63,64",
    "64,64",
    "64,7",
    "64,65",
    "65,65",
    "65,63",
    "65,8",
    "130,130",
    "130,64",
    "130,9",
    "9,130",
    "64,130",
    "127,129",
    "128,128",
    "192,200",
    "1000,999"
  })
  void isThatOfNumbers(int widthX, int widthY) {
    Operators operators = new Operators(widthX, widthY);
    Simulator simulator = Simulator.of(operators, options());
    Random random = new Random(1000L * widthX + widthY);
    for (int i = 0; i < 200; i++) {
      BigInteger x = operand(widthX, random);
      BigInteger y = random.nextInt(8) == 0 && widthX == widthY ? x : operand(widthY, random);
      simulator.poke(operators.x, x);
      simulator.poke(operators.y, y);
      operators.expected.forEach(
          (port, function) ->
              assertThat(simulator.peekBig(port))
                  .as("%s of %s and %s", sluice.hdl.Probe.node(port).site(), x, y)
                  .isEqualTo(function.apply(x, y).mod(ONE.shiftLeft(port.width()))));
    }
  }
}
