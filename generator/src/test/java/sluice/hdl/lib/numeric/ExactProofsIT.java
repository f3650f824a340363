package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.formal.Lag;
import sluice.hdl.formal.Prover;
import sluice.hdl.formal.Prover.Method;
import sluice.hdl.formal.Prover.Verdict;

/**
 * Exact products and sums as gates are those as operators, and those in stages are those without,
 * for all operands. Products of 11 bits are compared one by one in {@link ExhaustiveIT}.
 *
 * <p>That a dot product as gates is one as operators, for vectors of any length, is proved in
 * parts: the products are equal, the two rows of a beat have the same sum, and the adder adds to a
 * sum what the rows stand for, whatever rows they are.
 */
class ExactProofsIT {
  /** Short, with sums that are long enough to be cut into segments. */
  private static final FloatFormat SHORT = new FloatFormat("fp7", 4, 2);

  private static final String OTHER = "other_";
  private static final int STAGES = 2;
  private static final Set<String> BEGIN_SUM = Set.of("valid", "first");

  @TempDir Path folder;

  /** A product of magnitudes with a sign. */
  private static final class Product extends Module {
    Product(Arithmetic arithmetic, int left, int right) {
      super("product");
      UInt a = input(UInt.of(left), "a");
      UInt b = input(UInt.of(right), "b");
      Bool negative = input(Bool.of(), "negative");
      SInt product = output(SInt.of(left + right + 1), "product");
      product.set(SignedProduct.of(arithmetic, a, b, negative));
    }
  }

  /** A product of two numbers. */
  private static final class NumberProduct extends Module {
    NumberProduct(Arithmetic arithmetic) {
      super("number_product");
      UInt a = input(SHORT.type(), "a");
      UInt b = input(SHORT.type(), "b");
      ExactProduct product = ExactProduct.of(SHORT, arithmetic, a, b);
      SInt significand = output(SInt.of(product.significand().width()), "significand");
      UInt shift = output(UInt.of(product.shift().width()), "shift");
      significand.set(product.significand());
      shift.set(product.shift());
    }
  }

