package sluice.accel.topk;

import static sluice.hdl.Module.mux;

import java.math.BigInteger;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * A bound in the sequence of tokens, split so that all lanes of a row are compared with it at the
 * price of one comparison of rows.
 *
 * @param row the row the bound falls into, 0 to rows
 * @param lanes in that row, the lanes below the bound: bit l is lane l
 */
record TokenBound(UInt row, UInt lanes) implements Bundle {

  static TokenBound type(AcceleratorConfig config) {
    return new TokenBound(new SignalTypes(config).rows(), UInt.of(config.rowTokens()));
  }

  /** The bound in front of a token, 0 to context. */
  static TokenBound before(UInt token, AcceleratorConfig config) {
    int count = config.rowTokens();
    int laneBits = Integer.numberOfTrailingZeros(count);
    return new TokenBound(
        token.shiftRight(laneBits),
        laneBits == 0
            ? UInt.literal(0, 1)
            : ones(count).shiftLeft(token.truncate(laneBits), count).not());
  }

  /** The lanes of a row that are below the bound. */
  UInt below(UInt index) {
    int count = lanes.width();
    UInt partial = mux(index.eq(row), lanes, UInt.literal(0, count));
    return mux(index.lt(row), ones(count), partial);
  }

  private static UInt ones(int width) {
    return UInt.literal(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE), width);
  }
}
