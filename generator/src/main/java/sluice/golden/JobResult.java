package sluice.golden;

import sluice.layout.Status;

/**
 * How a job ended.
 *
 * @param status the status
 * @param tag the descriptor's tag
 * @param selected tokens selected, summed over heads; 0 if the job failed
 * @param skipped selected tokens whose value was not read; 0 if the job failed
 * @param errorAddress the pointer, block table entry or memory address at fault; 0 if none
 * @param reported true if a completion record was written
 */
public record JobResult(
    Status status, long tag, long selected, long skipped, long errorAddress, boolean reported) {}
