package sluice.hdl.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/** Plans of pipelines keep the order of values, their limit, and few bits. */
class StagePlanTest {
  private final Netlist netlist = new Netlist("test", Site.NONE);
  private final DelayModel levels = new LogicLevels();

  private Node input(int width) {
    return new Node.Input(netlist, width, Site.NONE);
  }

  private Node apply(Operator operator, int width, Node... operands) {
    return new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE);
  }

  private static Cone cone(Node... ends) {
    return Cone.of(List.of(ends), Node.Input.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"ADD,1,1", "ADD,8,5", "ADD,33,8", "AND,64,1", "LESS,8,4", "EQUAL,32,6"})
  void levelsOfAnOperator(Operator operator, int width, int expected) {
    boolean compares = operator == Operator.LESS || operator == Operator.EQUAL;
    Node node = apply(operator, compares ? 1 : width, input(width), input(width));
    assertThat(levels.delay(node)).isEqualTo(expected);
  }

  @Test
  void levelsOfShiftersMultipliersAndConstants() {
    Node x = input(16);
    Node one = new Node.Constant(netlist, 16, BigInteger.valueOf(256), null, Site.NONE);
    assertThat(levels.delay(apply(Operator.SHIFT_LEFT, 16, x, input(3)))).isEqualTo(3);
    assertThat(levels.delay(apply(Operator.SHIFT_LEFT, 16, x, input(9)))).isEqualTo(5);
    assertThat(levels.delay(apply(Operator.EQUAL, 1, x, one))).isEqualTo(4);
    assertThat(levels.delay(apply(Operator.AND, 16, x, one))).isZero();
    assertThat(levels.delay(apply(Operator.MULTIPLY, 32, x, one))).isZero();
    // One for the products, 6 carry-save adders from 16 rows to 2, 32 bits of carries.
    assertThat(levels.delay(apply(Operator.MULTIPLY, 32, x, input(16)))).isEqualTo(1 + 12 + 7);
    assertThat(levels.delay(apply(Operator.CONCAT, 32, x, one))).isZero();
  }

  @Test
  void registersLieWhereAChainIsNarrow() {
    // Wide, narrow, wide; the sum beside the chain leaves some freedom where to cut it.
    Node sum = apply(Operator.ADD, 64, input(64), input(64));
    Node first = apply(Operator.XOR, 64, input(64), input(64));
    Node narrow = apply(Operator.REDUCE_XOR, 1, first);
    Node value = narrow;
    for (int i = 0; i < 6; i++) {
      value = apply(Operator.OR, 1, value, value);
    }
    Node end = apply(Operator.SIGN_EXTEND, 64, value);
    StagePlan plan = StagePlan.ofStages(cone(end, sum), levels, 2);
    assertThat(plan.worstDelay()).isLessThanOrEqualTo(8);
    assertThat(plan.stageOf(narrow)).isZero();
    assertThat(plan.stageOf(end)).isEqualTo(1);
    assertThat(plan.registerBits()).isEqualTo(1 + 64 + 2 * 64);
  }

  @Test
  void aLimitIsUsedInFullWhereThatSavesRegisters() {
    // Six steps of eight bits, of which one is left in the end.
    Node value = input(8);
    for (int i = 0; i < 4; i++) {
      value = apply(Operator.XOR, 8, value, value);
    }
    Node one = apply(Operator.REDUCE_XOR, 1, value);
    Node end = apply(Operator.XOR, 1, one, one);
    StagePlan shortest = StagePlan.ofStages(cone(end), levels, 2);
    assertThat(shortest.worstDelay()).isEqualTo(4);
    assertThat(shortest.registerBits()).isEqualTo(8 + 1);
    StagePlan within = StagePlan.within(cone(end), levels, 7);
    assertThat(within.stages()).isEqualTo(2);
    assertThat(within.worstDelay()).isEqualTo(7);
    assertThat(within.registerBits()).isEqualTo(1 + 1);
  }

  @Test
  void aChainIsCutEvenly() {
    Node value = input(8);
    for (int i = 0; i < 12; i++) {
      value = apply(Operator.XOR, 8, value, input(8));
    }
    for (int stages = 1; stages <= 12; stages++) {
      StagePlan plan = StagePlan.ofStages(cone(value), levels, stages);
      assertThat(plan.worstDelay()).isEqualTo((12 + stages - 1) / stages);
    }
    assertThat(StagePlan.ofStages(cone(value), levels, 0).worstDelay()).isEqualTo(12);
    assertThat(StagePlan.within(cone(value), levels, 5).stages()).isEqualTo(3);
  }

  private Node slice(Node source, int low, int width) {
    return new Node.Slice(netlist, source, low, width, Site.NONE);
  }

  @Test
  void bitsThatSeveralSlicesHaveAreCarriedOnce() {
    Node word = apply(Operator.XOR, 16, input(16), input(16));
    Node low = slice(word, 0, 8);
    Node middle = slice(slice(word, 2, 14), 2, 8);
    Node sum = apply(Operator.ADD, 8, low, middle);
    // Bits 12 to 15 are used at once, and by nobody else.
    Node top = apply(Operator.REDUCE_XOR, 1, slice(word, 12, 4));
    StagePlan plan = StagePlan.ofStages(cone(sum, top), levels, 2);
    assertThat(plan.stageOf(sum)).isEqualTo(1);
    assertThat(plan.stageOf(top)).isZero();
    assertThat(plan.stageOf(middle)).isZero();
    assertThat(plan.carried(word, 1)).isEqualTo(BitSet.valueOf(new long[] {0xfff}));
    assertThat(plan.carried(word, 2).isEmpty()).isTrue();
    assertThat(plan.registerBits()).isEqualTo(12 + 1 + 8 + 1);
  }

  @Test
  void aWireIsWhatDrivesIt() {
    Node word = apply(Operator.XOR, 8, input(8), input(8));
    Node.Wire wire = new Node.Wire(netlist, 8, Site.NONE);
    wire.setDriver(word);
    Node sum = apply(Operator.ADD, 8, word, slice(wire, 0, 8));
    StagePlan plan = StagePlan.ofStages(cone(sum, wire), levels, 2);
    assertThat(plan.stageOf(sum)).isEqualTo(1);
    assertThat(plan.registerBits()).isEqualTo(8 + 8 + 8);
  }

  private List<Node> random(Random random, int count) {
    List<Node> nodes = new ArrayList<>(List.of(input(8), input(8), input(8)));
    for (int i = 0; i < count; i++) {
      Node a = nodes.get(random.nextInt(nodes.size()));
      Node b = nodes.get(nodes.size() - 1 - random.nextInt(3));
      nodes.add(apply(random.nextBoolean() ? Operator.ADD : Operator.XOR, 8, a, b));
    }
    return nodes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomFunctionsKeepTheirOrderAndTheLimit(long seed) {
    Random random = new Random(seed);
    List<Node> nodes = random(random, 60);
    Cone cone = cone(nodes.get(62), nodes.get(40));
    for (int limit = 5; limit < 40; limit += 3) {
      StagePlan plan = StagePlan.within(cone, levels, limit);
      assertThat(plan.worstDelay()).isLessThanOrEqualTo(limit);
      for (Node node : cone.computed()) {
        assertThat(plan.stageOf(node)).isBetween(0, plan.stages() - 1);
        for (Node operand : node.operands()) {
          assertThat(plan.stageOf(operand)).isLessThanOrEqualTo(plan.stageOf(node));
          for (int k = plan.stageOf(operand) + 1; k <= plan.stageOf(node); k++) {
            assertThat(plan.carried(operand, k).cardinality()).isEqualTo(8);
          }
        }
      }
      if (plan.stages() > 1) {
        assertThat(StagePlan.ofStages(cone, levels, plan.stages() - 1).worstDelay())
            .isGreaterThan(limit);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noOtherCutOfTwoStagesHasFewerBits(long seed) {
    List<Node> nodes = random(new Random(seed), 12);
    Cone cone = cone(nodes.get(14), nodes.get(9));
    StagePlan plan = StagePlan.ofStages(cone, levels, 2);
    int fewest = Integer.MAX_VALUE;
    List<Node> computed = cone.computed();
    for (int choice = 0; choice < 1 << computed.size(); choice++) {
      fewest = Math.min(fewest, bits(cone, choice, plan.worstDelay()));
    }
    assertThat(plan.registerBits()).isEqualTo(fewest);
  }

  /** Values of which operations take some of the bits only. */
  private List<Node> randomOfSlices(Random random, int count) {
    List<Node> nodes = new ArrayList<>(List.of(input(8), input(8), input(8)));
    for (int i = 0; i < count; i++) {
      Node a = nodes.get(random.nextInt(nodes.size()));
      Node b = nodes.get(nodes.size() - 1 - random.nextInt(3));
      Node low = slice(a, random.nextInt(3), 4);
      Node high = slice(b, random.nextInt(5), 4);
      Node half = apply(Operator.ADD, 4, low, high);
      nodes.add(
          random.nextInt(3) == 0
              ? apply(Operator.XOR, 8, a, b)
              : apply(Operator.CONCAT, 8, half, half));
    }
    return nodes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noOtherCutHasFewerBitsWhereSlicesOverlap(long seed) {
    List<Node> nodes = randomOfSlices(new Random(seed), 7);
    Cone cone = cone(slice(nodes.get(9), 1, 6), nodes.get(7));
    StagePlan plan = StagePlan.ofStages(cone, levels, 2);
    int fewest = Integer.MAX_VALUE;
    for (int choice = 0; choice < 1 << cone.operations().size(); choice++) {
      fewest = Math.min(fewest, bits(cone, choice, plan.worstDelay()));
    }
    assertThat(plan.registerBits()).isEqualTo(fewest);
  }

  /** The bits of one choice of the values of the second stage, if it is in order and in time. */
  private int bits(Cone cone, int choice, int limit) {
    List<Node> operations = cone.operations();
    int bits = 0;
    for (Node node : cone.values()) {
      boolean late = isLate(operations, node, choice);
      BitSet carried = new BitSet();
      BitSet results = new BitSet();
      for (Node user : operations) {
        for (Node operand : user.operands()) {
          if (cone.bits(operand).value() == node) {
            boolean userLate = isLate(operations, user, choice);
            if (late && !userLate) {
              return Integer.MAX_VALUE;
            }
            carried.set(
                cone.bits(operand).low(),
                userLate && !late ? cone.bits(operand).end() : cone.bits(operand).low());
          }
        }
      }
      for (Node end : cone.ends()) {
        if (cone.bits(end).value() == node) {
          results.set(cone.bits(end).low(), cone.bits(end).end());
        }
      }
      if (!late) {
        carried.or(results);
      }
      bits += carried.cardinality() + results.cardinality();
    }
    int[] arrival = new int[operations.size()];
    for (int i = 0; i < arrival.length; i++) {
      for (Node operand : operations.get(i).operands()) {
        int other = operations.indexOf(cone.bits(operand).value());
        if (other >= 0 && (choice >> other & 1) == (choice >> i & 1)) {
          arrival[i] = Math.max(arrival[i], arrival[other]);
        }
      }
      arrival[i] += levels.delay(operations.get(i));
      if (arrival[i] > limit) {
        return Integer.MAX_VALUE;
      }
    }
    return bits;
  }

  private static boolean isLate(List<Node> operations, Node node, int choice) {
    int index = operations.indexOf(node);
    return index >= 0 && (choice >> index & 1) == 1;
  }
}
