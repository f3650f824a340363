package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Depth;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.lib.Pipeline;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamSink;
import sluice.hdl.verilog.VerilogWriter;

/** Pipelines whose registers the language puts. */
class BalancedTest extends MistakeTest {

  record Point(SInt x, SInt y, UInt tag) implements Bundle {}

  record Polar(UInt square, Bool steep, UInt tag) implements Bundle {}

  /** The square of a distance, and which coordinate is larger. */
  private static Polar polar(Point point, UInt offset) {
    SInt x = point.x();
    UInt magnitudeX = x.abs();
    UInt magnitudeY = point.y().abs();
    UInt squareX = magnitudeX.times(magnitudeX);
    UInt squareY = magnitudeY.times(magnitudeY);
    UInt square = squareX.plus(squareY).plus(offset);
    return new Polar(square, magnitudeX.lt(magnitudeY), point.tag());
  }

  private static final class Distance extends Module {
    final Point point = input(new Point(SInt.of(9), SInt.of(9), UInt.of(5)));
    final UInt offset = input(UInt.of(6));
    final Bool advance = input(Bool.of());
    final Polar polar;
    final Balanced<Polar> balanced;

    Distance(Depth depth, boolean stalls) {
      balanced =
          stalls
              ? Balanced.pipeline(point, advance, depth, p -> polar(p, offset))
              : Balanced.pipeline(point, depth, p -> polar(p, offset));
      polar = output(new Polar(UInt.of(20), Bool.of(), UInt.of(5)));
      connect(polar, balanced.output());
    }
  }

  private static List<Long> expected(long x, long y, long tag, long offset) {
    return List.of(x * x + y * y + offset, Math.abs(x) < Math.abs(y) ? 1L : 0L, tag);
  }

  private static List<Long> seen(Simulator simulator, Polar polar) {
    return List.of(
        simulator.peek(polar.square()), simulator.peek(polar.steep()), simulator.peek(polar.tag()));
  }

  @ParameterizedTest
  @CsvSource({
    "0,false",
    "1,false",
    "2,false",
    "3,false",
    "4,false",
    "5,false",
    "7,false",
    "12,false",
    "1,true",
    "2,true",
    "3,true",
    "6,true"
  })
  void theResultIsThatOfTheInputsLatencyCyclesAgo(int stages, boolean stalls) {
    Distance distance = new Distance(Depth.stages(stages), stalls);
    Simulator simulator = Simulator.of(distance);
    Random random = new Random(stages);
    Deque<List<Long>> underWay = new ArrayDeque<>();
    int compared = 0;
    for (int cycle = 0; cycle < 300; cycle++) {
      long x = random.nextInt(512) - 256;
      long y = random.nextInt(512) - 256;
      long tag = random.nextInt(32);
      long offset = random.nextInt(64);
      boolean advance = random.nextInt(3) > 0;
      simulator.poke(distance.point.x(), x);
      simulator.poke(distance.point.y(), y);
      simulator.poke(distance.point.tag(), tag);
      simulator.poke(distance.offset, offset);
      simulator.poke(distance.advance, advance);
      if (stages == 0) {
        assertThat(seen(simulator, distance.polar)).isEqualTo(expected(x, y, tag, offset));
        compared++;
      } else if (underWay.size() == stages) {
        assertThat(seen(simulator, distance.polar)).isEqualTo(underWay.peek());
        compared++;
      }
      if (advance || !stalls) {
        underWay.add(expected(x, y, tag, offset));
        if (underWay.size() > stages) {
          underWay.remove();
        }
      }
      simulator.step();
    }
    assertThat(distance.balanced.latency()).isEqualTo(stages);
    assertThat(compared).isGreaterThan(250);
  }

  private static int registerBits(Module circuit) {
    return VerilogFiles.registerBits(new VerilogWriter("").write(Elaborator.elaborate(circuit)));
  }

  /** What can be read from Verilog text. */
  private static final class VerilogFiles {
    private static final Pattern REGISTER =
        Pattern.compile("\\breg +(?:\\[(\\d+):0\\] )?(\\w+)[;,\\n]");

