package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.axi.AxiAddress;

/**
 * Splits the scan of a slice's key records, rows 0 to rowCount - 1, into bursts of {@link
 * #burstRows} rows that begin at multiples of as many rows; the last may be shorter.
 *
 * <p>Such a burst lies in one page, since burstRows divides the rows of a page, and never crosses 4
 * KiB: a head's records begin, in its page, at a multiple of the smaller of their own size and 4096
 * (the keys and values before them are a multiple of their size, and so is the stride from head to
 * head, if it is not a multiple of a larger power of two, the vector's). So a burst, aligned to its
 * size among them, is aligned to its size in memory.
 *
 * <p>Latency: 1 cycle from start to the first burst; a burst a cycle.
 */
public final class ScanRequester extends Module {

  /** Most rows of a burst. */
  public static final int MOST_BURST_ROWS = 16;

  /**
   * A burst of key records.
   *
   * @param row its first row
   * @param beats beats, which are rows, minus 1
   */
  public record ScanBurst(UInt row, UInt beats) implements Bundle {}

  /** Begins a scan; pulse, while {@link #done} is high. */
  public final Bool start;

  /** Rows to scan; needed in the cycle of start only. With 0 nothing happens. */
  public final UInt rowCount;

  public final Stream<ScanBurst> requests;

  /** Whether all bursts were taken; low from the cycle after start. */
  public final Bool done;

  public ScanRequester(AcceleratorConfig config) {
    int burstRows = burstRows(config);
    describe(
        """
        Splits the scan of a slice's key records into bursts of %d rows.
        Latency: 1 cycle from start; a burst a cycle."""
            .formatted(burstRows));
    SignalTypes types = new SignalTypes(config);
    start = input(Bool.of());
    rowCount = input(types.rows());
    requests = output(Stream.of(new ScanBurst(types.row(), UInt.of(AxiAddress.LEN_BITS))));
    done = output(Bool.of());

    UInt remaining = register(types.rows()).reset(0);
    UInt row = register(types.rows());
    Bool last = remaining.le(burstRows);
    Bool taken = requests.fires();
    when(
            start,
            () -> {
              remaining.set(rowCount);
              row.set(0);
            })
        .elseWhen(
            taken,
            () -> {
              remaining.set(
                  mux(last, UInt.literal(0, remaining.width()), remaining.minusWrap(burstRows)));
              row.set(row.plusWrap(burstRows));
            });

    Bool idle = remaining.isZero();
    UInt othersLeft = remaining.minusWrap(1);
    requests.valid().set(idle.not());
    requests.payload().row().set(row.truncate(types.row().width()));
    requests
        .payload()
        .beats()
        .set(mux(last, othersLeft.resize(AxiAddress.LEN_BITS), UInt.literal(burstRows - 1L, AxiAddress.LEN_BITS)));
    done.set(idle);
  }

  /** Rows of a burst: as many as fit in one page. */
  public static int burstRows(AcceleratorConfig config) {
    return Math.min(MOST_BURST_ROWS, config.rowsPerPage());
  }
}
