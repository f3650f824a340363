package sluice.layout;

/**
 * One attention decode step. Pointers are byte addresses in host memory.
 *
 * @param heads the KV heads
 * @param parameters the numbers of the step
 * @param blockTable the sequence's page numbers
 * @param query the query, halves [head in range][g][d]
 * @param output where the output goes, halves [head in range][g][d]
 * @param headTable calibration of the KV heads, entry 0 for head 0
 * @param bitmap where the selection bitmaps go, one a head in range; 0 if not wanted
 * @param completion where the completion record goes
 * @param tag returned in the completion record, 32 bits
 */
public record DecodeJob(
    HeadRange heads,
    DecodeParameters parameters,
    long blockTable,
    long query,
    long output,
    long headTable,
    long bitmap,
    long completion,
    long tag)
    implements Job {

  @Override
  public Opcode opcode() {
    return Opcode.DECODE;
  }

  @Override
  public long tokens() {
    return parameters.tokens();
  }
}
