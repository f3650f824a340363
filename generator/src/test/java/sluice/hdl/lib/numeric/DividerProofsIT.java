package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.formal.Prover;
import sluice.hdl.formal.Prover.Method;
import sluice.hdl.formal.Prover.Verdict;

/**
 * Divisions of 8 bits give what a division should, for all operands; those in stages and those of
 * some bits a cycle give what the function gives.
 */
class DividerProofsIT {
  private static final int BITS = 8;
  private static final int STAGES = 3;
  private static final String OTHER = "other_";

  @TempDir Path folder;

  /** What is known of quotient and remainder, of the circuit's own or of ideal ones. */
  private static final class Known extends Module {
    private final Bool smaller = output(Bool.of(), "smaller");
    private final Bool byZero = output(Bool.of(), "by_zero");

    Known(boolean signed, boolean computed) {
      super("known");
      SInt restored = output(SInt.of(2 * BITS + 2), "restored");
      Bool sameSign = output(Bool.of(), "same_sign");
      UInt dividend = input(UInt.of(BITS), "dividend");
      UInt divisor = input(UInt.of(BITS), "divisor");
      SInt n = signed ? dividend.asSInt() : dividend.toSInt();
      SInt d = signed ? divisor.asSInt() : divisor.toSInt();
      if (computed) {
        SInt quotient;
        SInt remainder;
        if (signed) {
          Division<SInt> result = Division.signed(n, d);
          quotient = result.quotient();
          remainder = result.remainder();
        } else {
          Division<UInt> result = Division.unsigned(dividend, divisor);
          quotient = result.quotient().toSInt();
          remainder = result.remainder().toSInt();
        }
        restored.set(quotient.times(d).plus(remainder).resize(restored.width()));
        sameSign.set(remainder.isZero().or(remainder.isNegative().xor(n.isNegative()).not()));
        smaller.set(d.isZero().or(remainder.abs().lt(d.abs())));
        byZero.set(d.isZero().not().or(quotient.eq(signed ? -1 : (1 << BITS) - 1)));
      } else {
        // The one quotient that has no room for its sign.
        Bool wraps = n.eq(signed ? -(1 << BITS - 1) : -1).and(d.eq(-1));
        restored.set(mux(wraps, n.negate().extend(restored.width()), n.extend(restored.width())));
        sameSign.set(true);
        smaller.set(true);
        byZero.set(true);
      }
    }
  }

  /** A division as a function, or in stages that stall as a whole. */
  private static final class Divide extends Module {
    private final UInt dividend;
    private final UInt divisor;
    private final UInt quotient;
    private final UInt remainder;

    Divide(boolean signed, int dividendBits, int divisorBits, int stages) {
      super("divide");
      dividend = input(UInt.of(dividendBits), "operands_dividend");
      divisor = input(UInt.of(divisorBits), "operands_divisor");
      quotient = output(UInt.of(dividendBits), "results_quotient");
      remainder = output(UInt.of(divisorBits), "results_remainder");
      Division<UInt> operands = new Division<>(dividend, divisor);
      if (stages == 0) {
        connect(new Division<>(quotient, remainder), result(signed, operands));
      } else {
        Bool advance = input(Bool.of(), "advance");
        connect(
            new Division<>(quotient, remainder),
            Balanced.pipeline(
                    operands, advance, Depth.stages(stages), numbers -> result(signed, numbers))
                .output());
      }
    }

    private static Division<UInt> result(boolean signed, Division<UInt> operands) {
      if (!signed) {
        return Division.unsigned(operands.quotient(), operands.remainder());
      }
      Division<SInt> result =
          Division.signed(operands.quotient().asSInt(), operands.remainder().asSInt());
      return new Division<>(result.quotient().asUInt(), result.remainder().asUInt());
    }
  }

