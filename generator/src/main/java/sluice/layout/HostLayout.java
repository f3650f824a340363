package sluice.layout;

import sluice.config.AcceleratorConfig;

/**
 * A job's arrays in host memory: sizes and strides in bytes. Every array begins at a multiple of 8
 * bytes.
 *
 * @param config the accelerator
 */
public record HostLayout(AcceleratorConfig config) {

  /** Alignment of every pointer. */
  public static final int ALIGNMENT = 8;

  /** Bytes of a block table entry: an unsigned page number. */
  public static final int BLOCK_ENTRY_BYTES = 4;

  /** Bytes of the queries of one KV head, and of its outputs: halves [G][d]. */
  public int groupBytes() {
    return config.groupQueries() * config.vectorBytes();
  }

  /** Bytes of a job's query array, and of its output array: halves [head in range][G][d]. */
  public long queryBytes(int heads) {
    return (long) heads * groupBytes();
  }

  /** Byte offset of one query head's vector in the query array, and in the output array. */
  public long queryOffset(int headInRange, int g) {
    return (long) headInRange * groupBytes() + (long) g * config.vectorBytes();
  }

  /** Bytes from one head's selection bitmap to the next: a bit for every token of the context. */
  public int bitmapStride() {
    return (int) KvLayout.roundUp(config.context(), 64) / 8;
  }

  /** Bytes of one head's selection bitmap that a job writes: whole 64-bit words. */
  public int bitmapBytes(int tokens) {
    return (int) KvLayout.roundUp(tokens, 64) / 8;
  }

  /** Bytes that a job's bitmap pointer covers: a stride for each head. */
  public long bitmapsBytes(int heads) {
    return (long) heads * bitmapStride();
  }

  /** Bytes of a sequence's block table that a job reads: whole 64-bit words. */
  public int blockTableBytes(int tokens) {
    int entries = new KvLayout(config).blocks(tokens);
    return (int) KvLayout.roundUp((long) entries * BLOCK_ENTRY_BYTES, Long.BYTES);
  }

  /** Bytes of an append's keys, and of its values: halves [token][head in range][d]. */
  public long appendBytes(int tokens, int heads) {
    return (long) tokens * heads * config.vectorBytes();
  }

  /** Byte offset of one vector in an append's keys, and in its values. */
  public long appendOffset(int token, int headInRange, int heads) {
    return ((long) token * heads + headInRange) * config.vectorBytes();
  }
}
