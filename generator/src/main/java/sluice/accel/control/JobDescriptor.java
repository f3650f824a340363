package sluice.accel.control;

import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.layout.BitField;
import sluice.layout.DescriptorLayout;

/**
 * The fields of a descriptor as signals; fields of both kinds of job that share bits are one
 * signal, named after the decode job's.
 *
 * @param budget of an append: the number of appended tokens
 * @param query of an append: the keys' pointer
 * @param output of an append: the values' pointer
 */
public record JobDescriptor(
    UInt opcode,
    UInt mode,
    UInt window,
    UInt firstHead,
    UInt heads,
    UInt tokens,
    UInt budget,
    UInt sink,
    UInt recent,
    UInt factor,
    UInt skip,
    UInt blockTable,
    UInt query,
    UInt output,
    UInt headTable,
    UInt bitmap,
    UInt completion,
    UInt tag)
    implements Bundle {

  /** The type. */
  public static JobDescriptor of() {
    return from(field -> UInt.of(field.width()));
  }

  /**
   * The fields of a descriptor.
   *
   * @param words its 64-bit words, at least those that hold fields
   */
  public static JobDescriptor of(Vec<UInt> words) {
    return from(field -> words.get(field.word()).bits(field.high(), field.low()));
  }

  /** Words of a descriptor that hold fields. */
  public static int usedWords() {
    return 1 + DescriptorLayout.DECODE_FIELDS.stream().mapToInt(BitField::word).max().orElseThrow();
  }

  private static JobDescriptor from(java.util.function.Function<BitField, UInt> field) {
    return new JobDescriptor(
        field.apply(DescriptorLayout.OPCODE),
        field.apply(DescriptorLayout.MODE),
        field.apply(DescriptorLayout.WINDOW),
        field.apply(DescriptorLayout.FIRST_HEAD),
        field.apply(DescriptorLayout.HEADS),
        field.apply(DescriptorLayout.TOKENS),
        field.apply(DescriptorLayout.BUDGET),
        field.apply(DescriptorLayout.SINK),
        field.apply(DescriptorLayout.RECENT),
        field.apply(DescriptorLayout.FACTOR),
        field.apply(DescriptorLayout.SKIP),
        field.apply(DescriptorLayout.BLOCK_TABLE),
        field.apply(DescriptorLayout.QUERY),
        field.apply(DescriptorLayout.OUTPUT),
        field.apply(DescriptorLayout.HEAD_TABLE),
        field.apply(DescriptorLayout.BITMAP),
        field.apply(DescriptorLayout.COMPLETION),
        field.apply(DescriptorLayout.TAG));
  }
}