  /** A ratio as a function or in stages. */
  private static final class Ratio extends Module {
    Ratio(int stages) {
      super("ratio");
      FloatRatio ratio = new FloatRatio(new FloatFormat("fp7", 4, 2), 6, 7, -5);
      FloatRatio.Operands operands = input(ratio.type(), "operands");
      FloatResult result = output(FloatResult.type(ratio.format().bits()), "result");
      connect(
          result,
          Balanced.pipeline(
                  operands,
                  Depth.stages(stages),
                  numbers -> ratio.of(numbers.negative(), numbers.dividend(), numbers.divisor()))
              .output());
    }
  }

  /** A pipeline of unsigned divisions. */
  private Prover pipeline() {
    return new Prover(new Divide(false, BITS, BITS, STAGES), folder);
  }

  private Prover known(boolean signed) {
    return new Prover(new Known(signed, true), folder).with(OTHER, new Known(signed, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void quotientTimesDivisorAndASmallerRemainderAreTheDividend(boolean signed) {
    assertThat(known(signed).compare(OTHER + "known", Method.DIAGRAMS)).isEqualTo(Verdict.EQUAL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDivisionInStagesIsProved(boolean signed) {
    Prover pipeline = new Prover(new Divide(signed, BITS, BITS, STAGES), folder);
    assertThat(
            pipeline.compareStallingPipeline(new Divide(signed, BITS, BITS, 0), STAGES, "advance"))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aRatioInStagesIsProved() {
    Prover pipeline = new Prover(new Ratio(STAGES), folder);
    assertThat(pipeline.comparePipeline(new Ratio(0), STAGES)).isEqualTo(Verdict.EQUAL);
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 1", "8, 5, 2", "5, 7, 4"})
  void aSerialDivisionIsProved(int dividendBits, int divisorBits, int bitsPerCycle) {
    UnsignedDivider divider = new UnsignedDivider(dividendBits, divisorBits, bitsPerCycle);
    assertThat(
            new Prover(divider, folder)
                .compareSerial(new Divide(false, dividendBits, divisorBits, 0), divider.latency()))
        .isEqualTo(Verdict.EQUAL);
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 2", "6, 4, 1"})
  void aSerialDivisionOfSignedNumbersIsProved(int dividendBits, int divisorBits, int bitsPerCycle) {
    SignedDivider divider = new SignedDivider(dividendBits, divisorBits, bitsPerCycle);
    assertThat(
            new Prover(divider, folder)
                .compareSerial(new Divide(true, dividendBits, divisorBits, 0), divider.latency()))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aDivisionWhoseDivisorSeemsShorterIsRefuted() {
    Prover mutant = known(false).fault("digit5_term = divisor_7_or_divisor_6 | ", "digit5_term = ");
    assertThat(mutant.compare(OTHER + "known", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aPipelineThatTakesADivisorOfAnotherCycleIsRefuted() {
    Prover mutant =
        pipeline()
            .fault(
                "operands_divisor_s2 <= operands_divisor_s1;",
                "operands_divisor_s2 <= operands_divisor;");
    assertThat(mutant.compareStallingPipeline(new Divide(false, BITS, BITS, 0), STAGES, "advance"))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aSerialDivisionThatForgetsTheSignOfTheDivisorIsRefuted() {
    SignedDivider divider = new SignedDivider(6, 4, 1);
    Prover mutant =
        new Prover(divider, folder)
            .fault("operands_dividend[5] ^ operands_divisor[3]", "operands_dividend[5]");
    assertThat(mutant.compareSerial(new Divide(true, 6, 4, 0), divider.latency()))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aSerialDivisionThatIsLateIsRefuted() {
    UnsignedDivider divider = new UnsignedDivider(5, 7, 4);
    assertThat(
            new Prover(divider, folder)
                .compareSerial(new Divide(false, 5, 7, 0), divider.latency() - 1))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aRatioThatRoundsTiesUpIsRefuted() {
    Prover mutant =
        new Prover(new Ratio(STAGES), folder)
            .fault("number[1] & (number[2] |", "number[1] & (1'b1 |");
    assertThat(mutant.comparePipeline(new Ratio(0), STAGES)).isEqualTo(Verdict.DIFFERENT);
  }
}
