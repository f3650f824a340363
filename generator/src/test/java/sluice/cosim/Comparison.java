package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import sluice.golden.HostWindow;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.CompletionLayout;
import sluice.layout.DescriptorLayout;

/**
 * Two memories after the same jobs, compared to the byte; only the cycle counts of completion
 * records may differ.
 *
 * @param host what the golden model left in host memory; cycle counts are taken over from the other
 *     side
 * @param cache what it left in the channels
 */
record Comparison(MemoryImage host, KvImages cache) {
  private static final long CYCLES_OFFSET = 8L * CompletionLayout.CYCLES.word();

  /** Takes over the cycle counts of some jobs' completion records; they must not be 0. */
  void takeCycles(MemoryImage actual, List<byte[]> descriptors, HostWindow window) {
    for (byte[] descriptor : descriptors) {
      long completion = DescriptorLayout.COMPLETION.get(descriptor);
      if (window.allows(completion, CompletionLayout.BYTES)) {
        long cycles = actual.readNumber(completion + CYCLES_OFFSET, Long.BYTES);
        assertThat(cycles).as("cycles of the record at 0x%x", completion).isPositive();
        host.writeNumber(completion + CYCLES_OFFSET, Long.BYTES, cycles);
      }
    }
  }

  /** Fails at the first byte that differs. */
  void check(MemoryImage actualHost, KvImages actualCache) {
    checkImage("host", host, actualHost);
    for (int c = 0; c < cache.channels().size(); c++) {
      checkImage("channel " + c, cache.channels().get(c), actualCache.channels().get(c));
    }
  }

  private static void checkImage(String name, MemoryImage expected, MemoryImage actual) {
    OptionalLong difference = expected.firstDifference(actual);
    if (difference.isPresent()) {
      long word = difference.getAsLong() & -Long.BYTES;
      assertThat("%016x".formatted(actual.readNumber(word, Long.BYTES)))
          .as("word at 0x%x of %s", word, name)
          .isEqualTo("%016x".formatted(expected.readNumber(word, Long.BYTES)));
    }
  }
}
