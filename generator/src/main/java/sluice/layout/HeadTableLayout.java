package sluice.layout;

import sluice.config.AcceleratorConfig;

/**
 * The head table in host memory: the calibration of every KV head, entry hd at the table's pointer
 * + hd * {@link #entryBytes()}.
 *
 * <p>An entry holds the h heavy channels (uint8), the h weights (halves) and the thresholds (halves
 * [h][N], ascending in each channel), each part padded with 0 to 8 bytes.
 *
 * @param config the accelerator
 */
public record HeadTableLayout(AcceleratorConfig config) {

  /** Bytes of the heavy channels with their padding. */
  public int heavyBytes() {
    return padded(config.heavyChannels());
  }

  /** Bytes of the weights with their padding. */
  public int weightsBytes() {
    return padded(2 * config.heavyChannels());
  }

  /** Bytes of the thresholds with their padding. */
  public int thresholdsBytes() {
    return padded(2 * config.heavyChannels() * config.thresholds());
  }

  /** Byte offset of the heavy channels in an entry. */
  public int heavyOffset() {
    return 0;
  }

  /** Byte offset of the weights in an entry. */
  public int weightsOffset() {
    return heavyBytes();
  }

  /** Byte offset of the thresholds in an entry. */
  public int thresholdsOffset() {
    return weightsOffset() + weightsBytes();
  }

  /** Bytes of an entry, a multiple of 8. */
  public int entryBytes() {
    return thresholdsOffset() + thresholdsBytes();
  }

  /** Byte offset of a heavy channel's index in an entry. */
  public int heavyOffset(int i) {
    return heavyOffset() + i;
  }

  /** Byte offset of a heavy channel's weight in an entry. */
  public int weightOffset(int i) {
    return weightsOffset() + 2 * i;
  }

  /** Byte offset of threshold j of heavy channel i in an entry. */
  public int thresholdOffset(int i, int j) {
    return thresholdsOffset() + 2 * (i * config.thresholds() + j);
  }

  /** Bytes from the table's begin to the end of a range of heads: what a job's pointer covers. */
  public long bytes(HeadRange heads) {
    return (long) heads.end() * entryBytes();
  }

  private static int padded(int bytes) {
    return (int) KvLayout.roundUp(bytes, Long.BYTES);
  }
}
