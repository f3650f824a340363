package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The bucket of every token of two heads, a row a word: one head is written while the other is
 * read. A row is read one cycle after the enable.
 */
final class BucketStore extends Module {
  private static final int BANKS = 2;

  public final Bool write;

  /** The head that is written. */
  public final Bool writeBank;

  public final UInt writeRow;

  /** The buckets to write, [R]. */
  public final Vec<UInt> writeBuckets;

  public final Bool read;

  /** The head that is read. */
  public final Bool readBank;

  public final UInt readRow;

  /** The buckets of the row read in the cycle before, [R]; undefined if none was. */
  public final Vec<UInt> buckets;

  BucketStore(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    Vec<UInt> rowType = Vec.of(config.rowTokens(), types.bucket());
    describe(
        "Buckets of "
            + BANKS
            + " heads, each of "
            + config.rows()
            + " rows of "
            + config.rowTokens()
            + " tokens. Read data comes one cycle after the enable.");
    write = input(Bool.of());
    writeBank = input(Bool.of());
    writeRow = input(types.row());
    writeBuckets = input(rowType);
    read = input(Bool.of());
    readBank = input(Bool.of());
    readRow = input(types.row());
    buckets = output(rowType);

    Memory<Vec<UInt>> rows = memory(rowType, BANKS * config.rows());
    rows.write(write, address(writeBank, writeRow, config), writeBuckets);
    connect(buckets, rows.read(address(readBank, readRow, config), read));
  }

  private static UInt address(Bool bank, UInt row, AcceleratorConfig config) {
    return config.rows() == 1 ? bank.asUInt() : bank.asUInt().concat(row);
  }
}
