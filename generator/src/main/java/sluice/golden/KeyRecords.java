package sluice.golden;

/** Key records: what is kept of a key to predict its score, a few bits a heavy channel. */
public final class KeyRecords {

  private KeyRecords() {}

  /**
   * The codes of one key: for each heavy channel, how many of its thresholds are not above the
   * key's element.
   *
   * @param key the key vector, d halves
   * @param calibration the KV head's heavy channels and thresholds
   * @return h codes, 0 to N
   */
  public static byte[] quantize(short[] key, Calibration calibration) {
    byte[] codes = new byte[calibration.heavy().length];
    for (int i = 0; i < codes.length; i++) {
      int rank = Half.rank(key[calibration.heavy()[i]]);
      for (short threshold : calibration.thresholds()[i]) {
        if (Half.rank(threshold) <= rank) {
          codes[i]++;
        }
      }
    }
    return codes;
  }

  /**
   * The record's bytes: code i at bits [i * keyBits ..), the rest 0.
   *
   * @param keyBits bits of a code, 2 or 4
   * @param bytes bytes of a record
   */
  public static byte[] pack(byte[] codes, int keyBits, int bytes) {
    byte[] record = new byte[bytes];
    for (int i = 0; i < codes.length; i++) {
      record[i * keyBits / 8] |= (byte) (codes[i] << (i * keyBits % 8));
    }
    return record;
  }

  /**
   * The codes of a record; the inverse of {@link #pack}.
   *
   * @param h number of codes
   */
  public static byte[] unpack(byte[] record, int keyBits, int h) {
    byte[] codes = new byte[h];
    for (int i = 0; i < h; i++) {
      codes[i] = (byte) ((record[i * keyBits / 8] >> (i * keyBits % 8)) & ((1 << keyBits) - 1));
    }
    return codes;
  }
}