    static int registerBits(java.util.Map<String, String> files) {
      return files.values().stream()
          .flatMap(text -> REGISTER.matcher(text).results())
          .mapToInt(result -> result.group(1) == null ? 1 : 1 + Integer.parseInt(result.group(1)))
          .sum();
    }

    static TreeSet<String> registers(java.util.Map<String, String> files) {
      TreeSet<String> names = new TreeSet<>();
      files.values().stream()
          .flatMap(text -> REGISTER.matcher(text).results())
          .map((MatchResult result) -> result.group(2))
          .forEach(names::add);
      return names;
    }
  }

  @Test
  void theReportSaysHowManyBitsAndLevelsThereAre() {
    List<Integer> worst = new ArrayList<>();
    for (int stages = 0; stages <= 4; stages++) {
      Distance distance = new Distance(Depth.stages(stages), false);
      worst.add(distance.balanced.worstStage());
      assertThat(registerBits(distance)).isEqualTo(distance.balanced.registerBits());
    }
    // Magnitudes take 7, products 16, and each sum 7; a product is one operation and stays whole.
    assertThat(worst).containsExactly(37, 37, 23, 16, 16);
  }

  @Test
  void stagesFollowFromTheLevelsAllowed() {
    Balanced<Polar> balanced = new Distance(Depth.levels(17), false).balanced;
    assertThat(balanced.latency()).isEqualTo(3);
    assertThat(balanced.worstStage()).isLessThanOrEqualTo(17);
  }

  @Test
  void registersAreNamedAfterTheirValues() {
    Distance distance = new Distance(Depth.stages(3), false);
    assertThat(VerilogFiles.registers(new VerilogWriter("").write(Elaborator.elaborate(distance))))
        .containsExactly(
            "balanced_steep_s2",
            "magnitude_x_s1",
            "magnitude_y_s1",
            "offset_s1",
            "offset_s2",
            "point_tag_s1",
            "point_tag_s2",
            "polar_square",
            "polar_steep",
            "polar_tag",
            "square_x_s2",
            "square_y_s2");
  }

  private static TreeSet<String> registers(Module circuit) {
    return VerilogFiles.registers(new VerilogWriter("").write(Elaborator.elaborate(circuit)));
  }

  /** Takes a word apart; each part is used in another stage. */
  private static final class Parts extends Module {
    final UInt word = input(UInt.of(32));
    final UInt out = output(UInt.of(17));
    final Balanced<UInt> balanced;

    Parts(boolean together) {
      balanced =
          Balanced.pipeline(
              word,
              Depth.stages(3),
              w -> {
                UInt tag = w.bits(31, 28);
                UInt left = w.bits(15, 8);
                UInt right = w.truncate(8);
                UInt product = left.times(right);
                int low = together ? 25 : 24;
                return product.plus(tag.concat(w.bits(low + 3, low)));
              });
      out.set(balanced.output());
    }
  }

  @Test
  void partsWithNamesAreCarriedUnderThem() {
    Parts parts = new Parts(false);
    // Bits 27 to 24 have no name; 28 to 31 lie beside them, but have one.
    assertThat(registers(parts))
        .containsExactly(
            "left_s1",
            "out",
            "product_s2",
            "right_s1",
            "tag_s1",
            "tag_s2",
            "word_27_24_s1",
            "word_27_24_s2");
    assertThat(registerBits(parts)).isEqualTo(parts.balanced.registerBits());
  }

  @Test
  void partsThatOverlapAreCarriedTogether() {
    Parts parts = new Parts(true);
    assertThat(registers(parts)).contains("word_31_25_s1").doesNotContain("tag_s1");
    assertThat(registerBits(parts)).isEqualTo(parts.balanced.registerBits());
  }

  /** The bits of a word one by one, but for some of them. */
  private static final class SingleBits extends Module {
    final UInt word = input(UInt.of(16));
    final Bool out = output(Bool.of());
    final Balanced<Bool> balanced;

    SingleBits() {
      balanced =
          Balanced.pipeline(
              word,
              Depth.stages(2),
              w -> {
                UInt mixed = w.xor(w.rotateLeft(3));
                Bool result = mixed.bit(0);
                for (int i : new int[] {1, 2, 3, 4, 7, 9, 10, 11}) {
                  result = result.xor(mixed.bit(i));
                }
                return result;
              });
      out.set(balanced.output());
    }
  }

