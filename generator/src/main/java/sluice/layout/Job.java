package sluice.layout;

/** A job as its descriptor states it. All pointers are byte addresses in host memory. */
public sealed interface Job permits DecodeJob, AppendJob {

  /** What the job does. */
  Opcode opcode();

  /** The KV heads it works on. */
  HeadRange heads();

  /** n, tokens of the sequence; of an append, after it. Unsigned 32 bits. */
  long tokens();

  /** The sequence's page numbers. */
  long blockTable();

  /** Calibration of the KV heads, entry 0 for head 0. */
  long headTable();

  /** Where the completion record goes. */
  long completion();

  /** Returned in the completion record. Unsigned 32 bits. */
  long tag();
}
