package sluice.golden;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.layout.KvLayout;
import sluice.tensor.HalfMatrix;

/**
 * The KV cache in the images of the channel memories: packs and unpacks vectors and key records.
 *
 * @param config the accelerator
 * @param base KV_BASE
 * @param channels an image for each channel
 */
public record KvImages(AcceleratorConfig config, long base, List<MemoryImage> channels) {

  /** Checks the number of channels. */
  public KvImages {
    channels = List.copyOf(channels);
    if (channels.size() != config.channels()) {
      throw new IllegalArgumentException(
          channels.size() + " images for " + config.channels() + " channels");
    }
  }

  /** An empty cache. */
  public static KvImages empty(AcceleratorConfig config, long base) {
    List<MemoryImage> channels = new ArrayList<>();
    for (int c = 0; c < config.channels(); c++) {
      channels.add(new MemoryImage());
    }
    return new KvImages(config, base, channels);
  }

  /** A cache with the same bytes in images of its own. */
  public KvImages copy() {
    return new KvImages(config, base, channels.stream().map(MemoryImage::copy).toList());
  }

  /**
   * Writes a token as the hardware appends it: key, value and key record, nothing else.
   *
   * @param pages the sequence's block table
   * @param head the KV head
   * @param token the token's number in its sequence
   * @param key d halves
   * @param value d halves
   * @param calibration how the key is quantized
   */
  public void write(
      long[] pages, int head, int token, short[] key, short[] value, Calibration calibration) {
    KvLayout layout = new KvLayout(config);
    MemoryImage channel = channels.get(layout.channel(token));
    long page = pages[layout.blockIndex(token)];
    byte[] codes = KeyRecords.quantize(key, calibration);
    channel.writeHalves(base + layout.keyOffset(page, head, token), key);
    channel.writeHalves(base + layout.valueOffset(page, head, token), value);
    channel.write(
        base + layout.recordOffset(page, head, token),
        KeyRecords.pack(codes, config.keyBits(), layout.recordBytes()));
  }

  /**
   * Writes a whole sequence of one KV head.
   *
   * @param keys [n][d]
   * @param values [n][d]
   */
  public void write(
      long[] pages, int head, HalfMatrix keys, HalfMatrix values, Calibration calibration) {
    for (int t = 0; t < keys.rows(); t++) {
      write(pages, head, t, keys.row(t), values.row(t), calibration);
    }
  }

  /**
   * One head of a sequence, read from the images as it is asked for.
   *
   * @param pages the sequence's block table
   * @param head the KV head
   * @param tokens n
   */
  public HeadCache head(long[] pages, int head, int tokens) {
    KvLayout layout = new KvLayout(config);
    return new HeadCache() {
      @Override
      public int tokens() {
        return tokens;
      }

      @Override
      public byte[] codes(int token) {
        byte[] record =
            channel(token)
                .read(base + layout.recordOffset(page(token), head, token), layout.recordBytes());
        return KeyRecords.unpack(record, config.keyBits(), config.heavyChannels());
      }

      @Override
      public short[] key(int token) {
        long offset = layout.keyOffset(page(token), head, token);
        return channel(token).readHalves(base + offset, config.headDim());
      }

      @Override
      public short[] value(int token) {
        long offset = layout.valueOffset(page(token), head, token);
        return channel(token).readHalves(base + offset, config.headDim());
      }

      private MemoryImage channel(int token) {
        return channels.get(layout.channel(token));
      }

      private long page(int token) {
        return pages[layout.blockIndex(token)];
      }
    };
  }
}
