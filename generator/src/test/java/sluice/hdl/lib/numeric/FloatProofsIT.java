package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.formal.Prover;
import sluice.hdl.formal.Prover.Method;
import sluice.hdl.formal.Prover.Verdict;

/**
 * The emitted adder and multiplier of FP16 give what IEEE 754 says, for all operands, with all
 * flags. What it says is restated in {@code plain_add.v} and {@code plain_multiply.v}: exact at
 * full width, rounded once.
 *
 * <p>The multiplier is proved in two steps: the sum of partial products is the product of the
 * significands; and with that sum for the product, the multiplier is the restatement. The second
 * step has the same sum on both sides and assumes nothing of it.
 */
class FloatProofsIT {
  private static final int STAGES = 3;

  /** The sum of partial products that the multiplier has. */
  private static final class SignificandProduct extends Module {
    private final UInt a = input(UInt.of(11));
    private final UInt b = input(UInt.of(11));
    private final UInt product = output(UInt.of(22));

    SignificandProduct() {
      super("significand_product");
      DaddaTree tree = new DaddaTree("product", 22);
      tree.addProduct(0, a, b);
      product.set(tree.sum());
    }
  }

  @TempDir Path folder;

  private Prover unit(FloatOperation operation) {
    return new Prover(combinational(operation), folder).with("plain_round.v");
  }

  private static FloatUnit combinational(FloatOperation operation) {
    return new FloatUnit(FloatFormat.FP16, operation, Depth.stages(0));
  }

  private Prover adder() {
    return unit(FloatOperation.ADD).with("plain_add.v");
  }

  private Prover multiplier() {
    return unit(FloatOperation.MULTIPLY)
        .with("plain_multiply.v")
        .with("", new SignificandProduct());
  }

  private Prover pipeline(FloatOperation operation) {
    return new Prover(new FloatUnit(FloatFormat.FP16, operation, Depth.stages(STAGES)), folder);
  }

  @Test
  void theAdderIsProved() {
    assertThat(adder().compare("plain_add", Method.DIAGRAMS)).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void anAdderThatForgetsWhatItShiftedOutIsRefuted() {
    Prover mutant = adder().fault(" | any_of_normalized_low);", ");");
    assertThat(mutant.compare("plain_add", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void theSumOfPartialProductsIsProved() {
    Prover product = new Prover(new SignificandProduct(), folder).with("plain_product.v");
    assertThat(product.compare("plain_product", Method.DIAGRAMS)).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aSumOfPartialProductsWithoutACarryIsRefuted() {
    Prover mutant =
        new Prover(new SignificandProduct(), folder)
            .with("plain_product.v")
            .fault("product_carry7_0 = product_product0_6 &", "product_carry7_0 = 1'b0 &");
    assertThat(mutant.compare("plain_product", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void theMultiplierIsProved() {
    assertThat(multiplier().compare("plain_multiply", Method.SWEEPING)).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aMultiplierThatRoundsTiesUpIsRefuted() {
    Prover mutant = multiplier().fault("number[1] & (number[2] |", "number[1] & (1'b1 |");
    assertThat(mutant.compare("plain_multiply", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }

  @ParameterizedTest
  @EnumSource(FloatOperation.class)
  void aPipelineIsProvedToBeItsFunctionLater(FloatOperation operation) {
    assertThat(pipeline(operation).comparePipeline(combinational(operation), STAGES))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aPipelineThatTakesAValueOfAnotherCycleIsRefuted() {
    Prover mutant =
        pipeline(FloatOperation.ADD).fault("nan_s2 <= nan_s1;", "nan_s2 <= result_flags_invalid;");
    assertThat(mutant.comparePipeline(combinational(FloatOperation.ADD), STAGES))
        .isEqualTo(Verdict.DIFFERENT);
  }

  /** A function that stalls as a whole, or is combinational with 0 stages. */
  private static final class Power extends Module {
    private final UInt x = input(UInt.of(26));
    private final UInt power;

    Power(int stages) {
      super("power");
      PowerOfTwo function = new PowerOfTwo(6, 8, 16);
      power = output(UInt.of(function.resultBits()));
      if (stages == 0) {
        power.set(function.negative(x));
      } else {
        Bool advance = input(Bool.of());
        power.set(Balanced.pipeline(x, advance, Depth.stages(stages), function::negative).output());
      }
    }
  }

  @Test
  void aStallingPipelineIsProvedToBeItsFunctionLater() {
    Prover pipeline = new Prover(new Power(STAGES), folder);
    assertThat(pipeline.compareStallingPipeline(new Power(0), STAGES, "advance"))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aPipelineOfWhichAStageGoesOnWhenItStallsIsRefuted() {
    Prover mutant = new Prover(new Power(STAGES), folder).fault("if (advance) begin", "begin");
    assertThat(mutant.compareStallingPipeline(new Power(0), STAGES, "advance"))
        .isEqualTo(Verdict.DIFFERENT);
  }
}
