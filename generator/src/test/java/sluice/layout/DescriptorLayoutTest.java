package sluice.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DescriptorLayoutTest {

  private static final DecodeJob DECODE =
      new DecodeJob(
          new HeadRange(3, 2),
          new DecodeParameters(0xFFFF_FFFFL, 1, 2, 3, 5, 0x8000_0001, 64),
          0x1000,
          0x2000,
          0xF000_0000_0000_3000L,
          0x4000,
          0x5000,
          0x6000,
          0x89AB_CDEFL);

  private static final DecodeJob DENSE =
      new DecodeJob(
          new HeadRange(1, 1),
          DecodeParameters.dense(77, 0x3F80_0000, 65536),
          0x1000,
          0x2000,
          0x3000,
          0x4000,
          0,
          0x6000,
          5);

  private static final AppendJob APPEND =
      new AppendJob(new HeadRange(0, 8), 100, 7, 0x10, 0x20, 0x30, 0x40, 0x50, 1);

  @ParameterizedTest
  @EnumSource(Opcode.class)
  void fieldsOfOneOpcodeDoNotOverlapAndLieInTheDescriptor(Opcode opcode) {
    BitSet used = new BitSet();
    int last = -1;
    for (BitField field : DescriptorLayout.fields(opcode)) {
      assertThat(used.get(field.bit(), field.bit() + field.width()).isEmpty()).isTrue();
      assertThat(field.bit()).as("in order").isGreaterThan(last);
      used.set(field.bit(), field.bit() + field.width());
      last = field.bit();
    }
    assertThat(used.length()).isLessThanOrEqualTo(DescriptorLayout.BYTES * 8);
  }

  @Test
  void decodeJobSurvivesItsDescriptor() {
    assertThat(DescriptorLayout.decode(DescriptorLayout.encode(DECODE))).contains(DECODE);
    assertThat(DescriptorLayout.decode(DescriptorLayout.encode(DENSE))).contains(DENSE);
  }

  @Test
  void modeTellsDenseFromSparse() {
    assertThat(DescriptorLayout.MODE.get(DescriptorLayout.encode(DECODE))).isZero();
    assertThat(DescriptorLayout.MODE.get(DescriptorLayout.encode(DENSE))).isEqualTo(1);
    assertThat(DescriptorLayout.MODE.get(DescriptorLayout.encode(APPEND))).isZero();
    for (DecodeMode mode : DecodeMode.values()) {
      assertThat(DecodeMode.of(mode.code())).contains(mode);
    }
    assertThat(DecodeMode.of(2)).isEmpty();
    assertThat(DecodeMode.of(-1)).isEmpty();
  }

  @Test
  void appendJobSurvivesItsDescriptor() {
    assertThat(DescriptorLayout.decode(DescriptorLayout.encode(APPEND))).contains(APPEND);
  }

  @Test
  void bytesAreLittleEndian() {
    byte[] bytes = DescriptorLayout.encode(DECODE);
    assertThat(bytes).hasSize(128).startsWith(1, 0, 5, 0, 3, 0, 2, 0);
    assertThat(bytes[6 * 8 + 7]).isEqualTo((byte) 0xF0);
    assertThat(bytes[10 * 8]).isEqualTo((byte) 0xEF);
  }

  @Test
  void unknownOpcodeOrModeIsNoJob() {
    byte[] opcode = DescriptorLayout.encode(APPEND);
    DescriptorLayout.OPCODE.put(opcode, 3);
    assertThat(DescriptorLayout.decode(opcode)).isEmpty();
    for (int unknown : new int[] {2, 0x80, 0x81, 0xFF}) {
      byte[] mode = DescriptorLayout.encode(DECODE);
      DescriptorLayout.MODE.put(mode, unknown);
      assertThat(DescriptorLayout.decode(mode)).as("mode %d", unknown).isEmpty();
    }
    byte[] append = DescriptorLayout.encode(APPEND);
    DescriptorLayout.MODE.put(append, DecodeMode.DENSE.code());
    assertThat(DescriptorLayout.decode(append)).as("an append has no modes").isEmpty();
  }

  @Test
  void pointersAreInOrderOfTheirWords() {
    assertThat(DescriptorLayout.pointers(Opcode.DECODE))
        .extracting(BitField::name)
        .containsExactly("blockTable", "query", "output", "headTable", "bitmap", "completion");
    assertThat(DescriptorLayout.pointers(Opcode.APPEND))
        .extracting(BitField::name)
        .containsExactly("blockTable", "keys", "values", "headTable", "completion");
  }

  @Test
  void valueTooLargeForItsFieldIsRefused() {
    assertThatThrownBy(() -> DescriptorLayout.WINDOW.put(new byte[128], 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("field window: 256 needs more than 8 bits");
  }

  @Test
  void fieldsOfTheCompletionRecordDoNotOverlap() {
    BitSet used = new BitSet();
    for (BitField field : CompletionLayout.FIELDS) {
      assertThat(used.get(field.bit(), field.bit() + field.width()).isEmpty()).isTrue();
      used.set(field.bit(), field.bit() + field.width());
    }
    assertThat(used.length()).isLessThanOrEqualTo(CompletionLayout.BYTES * 8);
  }
}
