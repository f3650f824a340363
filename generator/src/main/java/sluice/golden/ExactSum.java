package sluice.golden;

import java.math.BigInteger;

/** A sum of products of 64-bit integers that never rounds: 128 bits, two's complement. */
final class ExactSum {

  private long high;
  private long low;

  /** Adds a product. */
  void add(long a, long b) {
    long productLow = a * b;
    long sum = low + productLow;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    high += Math.multiplyHigh(a, b) + carry;
    low = sum;
  }

  /** The sum so far. */
  BigInteger value() {
    BigInteger lowPart = BigInteger.valueOf(low & Long.MAX_VALUE);
    BigInteger result = BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lowPart);
    return low < 0 ? result.setBit(Long.SIZE - 1) : result;
  }
}
