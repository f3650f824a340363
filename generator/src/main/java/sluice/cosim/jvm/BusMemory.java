package sluice.cosim.jvm;

import java.util.ArrayList;
import java.util.List;
import sluice.cosim.BusError;
import sluice.golden.MemoryImage;

/** The bytes of one memory, its size, and which of them answer with an error. */
final class BusMemory {

  /** RRESP and BRESP of an access that goes well. */
  static final int OKAY = 0;

  /** What a read gives that goes wrong; not zero, since a master must not use it. */
  private static final long JUNK = 0xEEEE_EEEE_EEEE_EEEEL;

  private final String name;
  private final MemoryImage image;
  private final long bytes;
  private final List<Range> errors = new ArrayList<>();

  private record Range(long address, long bytes, BusError error) {
    boolean touches(long from, long count) {
      return from < address + bytes && address < from + count;
    }
  }

  /**
   * @param image is written to
   */
  BusMemory(String name, MemoryImage image, long bytes) {
    this.name = name;
    this.image = image;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  long bytes() {
    return bytes;
  }

  MemoryImage image() {
    return image;
  }

  boolean contains(long address, long count) {
    return address >= 0 && address <= bytes && count <= bytes - address;
  }

  /** Makes every access to a beat that touches the range answer with an error. */
  void addError(long address, long count, BusError error) {
    errors.add(new Range(address, count, error));
  }

  void clearErrors() {
    errors.clear();
  }

  /** The response to an access. */
  int response(long address, long count) {
    for (Range range : errors) {
      if (range.touches(address, count)) {
        return range.error.code();
      }
    }
    return OKAY;
  }

  /** Reads a beat into words of up to 64 bits. */
  void read(long address, int beatBytes, long[] into, int from) {
    boolean good = response(address, beatBytes) == OKAY;
    int step = Math.min(beatBytes, Long.BYTES);
    for (int at = 0; at < beatBytes; at += step) {
      into[from + at / step] =
          good ? image.readNumber(address + at, step) : JUNK >>> Long.SIZE - 8 * step;
    }
  }

  /** Writes those bytes of a beat whose strobe is set, unless the access goes wrong. */
  void write(long address, int beatBytes, long[] words, long strobe) {
    if (response(address, beatBytes) != OKAY) {
      return;
    }
    byte[] beat = image.read(address, beatBytes);
    for (int lane = 0; lane < beatBytes; lane++) {
      if ((strobe >>> lane & 1) != 0) {
        beat[lane] = (byte) (words[lane / Long.BYTES] >>> 8 * (lane % Long.BYTES));
      }
    }
    image.write(address, beat);
  }
}