  /** What the two rows of some terms stand for. */
  private static final class Rows extends Module {
    Rows(Arithmetic arithmetic, int count, int bits, int width) {
      super("rows");
      List<SInt> terms = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        terms.add(input(SInt.of(bits), "term_" + i));
      }
      UInt total = output(UInt.of(width), "total");
      total.set(CarrySave.of(arithmetic, terms, width).total());
    }
  }

  /**
   * What a sum of segments stands for after two rows were added, and whether its carries are at
   * most 2, if they were before.
   */
  private static final class Added extends Module {
    Added(boolean inSegments, int width, int segmentBits) {
      super("added");
      SegmentedAdder adder = new SegmentedAdder(width, segmentBits, 2);
      UInt digits = input(UInt.of(width), "digits");
      Bool fresh = input(Bool.of(), "fresh");
      CarrySave rows =
          new CarrySave(input(UInt.of(width), "row_0"), input(UInt.of(width), "row_1"));
      List<UInt> carries = new ArrayList<>();
      for (int i = 0; i < adder.segments() - 1; i++) {
        UInt any = input(UInt.of(2), "carry_" + i);
        carries.add(any.bit(1).asUInt().concat(any.bit(0).andNot(any.bit(1)).asUInt()));
      }
      UInt total = output(UInt.of(width), "total");
      Bool bounded = output(Bool.of(), "bounded");
      SegmentedAdder.Sum sum = new SegmentedAdder.Sum(digits, Vec.from(carries));
      if (inSegments) {
        SegmentedAdder.Sum next = adder.add(sum, fresh, rows);
        total.set(adder.resolve(next));
        bounded.set(
            next.carries().elements().stream()
                .map(carry -> carry.le(2))
                .reduce(Bool::and)
                .orElseThrow());
      } else {
        UInt before = digits;
        for (int i = 0; i < carries.size(); i++) {
          before = before.plusWrap(carries.get(i).shiftLeft((i + 1) * segmentBits).resize(width));
        }
        UInt counted = mux(fresh, UInt.literal(0, width), before);
        total.set(counted.plusWrap(rows.total()));
        bounded.set(true);
      }
    }
  }

  private Prover product() {
    return new Prover(new Product(Arithmetic.GATES, 7, 7), folder)
        .with(OTHER, new Product(Arithmetic.OPERATORS, 7, 7));
  }

  @Test
  void aProductAsGatesIsProved() {
    assertThat(product().compare(OTHER + "product", Method.DIAGRAMS)).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aProductThatForgetsASignIsRefuted() {
    Prover mutant = product().fault("b[5] ^ negative", "b[5]");
    assertThat(mutant.compare(OTHER + "product", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }

  private Prover numberProduct() {
    return new Prover(new NumberProduct(Arithmetic.GATES), folder)
        .with(OTHER, new NumberProduct(Arithmetic.OPERATORS));
  }

  @Test
  void aProductOfNumbersAsGatesIsProved() {
    assertThat(numberProduct().compare(OTHER + "number_product", Method.DIAGRAMS))
        .isEqualTo(Verdict.EQUAL);
  }

  private Prover rows() {
    return new Prover(new Rows(Arithmetic.GATES, 5, 6, 9), folder)
        .with(OTHER, new Rows(Arithmetic.OPERATORS, 5, 6, 9));
  }

  @Test
  void theSumOfTwoRowsIsProved() {
    assertThat(rows().compare(OTHER + "rows", Method.DIAGRAMS)).isEqualTo(Verdict.EQUAL);
  }

  private Prover added(int width, int segmentBits) {
    return new Prover(new Added(true, width, segmentBits), folder)
        .with(OTHER, new Added(false, width, segmentBits));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 12})
  void anAdditionInSegmentsIsProved(int segmentBits) {
    assertThat(added(13, segmentBits).compare(OTHER + "added", Method.DIAGRAMS))
        .isEqualTo(Verdict.EQUAL);
  }

  private static DotProduct dotProduct(Arithmetic arithmetic, int stages) {
    return new DotProduct(SHORT, 2, 4, arithmetic, Depth.stages(stages));
  }

  /** The sum of the beats, and the sum with its carries, come later. */
  private static Lag lagOfSum(int stages) {
    return new Lag(2 * stages, List.of("total_digits", "total_carries_*"), stages, Set.of());
  }

  private static ExactAccumulator accumulator(int entries, int stages) {
    return new ExactAccumulator(SHORT, 3, 24, entries, Arithmetic.GATES, Depth.stages(stages));
  }

  /** Number and weight go in before what says where they are added. */
  private static Lag lagOfEntries(int stages) {
    return new Lag(stages, List.of("sums[*"), stages, Set.of("add", "index", "fresh"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, STAGES})
  void aDotProductInStagesIsProved(int stages) {
    Prover prover = new Prover(dotProduct(Arithmetic.GATES, stages), folder);
    assertThat(prover.compareFeedback(dotProduct(Arithmetic.GATES, 0), lagOfSum(stages)))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aDotProductWhoseFirstBeatIsAStageEarlyIsRefuted() {
    Prover mutant =
        new Prover(dotProduct(Arithmetic.GATES, STAGES), folder)
            .fault("{first_stages[0], first}", "{first, first}");
    assertThat(mutant.compareFeedback(dotProduct(Arithmetic.GATES, 0), lagOfSum(STAGES)))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aDotProductInStagesIsProvedFromAFirstBeatOn() {
    Prover prover = new Prover(dotProduct(Arithmetic.GATES, STAGES), folder);
    assertThat(
            prover.compareFromStart(
                dotProduct(Arithmetic.GATES, 0), lagOfSum(STAGES), BEGIN_SUM, 3))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aDotProductAsGatesIsProvedForAFirstBeat() {
    Prover prover = new Prover(dotProduct(Arithmetic.GATES, 0), folder);
    assertThat(
            prover.compareFromStart(dotProduct(Arithmetic.OPERATORS, 0), lagOfSum(0), BEGIN_SUM, 0))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aDotProductThatKeepsAnOldCarryIsRefuted() {
    Prover mutant =
        new Prover(dotProduct(Arithmetic.GATES, STAGES), folder)
            .fault("fresh ? 2'd0 : total_carries_0", "total_carries_0");
    assertThat(
            mutant.compareFromStart(
                dotProduct(Arithmetic.GATES, 0), lagOfSum(STAGES), BEGIN_SUM, 3))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, STAGES})
  void anAccumulatorInStagesIsProved(int stages) {
    Prover prover = new Prover(accumulator(2, stages), folder);
    assertThat(prover.compareFeedback(accumulator(2, 0), lagOfEntries(stages)))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void anAccumulatorOfOneSumIsProvedFromAFirstTermOn() {
    Prover prover = new Prover(accumulator(1, STAGES), folder);
    assertThat(
            prover.compareFromStart(
                accumulator(1, 0), lagOfEntries(STAGES), Set.of("add", "fresh"), 3))
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void anAccumulatorThatAddsUnaskedIsRefuted() {
    Prover mutant =
        new Prover(accumulator(2, STAGES), folder).fault("if (add) sums", "if (add | fresh) sums");
    assertThat(mutant.compareFeedback(accumulator(2, 0), lagOfEntries(STAGES)))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aProductOfNumbersWithAnotherShiftIsRefuted() {
    Prover mutant = numberProduct().fault("- 5'd2", "- 5'd1");
    assertThat(mutant.compare(OTHER + "number_product", Method.SEARCH))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aSumOfRowsWithoutACarryIsRefuted() {
    Prover mutant = rows().fault("terms_carry4_0 = ", "terms_carry4_0 = 1'b0 & ");
    assertThat(mutant.compare(OTHER + "rows", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void anAdditionThatLosesACarryIsRefuted() {
    Prover mutant = added(13, 4).fault("fresh ? 2'd0 : ", "fresh ? 2'd0 : 2'd2 & ");
    assertThat(mutant.compare(OTHER + "added", Method.SEARCH)).isEqualTo(Verdict.DIFFERENT);
  }
}
