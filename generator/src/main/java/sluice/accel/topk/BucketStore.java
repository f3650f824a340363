package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/** The bucket of every token of a head, a row a word. A row is read one cycle after the enable. */
final class BucketStore extends Module {
  public final Bool write;
  public final UInt writeRow;

  /** The buckets to write, [R]. */
  public final Vec<UInt> writeBuckets;

  public final Bool read;
  public final UInt readRow;

  /** The buckets of the row read in the cycle before, [R]; undefined if none was. */
  public final Vec<UInt> buckets;

  BucketStore(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    Vec<UInt> rowType = Vec.of(config.rowTokens(), types.bucket());
    describe(
        "Buckets of "
            + config.rows()
            + " rows of "
            + config.rowTokens()
            + " tokens. Read data comes one cycle after the enable.");
    write = input(Bool.of());
    writeRow = input(types.row());
    writeBuckets = input(rowType);
    read = input(Bool.of());
    readRow = input(types.row());
    buckets = output(rowType);

    Memory<Vec<UInt>> rows = memory(rowType, config.rows());
    rows.write(write, writeRow, writeBuckets);
    connect(buckets, rows.read(readRow, read));
  }
}
