package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sluice.hdl.netlist.MemoryBlock;

/** The contents of one memory of the circuit, to load and to look at. */
public final class SimulatedMemory {
  private final MemoryBlock block;
  private final int wordLength;
  private final long[] contents;
  private final long[] scrambled;

  /** The bits that a write with a mask changes. */
  private final long[] written;

  private final Runnable changed;

  SimulatedMemory(MemoryBlock block, Random random, Runnable changed) {
    this.block = block;
    this.changed = changed;
    this.wordLength = Words.count(block.width());
    this.contents = new long[Math.multiplyExact(wordLength, block.depth())];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = random.nextLong();
      if (i % wordLength == wordLength - 1) {
        contents[i] &= Words.topMask(block.width());
      }
    }
    if (block.contents() != null) {
      for (int i = 0; i < block.depth(); i++) {
        Words.put(contents, i * wordLength, block.width(), block.contents().get(i));
      }
    }
    this.written = new long[wordLength];
    this.scrambled = new long[wordLength];
    Words.put(scrambled, 0, block.width(), scramble(block.width()));
  }

  /** The data of a read port when it is undefined, as in the Verilog of the memory wrappers. */
  static BigInteger scramble(int width) {
    int digits = width <= 64 ? (width + 3) / 4 : width / 4;
    BigInteger pattern = new BigInteger("a".repeat(digits), 16);
    return pattern.mod(BigInteger.ONE.shiftLeft(width));
  }

  /** Words. */
  public int depth() {
    return block.depth();
  }

  /** Bits of a word. */
  public int width() {
    return block.width();
  }

  /** A word, packed as by {@link sluice.hdl.Module#pack}. */
  public BigInteger get(int address) {
    return Words.get(contents, start(address), block.width());
  }

  /** Replaces a word. */
  public void set(int address, BigInteger word) {
    if (word.signum() < 0 || word.bitLength() > block.width()) {
      throw new IllegalArgumentException(word + " does not fit into " + block.width() + " bits");
    }
    Words.put(contents, start(address), block.width(), word);
    changed.run();
  }

  /** Replaces a word. */
  public void set(int address, long word) {
    set(address, BigInteger.valueOf(word));
  }

  /** Replaces the words from address 0 on. */
  public void load(List<BigInteger> words) {
    for (int i = 0; i < words.size(); i++) {
      set(i, words.get(i));
    }
  }

  /** All words. */
  public List<BigInteger> dump() {
    List<BigInteger> words = new ArrayList<>(depth());
    for (int i = 0; i < depth(); i++) {
      words.add(get(i));
    }
    return words;
  }

  private int start(int address) {
    if (address < 0 || address >= depth()) {
      throw new IndexOutOfBoundsException("word " + address + " of " + depth());
    }
    return address * wordLength;
  }

  MemoryBlock block() {
    return block;
  }

  /** A word of at most 64 bits; undefined beyond the last. */
  long readWord(long address) {
    return Long.compareUnsigned(address, block.depth()) < 0
        ? contents[(int) address]
        : scrambled[0];
  }

  void read(int address, long[] v, int d) {
    if (address < block.depth()) {
      System.arraycopy(contents, address * wordLength, v, d, wordLength);
    } else {
      scramble(v, d);
    }
  }

  void scramble(long[] v, int d) {
    System.arraycopy(scrambled, 0, v, d, wordLength);
  }

  /** Writes a word; nothing happens beyond the last. */
  void write(int address, long[] v, int a) {
    if (address < block.depth()) {
      System.arraycopy(v, a, contents, address * wordLength, wordLength);
    }
  }

  /** Writes the lanes of a word whose bit in the mask is set. */
  void write(int address, long[] v, int a, int mask) {
    if (address >= block.depth()) {
      return;
    }
    Words.clear(written, 0, block.width());
    int bits = block.maskGranularity();
    for (int lane = 0; lane < block.lanes(); lane++) {
      if (Words.bit(v, mask, lane)) {
        for (int bit = lane * bits; bit < (lane + 1) * bits; bit++) {
          written[bit >>> 6] |= 1L << (bit & 63);
        }
      }
    }
    int start = address * wordLength;
    for (int i = 0; i < wordLength; i++) {
      contents[start + i] = contents[start + i] & ~written[i] | v[a + i] & written[i];
    }
  }
}
