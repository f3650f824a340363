package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * One lane's counters, one a bucket, in a memory. An access adds 1 to a counter or clears it; one
 * access a cycle, to any buckets in any order. The counter is read in the cycle of the access and
 * written in the next; an access right behind one to the same bucket takes the number being written
 * instead of reading.
 */
final class HistogramBank extends Module {
  /** Accesses a counter. */
  public final Bool access;

  /** Clears the counter instead of counting. */
  public final Bool clear;

  public final UInt bucket;

  /** The counter before the access, one cycle after it. */
  public final UInt count;

  HistogramBank(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    describe(
        "Counters of one lane, one for each of "
            + config.buckets()
            + " buckets. An access adds 1 or clears, one a cycle; count is the counter before the"
            + " access, one cycle later. Counters are undefined until cleared.");
    access = input(Bool.of());
    clear = input(Bool.of());
    bucket = input(types.bucket());
    count = output(types.rows());

    Memory<UInt> counters = memory(types.rows(), config.buckets());
    Bool pending = register(Bool.of()).reset(false);
    Bool pendingClear = register(Bool.of());
    UInt pendingBucket = register(types.bucket());
    Bool forward = register(Bool.of());
    UInt written = register(types.rows());

    Bool repeats = pending.and(bucket.eq(pendingBucket));
    UInt stored = counters.read(bucket, access.andNot(repeats));
    UInt current = mux(forward, written, stored);
    UInt next = mux(pendingClear, UInt.literal(0, current.width()), current.plusWrap(1));
    counters.write(pending, pendingBucket, next);
    count.set(current);

    pending.set(access);
    pendingClear.set(clear);
    pendingBucket.set(bucket);
    forward.set(repeats);
    written.set(next);
  }
}
