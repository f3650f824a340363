package sluice.cosim;

import java.util.Optional;
import sluice.cosim.dram.DramReport;

/**
 * What went through a memory port in a run.
 *
 * @param name {@code host}, or {@code ch0}, {@code ch1}, ...
 * @param reads bursts that were asked for
 * @param readBeats beats that were given
 * @param writes bursts that were begun
 * @param writeBeats beats that were taken
 * @param dram what the DRAM behind the port did, if it is one
 */
public record MemoryReport(
    String name,
    long reads,
    long readBeats,
    long writes,
    long writeBeats,
    Optional<DramReport> dram) {}
