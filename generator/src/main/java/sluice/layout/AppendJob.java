package sluice.layout;

/**
 * Writes new tokens to the KV cache: they become tokens {@code tokens - appended} to {@code tokens
 * - 1}. Pointers are byte addresses in host memory.
 *
 * @param heads the KV heads
 * @param tokens n, tokens of the sequence after the job, unsigned 32 bits
 * @param appended m, number of new tokens, unsigned 32 bits
 * @param blockTable the sequence's page numbers
 * @param keys the keys, halves [token][head in range][d]
 * @param values the values, halves [token][head in range][d]
 * @param headTable calibration of the KV heads, entry 0 for head 0
 * @param completion where the completion record goes
 * @param tag returned in the completion record, 32 bits
 */
public record AppendJob(
    HeadRange heads,
    long tokens,
    long appended,
    long blockTable,
    long keys,
    long values,
    long headTable,
    long completion,
    long tag)
    implements Job {

  @Override
  public Opcode opcode() {
    return Opcode.APPEND;
  }
}
