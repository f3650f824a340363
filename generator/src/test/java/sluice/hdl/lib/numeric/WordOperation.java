package sluice.hdl.lib.numeric;

import java.util.Locale;
import sluice.hdl.UInt;

/** An operation on one word of 32 bits, of which there are few enough to try all. */
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
  };

  /** The operation, combinational. */
  abstract FloatResult of(UInt word);

  /** What it is called in commands and names of modules. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
