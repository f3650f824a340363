package sluice.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The job descriptor: 16 words of 64 bits, an entry of the ring in host memory.
 *
 * <p>Bits that are no field of the job's opcode are reserved: written 0, ignored by the hardware.
 */
public final class DescriptorLayout {

  /** Words of a descriptor. */
  public static final int WORDS = 16;

  /** Bytes of a descriptor; descriptor i of the ring is at RING_BASE + i * BYTES. */
  public static final int BYTES = WORDS * Long.BYTES;

  /** Value of {@link #MODE} in an append. */
  public static final int MODE_APPEND = 0;

  public static final BitField OPCODE =
      new BitField("opcode", 0, 0, 8, "what to do: 1 decode, 2 append");
  public static final BitField MODE =
      new BitField("mode", 0, 8, 8, "of a decode: 0 sparse, 1 dense; of an append: 0");
  public static final BitField FIRST_HEAD = new BitField("firstHead", 0, 32, 16, "first KV head");
  public static final BitField HEADS = new BitField("heads", 0, 48, 16, "number of KV heads");
  public static final BitField BLOCK_TABLE =
      new BitField("blockTable", 4, 0, 64, "pointer: the sequence's page numbers");
  public static final BitField HEAD_TABLE =
      new BitField("headTable", 7, 0, 64, "pointer: calibration, entry 0 for KV head 0");
  public static final BitField COMPLETION =
      new BitField("completion", 9, 0, 64, "pointer: where the completion record goes");
  public static final BitField TAG =
      new BitField("tag", 10, 0, 32, "returned in the completion record");

  /** n, both of a decode and, counted after it, of an append. */
  public static final BitField TOKENS =
      new BitField("tokens", 1, 0, 32, "tokens of the sequence; of an append, after it");

  public static final BitField WINDOW =
      new BitField("window", 0, 16, 8, "pooling window: 1, 3, 5 or 7");
  public static final BitField BUDGET =
      new BitField("budget", 1, 32, 32, "candidates to select beside the forced tokens");
  public static final BitField SINK =
      new BitField("sink", 2, 0, 32, "tokens at the beginning that are always selected");
  public static final BitField RECENT =
      new BitField("recent", 2, 32, 32, "tokens at the end that are always selected");
  public static final BitField FACTOR =
      new BitField("factor", 3, 0, 32, "FP32 bits of softmax scale * log2(e)");
  public static final BitField SKIP =
      new BitField("skip", 3, 32, 32, "weights below it count as 0; units of 2^-16, 0 to 65536");
  public static final BitField QUERY =
      new BitField("query", 5, 0, 64, "pointer: query halves [head][g][d]");
  public static final BitField OUTPUT =
      new BitField("output", 6, 0, 64, "pointer: where output halves [head][g][d] go");
  public static final BitField BITMAP =
      new BitField("bitmap", 8, 0, 64, "pointer: where selection bitmaps go; 0 for none");

  public static final BitField APPENDED =
      new BitField("appended", 1, 32, 32, "number of new tokens, the last of the sequence");
  public static final BitField KEYS =
      new BitField("keys", 5, 0, 64, "pointer: key halves [token][head][d]");
  public static final BitField VALUES =
      new BitField("values", 6, 0, 64, "pointer: value halves [token][head][d]");

  /** The fields of a decode job, in order of their bits. */
  public static final List<BitField> DECODE_FIELDS =
      List.of(
          OPCODE,
          MODE,
          WINDOW,
          FIRST_HEAD,
          HEADS,
          TOKENS,
          BUDGET,
          SINK,
          RECENT,
          FACTOR,
          SKIP,
          BLOCK_TABLE,
          QUERY,
          OUTPUT,
          HEAD_TABLE,
          BITMAP,
          COMPLETION,
          TAG);

  /** The fields of an append job, in order of their bits. */
  public static final List<BitField> APPEND_FIELDS =
      List.of(
          OPCODE,
          MODE,
          FIRST_HEAD,
          HEADS,
          TOKENS,
          APPENDED,
          BLOCK_TABLE,
          KEYS,
          VALUES,
          HEAD_TABLE,
          COMPLETION,
          TAG);

  private DescriptorLayout() {}

