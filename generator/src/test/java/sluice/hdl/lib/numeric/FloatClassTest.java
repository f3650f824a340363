package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Module;
import sluice.hdl.UInt;

class FloatClassTest {

  @Test
  void everyHalfHasOneKind() {
    FloatBench bench =
        new FloatBench(
            List.of(16),
            in -> {
              UInt kinds = Module.pack(FloatClass.of(FloatFormat.FP16, in.get(0)));
              return new FloatResult(
                  kinds, FloatFlags.onlyInvalid(FloatFields.of(FloatFormat.FP16, in.get(0)).nan()));
            });
    for (int bits = 0; bits < 1 << 16; bits++) {
      bench.apply(bits);
      assertThat(bench.value()).isEqualTo(1L << 9 - kind(bits));
    }
  }

  /** The number of the kind in the order of the record. */
  private static int kind(int bits) {
    boolean negative = bits >= 0x8000;
    int magnitude = bits & 0x7FFF;
    if (magnitude > 0x7C00) {
      return magnitude < 0x7E00 ? 8 : 9;
    }
    int ofPositive;
    if (magnitude == 0x7C00) {
      ofPositive = 7;
    } else if (magnitude >= 0x0400) {
      ofPositive = 6;
    } else {
      ofPositive = magnitude == 0 ? 4 : 5;
    }
    return negative ? 7 - ofPositive : ofPositive;
  }
}
