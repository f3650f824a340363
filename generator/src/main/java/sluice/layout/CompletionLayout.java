package sluice.layout;

import java.util.List;

/** The completion record: 4 words of 64 bits that the hardware writes when a job has ended. */
public final class CompletionLayout {

  /** Words of a completion record. */
  public static final int WORDS = 4;

  /** Bytes of a completion record. */
  public static final int BYTES = WORDS * Long.BYTES;

  public static final BitField STATUS = new BitField("status", 0, 0, 8, "how the job ended");
  public static final BitField TAG = new BitField("tag", 0, 32, 32, "the descriptor's tag");
  public static final BitField CYCLES =
      new BitField("cycles", 1, 0, 64, "clock cycles from the descriptor's fetch to this record");
  public static final BitField SELECTED =
      new BitField("selected", 2, 0, 32, "tokens selected, summed over KV heads");
  public static final BitField SKIPPED =
      new BitField(
          "skipped",
          2,
          32,
          32,
          "selected tokens whose value was not read because all their weights are 0, summed over "
              + "KV heads");
  public static final BitField ERROR_ADDRESS =
      new BitField("errorAddress", 3, 0, 64, "the pointer or address at fault; 0 if none");

  /** All fields, in order of their bits. */
  public static final List<BitField> FIELDS =
      List.of(STATUS, TAG, CYCLES, SELECTED, SKIPPED, ERROR_ADDRESS);

  private CompletionLayout() {}
}
