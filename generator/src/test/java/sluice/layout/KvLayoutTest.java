package sluice.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;

class KvLayoutTest {

  static Stream<AcceleratorConfig> configs() {
    return Stream.of(
        TestConfigs.tiny(), TestConfigs.trace(1, 4), TestConfigs.wide(), TestConfigs.coarse());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void noTwoThingsOverlap(AcceleratorConfig config) {
    KvLayout layout = new KvLayout(config);
    List<BitSet> used = new ArrayList<>();
    for (int c = 0; c < config.channels(); c++) {
      used.add(new BitSet());
    }
    int pages = 3;
    for (int head = 0; head < config.kvHeads(); head++) {
      for (int token = 0; token < pages * config.pageTokens(); token++) {
        BitSet channel = used.get(layout.channel(token));
        int page = pages - 1 - layout.blockIndex(token);
        claim(channel, layout.keyOffset(page, head, token), config.vectorBytes());
        claim(channel, layout.valueOffset(page, head, token), config.vectorBytes());
        claim(channel, layout.recordOffset(page, head, token), layout.recordBytes());
      }
    }
    for (BitSet channel : used) {
      assertThat((long) channel.length()).isLessThanOrEqualTo(layout.cacheBytes(pages));
      int bytes = 2 * config.vectorBytes() + layout.recordBytes();
      assertThat(channel.cardinality())
          .as("the channels share tokens evenly")
          .isEqualTo(pages * config.kvHeads() * layout.slots() * bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void nothingCrosses4KiB(AcceleratorConfig config) {
    KvLayout layout = new KvLayout(config);
    for (int head = 0; head < config.kvHeads(); head++) {
      for (int token = 0; token < config.pageTokens(); token++) {
        assertInside(layout.keyOffset(1, head, token), config.vectorBytes());
        assertInside(layout.valueOffset(1, head, token), config.vectorBytes());
        long record = layout.recordOffset(1, head, token);
        assertInside(record / layout.beatBytes() * layout.beatBytes(), layout.beatBytes());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void beatOfRecordsHoldsTheTokensOfOneRow(AcceleratorConfig config) {
    KvLayout layout = new KvLayout(config);
    for (int token = 0; token < config.pageTokens(); token++) {
      long inHead = layout.recordOffset(0, 0, token) - layout.recordsOffset();
      assertThat(inHead / layout.beatBytes()).isEqualTo(layout.row(token));
      assertThat(inHead % layout.beatBytes())
          .isEqualTo((long) layout.lane(token) * layout.recordBytes());
    }
  }

  @Test
  void tokensAreInterleavedOverLanesThenChannelsThenRows() {
    AcceleratorConfig config = TestConfigs.wide();
    KvLayout layout = new KvLayout(config);
    assertThat(config.lanes()).isEqualTo(4);
    assertThat(layout.lane(7)).isEqualTo(3);
    assertThat(layout.channel(7)).isEqualTo(1);
    assertThat(layout.row(7)).isZero();
    assertThat(layout.row(16)).isEqualTo(1);
    assertThat(layout.channel(16)).isZero();
    assertThat(layout.keyOffset(2, 1, 129 + 16))
        .isEqualTo(2 * layout.pageStride() + layout.headStride() + (4 + 1) * 256L);
  }

  @Test
  void blocksCoverAllTokens() {
    KvLayout layout = new KvLayout(TestConfigs.tiny());
    assertThat(layout.blocks(1)).isEqualTo(1);
    assertThat(layout.blocks(64)).isEqualTo(1);
    assertThat(layout.blocks(65)).isEqualTo(2);
  }

  @Test
  void headTableEntryIsPaddedPartByPart() {
    HeadTableLayout layout = new HeadTableLayout(TestConfigs.wide());
    assertThat(layout.weightsOffset()).isEqualTo(32);
    assertThat(layout.thresholdsOffset()).isEqualTo(32 + 64);
    assertThat(layout.entryBytes()).isEqualTo(32 + 64 + 184);
    assertThat(layout.thresholdOffset(2, 1)).isEqualTo(96 + 2 * (2 * 3 + 1));
    assertThat(layout.bytes(new HeadRange(2, 3))).isEqualTo(5L * layout.entryBytes());
  }

  @Test
  void hostArraysHaveTheirStrides() {
    HostLayout layout = new HostLayout(TestConfigs.wide());
    assertThat(layout.queryBytes(2)).isEqualTo(2 * 4 * 256);
    assertThat(layout.queryOffset(1, 3)).isEqualTo(7 * 256);
    assertThat(layout.bitmapStride()).isEqualTo(512);
    assertThat(layout.bitmapBytes(65)).isEqualTo(16);
    assertThat(layout.blockTableBytes(129)).isEqualTo(8);
    assertThat(layout.blockTableBytes(257)).isEqualTo(16);
    assertThat(layout.appendOffset(3, 1, 2)).isEqualTo(7 * 256);
  }

  private static void claim(BitSet used, long offset, int bytes) {
    int from = (int) offset;
    if (used.nextSetBit(from) >= 0 && used.nextSetBit(from) < from + bytes) {
      throw new AssertionError("byte " + used.nextSetBit(from) + " is used twice");
    }
    used.set(from, from + bytes);
  }

  private static void assertInside(long offset, int bytes) {
    assertThat(offset % bytes).as("aligned to its size").isZero();
    assertThat(offset / 4096).isEqualTo((offset + bytes - 1) / 4096);
  }
}
