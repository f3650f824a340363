package sluice.hdl.lib.numeric;

import java.util.Locale;
import java.util.stream.IntStream;
import sluice.golden.Weights;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** An operation on one word of at most 32 bits, of which there are few enough to try all. */
enum WordOperation {
  /** The sum of the upper and the lower half. */
  HALF_ADD {
    @Override
    FloatResult of(UInt word) {
      return FloatAdd.add(FloatFormat.FP16, word.bits(31, 16), word.truncate(16));
    }
  },

  /** The product of the upper and the lower half. */
  HALF_MULTIPLY {
    @Override
    FloatResult of(UInt word) {
      return FloatMultiply.of(FloatFormat.FP16, word.bits(31, 16), word.truncate(16));
    }
  },

  /** A single as a half. */
  SINGLE_TO_HALF {
    @Override
    FloatResult of(UInt word) {
      return FloatConvert.convert(FloatFormat.FP32, FloatFormat.FP16, word);
    }
  },

  /** A single as an integer of 32 bits. */
  SINGLE_TO_INT32 {
    @Override
    FloatResult of(UInt word) {
      return FloatConvert.toSigned(FloatFormat.FP32, word, 32);
    }
  },

  /** An integer of 32 bits as a half. */
  INT32_TO_HALF {
    @Override
    FloatResult of(UInt word) {
      return FloatConvert.fromSigned(FloatFormat.FP16, word.asSInt());
    }
  },

  /** The product of two significands of halves with a sign, as gates. */
  SIGNED_PRODUCT(23) {
    @Override
    FloatResult of(UInt word) {
      SInt product =
          SignedProduct.of(Arithmetic.GATES, word.bits(21, 11), word.truncate(11), word.bit(22));
      return new FloatResult(
          product.extend(32).asUInt(), FloatFlags.onlyInvalid(Bool.literal(false)));
    }
  },

  /** The weight of a score that is so far below the largest. */
  POWER_OF_TWO(26) {
    @Override
    FloatResult of(UInt word) {
      UInt weight = new PowerOfTwo(6, 8, 16).negative(word);
      return new FloatResult(weight, FloatFlags.onlyInvalid(Bool.literal(false)));
    }

    @Override
    IntStream golden() {
      return IntStream.range(0, WEIGHTS << 14).map(Weights::weight);
    }
  };

  /** Octaves in which the model is asked; of all that is further away, nothing is left. */
  private static final int WEIGHTS = 20;

  private final int bits;

  WordOperation() {
    this(32);
  }

  WordOperation(int bits) {
    this.bits = bits;
  }

  /** Bits of a word. */
  int bits() {
    return bits;
  }

  /**
   * The values of the first words by the golden model, without flags; those of all words behind
   * them are 0. Null where a reference in C++ has values and flags of all words.
   */
  IntStream golden() {
    return null;
  }

  /** The operation, combinational. */
  abstract FloatResult of(UInt word);

  /** What it is called in commands and names of modules. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
