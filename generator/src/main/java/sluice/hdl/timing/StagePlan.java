package sluice.hdl.timing;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import sluice.hdl.netlist.Node;

/**
 * Where registers cut the values between given values and results into the stages of a pipeline.
 * Behind each stage there are registers, behind the last one those of the results. No stage is
 * longer than a limit, which is given, or is the least that the number of stages allows; under it,
 * each row of registers in turn is put where it has the fewest bits.
 */
public final class StagePlan {
  private final Cone cone;
  private final int stages;
  private final int[] stage;

  /** For each value the bits that a stage, or a later one, uses; null where there are none. */
  private final BitSet[][] carried;

  private final int worstDelay;

  private StagePlan(Cone cone, DelayModel model, int stages, int[] stage) {
    this.cone = cone;
    this.stages = stages;
    this.stage = stage;
    this.carried = new BitSet[stage.length][stages + 1];
    int[] arrival = new int[stage.length];
    int worst = 0;
    for (Node node : cone.operations()) {
      int own = cone.index(node);
      for (Node operand : node.operands()) {
        int other = cone.index(operand);
        if (other >= 0) {
          carry(cone.bits(operand), stage[own]);
          if (stage[other] == stage[own]) {
            arrival[own] = Math.max(arrival[own], arrival[other]);
          }
        }
      }
      arrival[own] += model.delay(node);
      worst = Math.max(worst, arrival[own]);
    }
    cone.ends().forEach(end -> carry(cone.bits(end), stages));
    this.worstDelay = worst;
  }

  /** Has bits carried to the stage that uses them. */
  private void carry(BitRange bits, int user) {
    int value = cone.index(bits.value());
    for (int k = value < 0 ? user : stage[value]; k < user; k++) {
      if (carried[value][k + 1] == null) {
        carried[value][k + 1] = new BitSet();
      }
      carried[value][k + 1].set(bits.low(), bits.end());
    }
  }

