package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final Random random;
  private final Undefined undefined;
  private final Runnable changed;

  SimulatedMemory(MemoryBlock block, Random random, Undefined undefined, Runnable changed) {
    this.block = block;
    this.random = random;
    this.undefined = undefined;
    this.changed = changed;
    this.wordLength = Words.count(block.width());
    this.contents = new long[Math.multiplyExact(wordLength, block.depth())];
    begin(contents);
    if (block.contents() != null) {
      for (int i = 0; i < block.depth(); i++) {
        Words.put(contents, i * wordLength, block.width(), block.contents().get(i));
      }
    }
    this.written = new long[wordLength];
    this.scrambled = new long[wordLength];
    Words.put(scrambled, 0, block.width(), scramble(block.width()));
  }

  /** Fills in the words that are there at the start. */
  private void begin(long[] words) {
    for (int i = 0; i < words.length && undefined != Undefined.ZERO; i++) {
      words[i] = random.nextLong();
      if (i % wordLength == wordLength - 1) {
        words[i] &= Words.topMask(block.width());
      }
    }
  }

  /** The words that are on their way to a read port at the start; none at a latency of one. */
  long[] wordsOnTheirWay() {
    long[] words = new long[wordLength * (block.latency() - 1)];
    begin(words);
    return words;
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

  /** Whether every undefined read gives other bits. */
  boolean isRestless() {
    return undefined == Undefined.RANDOM;
  }

  MemoryBlock block() {
    return block;
  }

  /** 64 bits of an entry; undefined beyond the last. */
  long read(long address, int word) {
    return Long.compareUnsigned(address, block.depth()) < 0
        ? contents[(int) address * wordLength + word]
        : scrambled[word];
  }

  void read(int address, long[] v, int d) {
    if (address < block.depth()) {
      System.arraycopy(contents, address * wordLength, v, d, wordLength);
    } else {
      System.arraycopy(scrambled, 0, v, d, wordLength);
    }
  }

  /** Puts what an undefined read gives. */
  void scramble(long[] v, int d) {
    if (undefined == Undefined.RANDOM) {
      Words.put(v, d, block.width(), new BigInteger(block.width(), random));
      return;
    }
    System.arraycopy(scrambled, 0, v, d, wordLength);
  }

  /** Writes a word that is spread over an array; nothing happens beyond the last. */
  void write(int address, long[] v, int[] slots) {
    if (address < block.depth()) {
      for (int i = 0; i < wordLength; i++) {
        contents[address * wordLength + i] = v[slots[i]];
      }
    }
  }

  /** Writes the lanes of a word whose bit in the mask is set; words are spread over the array. */
  void write(int address, long[] v, int[] slots, int[] mask) {
    if (address >= block.depth()) {
      return;
    }
    Arrays.fill(written, 0);
    int bits = block.maskGranularity();
    for (int lane = 0; lane < block.lanes(); lane++) {
      if ((v[mask[lane >>> 6]] >>> lane & 1) != 0) {
        for (int bit = lane * bits; bit < (lane + 1) * bits; bit++) {
          written[bit >>> 6] |= 1L << bit;
        }
      }
    }
    int start = address * wordLength;
    for (int i = 0; i < wordLength; i++) {
      contents[start + i] = contents[start + i] & ~written[i] | v[slots[i]] & written[i];
    }
  }
}