  /** The fields of a kind of job, in order of their bits. */
  public static List<BitField> fields(Opcode opcode) {
    return opcode == Opcode.DECODE ? DECODE_FIELDS : APPEND_FIELDS;
  }

  /**
   * The pointers of a kind of job in the order in which they are checked (by word).
   *
   * @return fields of 64 bits
   */
  public static List<BitField> pointers(Opcode opcode) {
    List<BitField> pointers = new ArrayList<>();
    for (BitField field : fields(opcode)) {
      if (field.width() == BitField.WORD_BITS) {
        pointers.add(field);
      }
    }
    return List.copyOf(pointers);
  }

  /**
   * The descriptor of a job.
   *
   * @return {@link #BYTES} bytes
   * @throws IllegalArgumentException if a number has more bits than its field
   */
  public static byte[] encode(Job job) {
    byte[] bytes = new byte[BYTES];
    OPCODE.put(bytes, job.opcode().code());
    FIRST_HEAD.put(bytes, job.heads().first());
    HEADS.put(bytes, job.heads().count());
    TOKENS.put(bytes, job.tokens());
    BLOCK_TABLE.put(bytes, job.blockTable());
    HEAD_TABLE.put(bytes, job.headTable());
    COMPLETION.put(bytes, job.completion());
    TAG.put(bytes, job.tag());
    if (job instanceof DecodeJob decode) {
      DecodeParameters parameters = decode.parameters();
      MODE.put(bytes, parameters.mode().code());
      WINDOW.put(bytes, parameters.window());
      BUDGET.put(bytes, parameters.budget());
      SINK.put(bytes, parameters.sink());
      RECENT.put(bytes, parameters.recent());
      FACTOR.put(bytes, Integer.toUnsignedLong(parameters.factor()));
      SKIP.put(bytes, parameters.skip());
      QUERY.put(bytes, decode.query());
      OUTPUT.put(bytes, decode.output());
      BITMAP.put(bytes, decode.bitmap());
    } else if (job instanceof AppendJob append) {
      MODE.put(bytes, MODE_APPEND);
      APPENDED.put(bytes, append.appended());
      KEYS.put(bytes, append.keys());
      VALUES.put(bytes, append.values());
    }
    return bytes;
  }

  /**
   * The job of a descriptor.
   *
   * @param bytes {@link #BYTES} bytes
   * @return the job, or empty if its opcode or mode is unknown
   */
  public static Optional<Job> decode(byte[] bytes) {
    Optional<Opcode> opcode = Opcode.of(OPCODE.get(bytes));
    if (opcode.isEmpty()) {
      return Optional.empty();
    }
    long mode = MODE.get(bytes);
    if (opcode.get() == Opcode.DECODE) {
      return DecodeMode.of(mode).map(known -> decodeJob(bytes, known));
    }
    return mode == MODE_APPEND ? Optional.of(appendJob(bytes)) : Optional.empty();
  }

  private static HeadRange heads(byte[] bytes) {
    return new HeadRange((int) FIRST_HEAD.get(bytes), (int) HEADS.get(bytes));
  }

  private static Job decodeJob(byte[] bytes, DecodeMode mode) {
    DecodeParameters parameters =
        new DecodeParameters(
            mode,
            TOKENS.get(bytes),
            BUDGET.get(bytes),
            SINK.get(bytes),
            RECENT.get(bytes),
            (int) WINDOW.get(bytes),
            (int) FACTOR.get(bytes),
            SKIP.get(bytes));
    return new DecodeJob(
        heads(bytes),
        parameters,
        BLOCK_TABLE.get(bytes),
        QUERY.get(bytes),
        OUTPUT.get(bytes),
        HEAD_TABLE.get(bytes),
        BITMAP.get(bytes),
        COMPLETION.get(bytes),
        TAG.get(bytes));
  }

  private static Job appendJob(byte[] bytes) {
    return new AppendJob(
        heads(bytes),
        TOKENS.get(bytes),
        APPENDED.get(bytes),
        BLOCK_TABLE.get(bytes),
        KEYS.get(bytes),
        VALUES.get(bytes),
        HEAD_TABLE.get(bytes),
        COMPLETION.get(bytes),
        TAG.get(bytes));
  }
}
