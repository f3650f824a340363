package sluice.golden;

import java.util.Arrays;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bytes of one address space. Memory that was never written reads 0 and takes no room.
 * Addresses are unsigned 64-bit.
 */
public final class MemoryImage {

  /** A read or write that the memory answers with an error. */
  public static final class BusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long address;

    BusException(long address) {
      super("bus error at 0x" + Long.toHexString(address));
      this.address = address;
    }

    /** The first byte at fault. */
    public long address() {
      return address;
    }
  }

  private static final int BLOCK_BITS = 12;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
  private final Set<Long> faults = new HashSet<>();

  /** An image with the bytes of another. */
  public MemoryImage copy() {
    MemoryImage copy = new MemoryImage();
    blocks.forEach((index, block) -> copy.blocks.put(index, block.clone()));
    copy.faults.addAll(faults);
    return copy;
  }

  /** Makes the 4 KiB around an address answer every access with an error. */
  public void fail(long address) {
    faults.add(address >>> BLOCK_BITS);
  }

  /** Reads bytes. */
  public byte[] read(long address, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long at = address + done;
      int offset = (int) at & (BLOCK - 1);
      int part = Math.min(length - done, BLOCK - offset);
      byte[] block = blocks.get(index(at));
      if (block != null) {
        System.arraycopy(block, offset, bytes, done, part);
      }
      done += part;
    }
    return bytes;
  }

  /** Writes bytes. */
  public void write(long address, byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      long at = address + done;
      int offset = (int) at & (BLOCK - 1);
      int part = Math.min(bytes.length - done, BLOCK - offset);
      byte[] block = blocks.computeIfAbsent(index(at), i -> new byte[BLOCK]);
      System.arraycopy(bytes, done, block, offset, part);
      done += part;
    }
  }

  /** Reads an unsigned number of 1 to 8 bytes, little endian. */
  public long readNumber(long address, int bytes) {
    byte[] read = read(address, bytes);
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | Byte.toUnsignedLong(read[i]);
    }
    return number;
  }

  /** Writes a number of 1 to 8 bytes, little endian. */
  public void writeNumber(long address, int bytes, long number) {
    byte[] written = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      written[i] = (byte) (number >>> (8 * i));
    }
    write(address, written);
  }

  /** Reads a vector of halves. */
  public short[] readHalves(long address, int count) {
    byte[] read = read(address, 2 * count);
    short[] halves = new short[count];
    for (int j = 0; j < count; j++) {
      halves[j] = (short) (read[2 * j] & 0xFF | read[2 * j + 1] << 8);
    }
    return halves;
  }

  /** Writes a vector of halves. */
  public void writeHalves(long address, short[] halves) {
    byte[] written = new byte[2 * halves.length];
    for (int j = 0; j < halves.length; j++) {
      written[2 * j] = (byte) halves[j];
      written[2 * j + 1] = (byte) (halves[j] >> 8);
    }
    write(address, written);
  }

  /** The first address at which two images differ, or empty if they are equal. */
  public OptionalLong firstDifference(MemoryImage other) {
    TreeSet<Long> indexes = new TreeSet<>(blocks.keySet());
    indexes.addAll(other.blocks.keySet());
    byte[] zeros = new byte[BLOCK];
    for (long index : indexes) {
      int at =
          Arrays.mismatch(
              blocks.getOrDefault(index, zeros), other.blocks.getOrDefault(index, zeros));
      if (at >= 0) {
        return OptionalLong.of((index << BLOCK_BITS) + at);
      }
    }
    return OptionalLong.empty();
  }

  /** The address after the last 4 KiB block that was written; 0 if none was. */
  public long end() {
    return blocks.isEmpty() ? 0 : (blocks.lastKey() + 1) << BLOCK_BITS;
  }

  private long index(long address) {
    long index = address >>> BLOCK_BITS;
    if (faults.contains(index)) {
      throw new BusException(address);
    }
    return index;
  }
}
