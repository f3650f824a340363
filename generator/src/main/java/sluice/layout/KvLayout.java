package sluice.layout;

import sluice.config.AcceleratorConfig;

/**
 * The KV cache in the channel memories.
 *
 * <p>Token t is in row t / R (R tokens: one beat of key records from every channel), in channel (t
 * / r) mod C, in lane t mod r of that channel's beat. A page holds {@code pageTokens} tokens: the
 * same number of rows in every channel, under the same page number. In each channel, page p is at
 * KV_BASE + p * {@link #pageStride()}. In a page, KV head hd is at hd * {@link #headStride()}:
 * first the keys of this channel's tokens, slot by slot, then the values in the same order, then
 * the key records, one beat a row. No vector and no beat crosses a 4 KiB boundary.
 *
 * @param config the accelerator
 */
public record KvLayout(AcceleratorConfig config) {

  /** Alignment of KV_BASE and of every page in bytes. */
  public static final int PAGE_ALIGNMENT = 4096;

  /** Bytes of a beat of a channel: the key records of a row's tokens in this channel. */
  public int beatBytes() {
    return config.channelBits() / 8;
  }

  /** Bytes of one key record. */
  public int recordBytes() {
    return config.recordBits() / 8;
  }

  /** Tokens of a page in one channel: vectors in a key or value region. */
  public int slots() {
    return config.rowsPerPage() * config.lanes();
  }

  /** Bytes of the keys of one page and head in one channel; as many hold the values. */
  public int keysBytes() {
    return slots() * config.vectorBytes();
  }

  /** Byte offset of the keys from the head's begin in a page. */
  public int keysOffset() {
    return 0;
  }

  /** Byte offset of the values from the head's begin in a page. */
  public int valuesOffset() {
    return keysBytes();
  }

  /** Byte offset of the key records from the head's begin in a page. */
  public int recordsOffset() {
    return 2 * keysBytes();
  }

  /** Bytes of the key records of one page and head in one channel. */
  public int recordsBytes() {
    return config.rowsPerPage() * beatBytes();
  }

  /** Bytes from one head's begin to the next in a page. */
  public int headStride() {
    int alignment = Math.max(config.vectorBytes(), beatBytes());
    return (int) roundUp(recordsOffset() + recordsBytes(), alignment);
  }

  /** Bytes from one page to the next. */
  public long pageStride() {
    return roundUp((long) config.kvHeads() * headStride(), PAGE_ALIGNMENT);
  }

  /** Row of a token in its sequence. */
  public int row(int token) {
    return token / config.rowTokens();
  }

  /** Channel of a token. */
  public int channel(int token) {
    return token / config.lanes() % config.channels();
  }

  /** Lane of a token: the place of its record in its channel's beat. */
  public int lane(int token) {
    return token % config.lanes();
  }

  /** Index of a token's page in its sequence's block table. */
  public int blockIndex(int token) {
    return token / config.pageTokens();
  }

  /** Row of a token in its page. */
  public int rowInPage(int token) {
    return row(token) % config.rowsPerPage();
  }

  /** Slot of a token's vectors in its page and channel. */
  public int slot(int token) {
    return rowInPage(token) * config.lanes() + lane(token);
  }

  /** Block table entries of a sequence. */
  public int blocks(int tokens) {
    return Math.toIntExact(roundUp(tokens, config.pageTokens()) / config.pageTokens());
  }

  /** Bytes from KV_BASE to a head's begin in a page. */
  public long headOffset(long page, int head) {
    return page * pageStride() + (long) head * headStride();
  }

  /**
   * Bytes from KV_BASE to a token's key vector, in the token's channel.
   *
   * @param page the token's page number, from the block table
   * @param head the KV head
   * @param token the token's number in its sequence
   */
  public long keyOffset(long page, int head, int token) {
    return headOffset(page, head) + keysOffset() + (long) slot(token) * config.vectorBytes();
  }

  /** Bytes from KV_BASE to a token's value vector; see {@link #keyOffset}. */
  public long valueOffset(long page, int head, int token) {
    return headOffset(page, head) + valuesOffset() + (long) slot(token) * config.vectorBytes();
  }

  /** Bytes from KV_BASE to a token's key record; see {@link #keyOffset}. */
  public long recordOffset(long page, int head, int token) {
    return headOffset(page, head)
        + recordsOffset()
        + (long) rowInPage(token) * beatBytes()
        + (long) lane(token) * recordBytes();
  }

  /** Bytes that a channel needs from KV_BASE for a number of pages. */
  public long cacheBytes(long pages) {
    return pages * pageStride();
  }

  static long roundUp(long value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