  /**
   * A plan of a given number of stages.
   *
   * @param stages at least 0; with 0 there are no registers
   */
  public static StagePlan ofStages(Cone cone, DelayModel model, int stages) {
    int[] delays = delays(cone, model);
    if (stages == 0) {
      return new StagePlan(cone, model, 0, new int[delays.length]);
    }
    int most = Arrays.stream(delays).sum();
    int least = Arrays.stream(delays).max().orElse(0);
    while (least < most) {
      int middle = (least + most) >>> 1;
      if (stagesWithin(cone, delays, middle) <= stages) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    return new StagePlan(cone, model, stages, cheapest(cone, delays, least, stages));
  }

  /**
   * The plan of the fewest stages, at least one, none of which takes longer than a limit. All of
   * the limit may be used, where that saves registers.
   *
   * @param limit at least the delay of {@link Cone#slowest}
   */
  public static StagePlan within(Cone cone, DelayModel model, int limit) {
    int[] delays = delays(cone, model);
    if (Arrays.stream(delays).anyMatch(delay -> delay > limit)) {
      throw new IllegalArgumentException("a value takes longer than " + limit);
    }
    int stages = stagesWithin(cone, delays, limit);
    return new StagePlan(cone, model, stages, cheapest(cone, delays, limit, stages));
  }

  /** Cycles from given values to the registers of the results. */
  public int stages() {
    return stages;
  }

  /** The delay of the longest stage, in the unit of the model. */
  public int worstDelay() {
    return worstDelay;
  }

  /** The stage in which a value is given or computed, from 0 on. */
  public int stageOf(Node node) {
    return stage[cone.index(node)];
  }

  /**
   * The bits of a value that registers carry to a stage: all that it or a later one uses, in the
   * stages behind the value's own. Behind the last one these are the results.
   *
   * @param value neither a slice nor a wire
   * @param to from 1 to {@link #stages()}
   */
  public BitSet carried(Node value, int to) {
    BitSet bits = carried[cone.index(value)][to];
    return bits == null ? new BitSet() : (BitSet) bits.clone();
  }

  /** Bits of all registers. */
  public int registerBits() {
    int bits = 0;
    for (BitSet[] stages : carried) {
      for (BitSet set : stages) {
        bits += set == null ? 0 : set.cardinality();
      }
    }
    return bits;
  }

  private static int[] delays(Cone cone, DelayModel model) {
    int[] delays = new int[cone.values().size()];
    for (Node node : cone.operations()) {
      delays[cone.index(node)] = model.delay(node);
    }
    return delays;
  }

  /** The fewest stages that keep a limit: every value as early as it can be. */
  private static int stagesWithin(Cone cone, int[] delays, int limit) {
    int[] stage = new int[delays.length];
    int[] arrival = new int[delays.length];
    int last = 0;
    for (Node node : cone.operations()) {
      int own = cone.index(node);
      for (Node operand : node.operands()) {
        int other = cone.index(operand);
        if (other >= 0 && stage[other] >= stage[own]) {
          arrival[own] =
              stage[other] > stage[own] ? arrival[other] : Math.max(arrival[own], arrival[other]);
          stage[own] = stage[other];
        }
      }
      if (arrival[own] + delays[own] > limit) {
        stage[own]++;
        arrival[own] = 0;
      }
      arrival[own] += delays[own];
      last = Math.max(last, stage[own]);
    }
    return last + 1;
  }

  /** The last stage that each value can be in. */
  private static int[] latest(Cone cone, int[] delays, int limit, int stages) {
    int[] stage = new int[delays.length];
    int[] tail = new int[delays.length];
    Arrays.fill(stage, stages - 1);
    List<Node> computed = cone.operations();
    for (int i = computed.size() - 1; i >= 0; i--) {
      int own = cone.index(computed.get(i));
      if (tail[own] + delays[own] > limit) {
        stage[own]--;
        tail[own] = 0;
      }
      tail[own] += delays[own];
      for (Node operand : computed.get(i).operands()) {
        int other = cone.index(operand);
        if (other >= 0 && stage[own] <= stage[other]) {
          tail[other] = stage[own] < stage[other] ? tail[own] : Math.max(tail[other], tail[own]);
          stage[other] = stage[own];
        }
      }
    }
    return stage;
  }

  private static int[] cheapest(Cone cone, int[] delays, int limit, int stages) {
    int[] latest = latest(cone, delays, limit, stages);
    int[] stage = new int[delays.length];
    Arrays.fill(stage, stages - 1);
    BitSet before = new BitSet();
    before.set(0, cone.starts().size());
    Arrays.fill(stage, 0, cone.starts().size(), 0);
    for (int k = 0; k < stages - 1; k++) {
      BitSet done = cheapestCut(cone, delays, limit, before, latest, k);
      for (int i = done.nextSetBit(0); i >= 0; i = done.nextSetBit(i + 1)) {
        if (!before.get(i)) {
          stage[i] = k;
        }
      }
      before = done;
    }
    return stage;
  }

  /** The values that are computed when stage {@code k} ends. */
  private static BitSet cheapestCut(
      Cone cone, int[] delays, int limit, BitSet before, int[] latest, int k) {
    StageCut cut = new StageCut(cone);
    int[] arrival = new int[delays.length];
    for (Node node : cone.values()) {
      int own = cone.index(node);
      if (!before.get(own)) {
        for (Node operand : node.operands()) {
          int other = cone.index(operand);
          if (other >= 0 && !before.get(other)) {
            arrival[own] = Math.max(arrival[own], arrival[other]);
          }
        }
        arrival[own] += delays[own];
      }
      if (before.get(own) || latest[own] <= k) {
        cut.computed(own);
      } else if (arrival[own] > limit) {
        cut.open(own);
      }
    }
    return cut.cheapest();
  }
}