  @Test
  void bitsSideBySideAreOneRegister() {
    SingleBits bits = new SingleBits();
    assertThat(registers(bits)).allMatch(name -> name.matches("out|result(_\\d+)?_s1|mixed_.*_s1"));
    assertThat(registerBits(bits)).isEqualTo(bits.balanced.registerBits());
    Simulator simulator = Simulator.of(bits);
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      int word = random.nextInt(1 << 16);
      simulator.poke(bits.word, word);
      simulator.step(2);
      int mixed = word ^ (word << 3 | word >> 13);
      assertThat(simulator.peek(bits.out)).isEqualTo(Integer.bitCount(mixed & 0xe9f) & 1);
    }
  }

  /** Values that have no names themselves. */
  private static final class Nameless extends Module {
    Nameless(boolean edited) {
      UInt a = input(UInt.of(8));
      UInt b = input(UInt.of(8));
      UInt choose = input(UInt.of(8));
      UInt first = edited ? a.plusWrap(b).minusWrap(choose) : a;
      Balanced<UInt> total =
          Balanced.pipeline(
              choose,
              Depth.stages(3),
              c -> {
                if (edited) {
                  a.times(b).orReduce();
                }
                UInt larger = mux(a.lt(b), b, a).plusWrap(a.and(b)).plusWrap(c);
                return larger.times(larger).truncate(8).plusWrap(a.xor(b));
              });
      output(UInt.of(8), "out").set(total.output());
      output(UInt.of(8), "other").set(first);
    }
  }

  @Test
  void valuesWithoutNamesAreCalledAfterWhatTheyAreOrGoTo() {
    TreeSet<String> names = registers(new Nameless(false));
    assertThat(names).contains("a_xor_b_s1", "a_xor_b_s2");
    assertThat(names).allMatch(name -> name.matches("out|(a|b|choose|larger|total)(_\\w+)?_s[12]"));
    assertThat(registers(new Nameless(true))).isEqualTo(names);
  }

  private static final class Streamed extends Module {
    final Stream<Point> points = input(Stream.of(new Point(SInt.of(9), SInt.of(9), UInt.of(5))));
    final Stream<Polar> polars = output(Stream.of(new Polar(UInt.of(20), Bool.of(), UInt.of(5))));

    Streamed(Depth depth) {
      Pipeline.balanced(points, polars, depth, p -> polar(p, UInt.literal(7, 6)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0.4,0.4", "1,0.0,0.5", "3,0.5,0.0", "5,0.3,0.6", "4,0.0,0.0"})
  void aStreamOfValuesComesOutInOrder(int stages, double before, double after) {
    Streamed streamed = new Streamed(Depth.stages(stages));
    Simulator simulator = Simulator.of(streamed);
    var points = simulator.drive(streamed.points).stalls(before, 1);
    StreamSink polars = simulator.sink(streamed.polars).stalls(after, 2);
    simulator.reset();
    Random random = new Random(4);
    List<List<BigInteger>> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long x = random.nextInt(512) - 256;
      long y = random.nextInt(512) - 256;
      points.send(x, y, i % 32);
      expected.add(expected(x, y, i % 32, 7).stream().map(BigInteger::valueOf).toList());
    }
    long cycles = simulator.runUntil(() -> polars.count() == 200, 5000);
    assertThat(polars.receivedFields()).isEqualTo(expected);
    if (before == 0 && after == 0) {
      assertThat(cycles).isEqualTo(200 + stages);
    }
  }

  private static final class WithWires extends Module {
    final UInt in = input(UInt.of(8));
    final UInt out = output(UInt.of(8));

    WithWires(int stages) {
      Balanced<UInt> result =
          Balanced.pipeline(
              in,
              Depth.stages(stages),
              value -> {
                UInt clipped = wire(UInt.of(8));
                clipped.set(value.plusWrap(3));
                when(value.gt(200), () -> clipped.set(200));
                return clipped.xor(value);
              });
      out.set(result.output());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFunctionMayHaveWiresAndConditions(int stages) {
    WithWires circuit = new WithWires(stages);
    Simulator simulator = Simulator.of(circuit);
    for (int value = 0; value < 256; value++) {
      simulator.poke(circuit.in, value);
      simulator.step(stages);
      assertThat(simulator.peek(circuit.out))
          .isEqualTo((value > 200 ? 200 : value + 3 & 255) ^ value);
    }
  }

  private static final class WithRegister extends Module {
    WithRegister() {
      UInt in = input(UInt.of(8));
      output(UInt.of(8), "out")
          .set(
              Balanced.pipeline(
                      in, Depth.stages(2), value -> delayed(value)) // at fault: with register
                  .output());
    }
  }

  @Test
  void aFunctionWithARegister() {
    check(
        WithRegister::new,
        "with register",
        Kind.PIPELINE,
        "a balanced function has a register",
        "it is combinational: keep state outside, and let the function read signals");
  }

  private static final class WithMemory extends Module {
    WithMemory() {
      UInt in = input(UInt.of(3));
      Memory<UInt> table = registerFile(UInt.of(8), 8);
      table.write(Bool.literal(true), in, in.extend(8));
      Balanced<UInt> result =
          Balanced.pipeline(
              in,
              Depth.stages(2),
              value -> {
                UInt word = table.read(value); // at fault: with memory
                return word.plus(1);
              });
      output(UInt.of(9), "out").set(result.output());
    }
  }

  @Test
  void aFunctionThatReadsAMemory() {
    check(
        WithMemory::new,
        "with memory",
        Kind.PIPELINE,
        "a balanced function has a memory",
        "it is combinational: keep state outside, and let the function read signals");
  }

  private static final class Assigning extends Module {
    Assigning() {
      UInt in = input(UInt.of(8));
      UInt other = output(UInt.of(8)); // see also: assigning
      Balanced<UInt> result =
          Balanced.pipeline(
              in,
              Depth.stages(2),
              value -> {
                other.set(value); // at fault: assigning
                return value;
              });
      output(UInt.of(8), "out").set(result.output());
    }
  }

  @Test
  void aFunctionThatAssignsWhatIsOutside() {
    check(
        Assigning::new,
        "assigning",
        Kind.PIPELINE,
        "a balanced function assigns a signal from outside of it",
        "return the value, and assign it outside");
    checkOther(Assigning::new, "assigning");
  }

  private static final class TooLong extends Module {
    TooLong() {
      UInt in = input(UInt.of(16));
      Balanced<UInt> result =
          Balanced.pipeline( // at fault: too long
              in,
              Depth.levels(10),
              value -> {
                UInt square = value.times(value); // see also: too long
                return square.plus(1);
              });
      output(UInt.of(33), "out").set(result.output());
    }
  }

  @Test
  void anOperationThatIsLongerThanAStage() {
    check(
        TooLong::new,
        "too long",
        Kind.PIPELINE,
        "one operation (multiply of 32 bits) takes 20, more than the 10 of a stage",
        "allow more for a stage, or write the operation as several smaller ones");
    checkOther(TooLong::new, "too long");
  }

  private static final class OpenWire extends Module {
    OpenWire() {
      UInt in = input(UInt.of(8));
      Balanced<UInt> result =
          Balanced.pipeline(
              in,
              Depth.stages(2),
              value -> {
                UInt open = wire(UInt.of(8)); // at fault: open wire
                return open.xor(value);
              });
      output(UInt.of(8), "out").set(result.output());
    }
  }

  @Test
  void aWireOfTheFunctionThatIsNotDriven() {
    check(
        OpenWire::new,
        "open wire",
        Kind.UNDRIVEN,
        "open of open_wire is never assigned",
        "assign it with set(...)");
  }

  private static final class NegativeDepth extends Module {
    NegativeDepth() {
      Depth.stages(-1); // at fault: negative depth
    }
  }

  @Test
  void aNegativeNumberOfStages() {
    check(
        NegativeDepth::new,
        "negative depth",
        Kind.OUT_OF_RANGE,
        "a pipeline with -1 stages",
        "the least is 0");
  }
}
