package sluice.cosim;

import java.util.Map;
import sluice.layout.Status;

/**
 * What a decode job gave.
 *
 * @param outputs halves [G][d]
 * @param selected the selected tokens, ascending
 * @param skipped selected tokens whose value was not read
 * @param counters performance counters by register name; empty from an engine that has none
 */
public record JobOutcome(
    short[][] outputs, int[] selected, long skipped, Status status, Map<String, Long> counters) {}
