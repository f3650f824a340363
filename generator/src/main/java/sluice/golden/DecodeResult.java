package sluice.golden;

import sluice.layout.Status;

/**
 * What a decode step of one KV head gives.
 *
 * @param outputs halves [G][d]
 * @param selected the selected tokens, ascending
 * @param skipped selected tokens whose weights are all 0, so that their value is not read
 * @param status OK or INVALID_OPERAND
 */
public record DecodeResult(short[][] outputs, int[] selected, int skipped, Status status) {}
