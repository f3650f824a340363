package sluice.hdl.lib.axi;

import java.math.BigInteger;

/** Beats as numbers, byte 0 the lowest. */
public final class Bytes {
  private Bytes() {}

  public static BigInteger toNumber(byte[] bytes) {
    byte[] bigEndian = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      bigEndian[bytes.length - 1 - i] = bytes[i];
    }
    return new BigInteger(1, bigEndian);
  }

  public static byte[] fromNumber(BigInteger number, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
