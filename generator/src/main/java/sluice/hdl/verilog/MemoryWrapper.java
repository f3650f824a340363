package sluice.hdl.verilog;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import sluice.hdl.netlist.MemoryBlock;

/**
 * The wrapper module of one memory shape, which an SRAM macro can replace.
 *
 * @param name module name; memories of one name are alike in everything
 * @param depth words
 * @param width bits of a word
 * @param reads ports that only read
 * @param writes ports that only write
 * @param readWrites ports that read or write
 * @param maskGranularity bits of a lane, 0 for a memory without mask
 * @param latency cycles from the enable of a read to its data, at least 1
 * @param contents all words at the start, or empty where they are undefined
 */
public record MemoryWrapper(
    String name,
    int depth,
    int width,
    int reads,
    int writes,
    int readWrites,
    int maskGranularity,
    int latency,
    List<BigInteger> contents) {

  /** The ranges of vectors as they are declared, by their width. */
  private static final String[] RANGES = new String[257];

  static {
    RANGES[1] = "";
    for (int width = 2; width < RANGES.length; width++) {
      RANGES[width] = "[" + (width - 1) + ":0]";
    }
  }

  /** Keeps a copy of the contents. */
  public MemoryWrapper {
    contents = List.copyOf(contents);
  }

  static MemoryWrapper of(MemoryBlock memory, String prefix) {
    StringBuilder name = new StringBuilder(prefix);
    name.append(memory.isWritten() ? "mem_" : "rom_");
    name.append(memory.depth()).append('x').append(memory.width()).append('_');
    appendCount(name, memory.reads().size(), "r");
    appendCount(name, memory.writes().size(), "w");
    appendCount(name, memory.readWrites().size(), "rw");
    if (memory.maskGranularity() != 0) {
      name.append("_m").append(memory.maskGranularity());
    }
    if (memory.latency() > 1) {
      name.append("_l").append(memory.latency());
    }
    List<BigInteger> contents = memory.contents() == null ? List.of() : memory.contents();
    if (!contents.isEmpty()) {
      name.append("_c").append(hash(contents));
    }
    return new MemoryWrapper(
        name.toString(),
        memory.depth(),
        memory.width(),
        memory.reads().size(),
        memory.writes().size(),
        memory.readWrites().size(),
        memory.maskGranularity(),
        memory.latency(),
        contents);
  }

  private static void appendCount(StringBuilder name, int ports, String kind) {
    if (ports > 0) {
      name.append(ports).append(kind);
    }
  }

  /** Eight digits that depend on all words. */
  private static String hash(List<BigInteger> words) {
    String text = words.stream().map(word -> word.toString(16)).collect(Collectors.joining(" "));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(bytes, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether nothing ever writes it. */
  public boolean isRom() {
    return writes == 0 && readWrites == 0;
  }

  /**
   * Whether its shape says all of it, so that a memory compiler can make it: one cycle of latency,
   * and contents that are undefined until written.
   */
  public boolean isMacro() {
    return latency == 1 && contents.isEmpty();
  }

  /** Bits of a mask, 0 for a memory without. */
  public int lanes() {
    return maskGranularity == 0 ? 0 : width / maskGranularity;
  }

  int addressBits() {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(depth - 1));
  }

  /** The text of the module. */
  String text() {
    return new WrapperText(this).write();
  }

  static String range(int width) {
    return width < RANGES.length ? RANGES[width] : "[" + (width - 1) + ":0]";
  }
}
