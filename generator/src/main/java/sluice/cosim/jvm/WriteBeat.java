package sluice.cosim.jvm;

import java.util.Arrays;

/**
 * A beat of write data.
 *
 * @param data words, the least significant first
 * @param strobe a bit a byte
 */
record WriteBeat(long[] data, long strobe, boolean last) {

  /** Whether another beat is the same. */
  boolean same(WriteBeat other) {
    return strobe == other.strobe && last == other.last && Arrays.equals(data, other.data);
  }
}
