package sluice.cosim.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the bytes of a DRAM channel lie: bank and row of an address. Banks are numbered through all
 * groups; the group of a bank is its number divided by the banks of a group.
 */
public final class AddressMap {
  private static final Pattern FIELD = Pattern.compile("(row|column|bank|group):?(\\d{0,2})");

  private final List<Field> fields;
  private final Sizes sizes;
  private final boolean hashed;

  /** What a range of address bits counts. */
  private enum Kind {
    ROW,
    COLUMN,
    BANK,
    GROUP
  }

  /** A range of address bits. */
  private record Field(Kind kind, int shift, int bits) {
    long of(long address) {
      return address >>> shift & (1L << bits) - 1;
    }
  }

  /** Sizes of a channel; each is a power of two. */
  record Sizes(int burstBytes, int pageBytes, int groups, int banks) {
    Sizes {
      powerOfTwo("burst_bytes", burstBytes);
      powerOfTwo("page_bytes", pageBytes);
      powerOfTwo("groups", groups);
      powerOfTwo("banks", banks);
      DramConfig.check(
          pageBytes >= burstBytes,
          "page_bytes: %d; allowed: burst_bytes, %d, or more",
          pageBytes,
          burstBytes);
    }

    private static void powerOfTwo(String name, int value) {
      DramConfig.check(
          Integer.bitCount(value) == 1, "%s: %d; allowed: a power of two", name, value);
    }

    int bits(Kind kind) {
      return switch (kind) {
        case ROW -> 0;
        case COLUMN -> log2(pageBytes / burstBytes);
        case BANK -> log2(banks);
        case GROUP -> log2(groups);
      };
    }
  }

  private AddressMap(List<Field> fields, Sizes sizes, boolean hashed) {
    this.fields = fields;
    this.sizes = sizes;
    this.hashed = hashed;
  }

  /**
   * Reads a mapping: {@code row}, then {@code column}, {@code bank} and {@code group} in any order
   * and number, each with its bits behind a colon, from the most significant bits of an address to
   * those just above a burst.
   */
  static AddressMap parse(String text, Sizes sizes, boolean hashed) {
    List<Field> fields = new ArrayList<>();
    String[] words = text.split("\\s+");
    int[] bits = new int[Kind.values().length];
    int shift = log2(sizes.burstBytes);
    for (int i = words.length - 1; i >= 0; i--) {
      Matcher matcher = FIELD.matcher(words[i]);
      DramConfig.check(
          matcher.matches()
              && (i == 0) == words[i].equals("row")
              && matcher.group(2).isEmpty() == (i == 0),
          "mapping: '%s'; allowed: row first, then column:N, bank:N and group:N",
          words[i]);
      Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(java.util.Locale.ROOT));
      int width = i == 0 ? Long.SIZE - 1 - shift : Integer.parseInt(matcher.group(2));
      fields.add(new Field(kind, shift, width));
      bits[kind.ordinal()] += width;
      shift += width;
    }
    for (Kind kind : List.of(Kind.COLUMN, Kind.BANK, Kind.GROUP)) {
      DramConfig.check(
          bits[kind.ordinal()] == sizes.bits(kind),
          "mapping: %d bits of %s; allowed: %d",
          bits[kind.ordinal()],
          kind.name().toLowerCase(java.util.Locale.ROOT),
          sizes.bits(kind));
    }
    return new AddressMap(List.copyOf(fields), sizes, hashed);
  }

  /** The row of an address. */
  long row(long address) {
    return gather(address, Kind.ROW);
  }

  /** The bank of an address, through all groups. */
  int bank(long address) {
    int bank = (int) gather(address, Kind.BANK);
    int group = (int) gather(address, Kind.GROUP);
    if (hashed) {
      long row = row(address);
      group ^= (int) (row & sizes.groups - 1);
      bank ^= (int) (row >>> log2(sizes.groups) & sizes.banks - 1);
    }
    return group * sizes.banks + bank;
  }

  private long gather(long address, Kind kind) {
    long value = 0;
    int at = 0;
    for (Field field : fields) {
      if (field.kind == kind) {
        value |= field.of(address) << at;
        at += field.bits;
      }
    }
    return value;
  }

  private static int log2(int powerOfTwo) {
    return Integer.numberOfTrailingZeros(powerOfTwo);
  }
}
