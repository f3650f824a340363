package sluice.hdl.lib.numeric;

import java.util.List;
import sluice.hdl.UInt;

/** What a {@link FloatUnit} computes. */
public enum FloatOperation {
  /** {@code a + b}. */
  ADD("add", "a + b, to nearest even", 2) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatAdd.add(format, operands.get(0), operands.get(1));
    }
  },

  /** {@code a - b}. */
  SUBTRACT("subtract", "a - b, to nearest even", 2) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatAdd.subtract(format, operands.get(0), operands.get(1));
    }
  },

  /** {@code a * b}. */
  MULTIPLY("multiply", "a * b, to nearest even", 2) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatMultiply.of(format, operands.get(0), operands.get(1));
    }
  },

  /** {@code a * b + c}, rounded once. */
  MULTIPLY_ADD("multiply_add", "a * b + c, rounded once to nearest even", 3) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatMultiplyAdd.of(format, operands.get(0), operands.get(1), operands.get(2));
    }
  },

  /** {@code a == b}, quiet. */
  EQUAL("equal", "a == b, quiet", 2) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatCompare.of(format, operands.get(0), operands.get(1)).same();
    }
  },

  /** {@code a < b}, signaling. */
  LESS_THAN("less_than", "a < b, signaling", 2) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatCompare.of(format, operands.get(0), operands.get(1)).lessThan();
    }
  },

  /** {@code a <= b}, signaling. */
  AT_MOST("at_most", "a <= b, signaling", 2) {
    @Override
    FloatResult of(FloatFormat format, List<UInt> operands) {
      return FloatCompare.of(format, operands.get(0), operands.get(1)).atMost();
    }
  };

  private final String word;
  private final String formula;
  private final int operands;

  FloatOperation(String word, String formula, int operands) {
    this.word = word;
    this.formula = formula;
    this.operands = operands;
  }

  /** How many numbers it takes. */
  public int operands() {
    return operands;
  }

  /** What it is called in names of modules. */
  String word() {
    return word;
  }

  String formula() {
    return formula;
  }

  /** The operation, combinational. */
  abstract FloatResult of(FloatFormat format, List<UInt> operands);
}
