package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.axi.AxiAddress;

/**
 * Puts the key records of a scan back in order: each burst has its places from its request on, and
 * records leave row after row, however they arrive. What arrives always has room, so a scan that
 * has to wait never holds back the memory port.
 *
 * <p>Latency: none from a burst to its request; 3 cycles from a record that arrives to where it
 * leaves, if it is the next; a record a cycle.
 */
public final class RecordBuffer extends Module {

  /** Bursts for which there are places. */
  private static final int BURSTS = 8;

  /**
   * A burst that is to be read.
   *
   * @param row its first row
   * @param beats beats, which are rows, minus 1
   * @param place of its first row
   */
  public record RecordRequest(UInt row, UInt beats, UInt place) implements Bundle {}

  /**
   * The records of a row that arrive.
   *
   * @param place of its burst
   * @param index of the row in its burst
   */
  public record ArrivingRecord(UInt data, UInt place, UInt index) implements Bundle {}

  /** Bursts that are wanted, in order of their rows; wait while there are no places. */
  public final Stream<ScanRequester.ScanBurst> bursts;

  public final Stream<RecordRequest> requests;

  /** The rows of all bursts, in any order. */
  public final Stream<ArrivingRecord> arriving;

  /** The same, in the order of the bursts and their rows. */
  public final Stream<UInt> records;

  public RecordBuffer(AcceleratorConfig config) {
    int burstRows = ScanRequester.burstRows(config);
    int rows = rows(config);
    describe(
        """
        Puts the key records of %d rows in order that arrive in any.
        Latency: 3 cycles; a row a cycle.\
        """
            .formatted(rows));
    SignalTypes types = new SignalTypes(config);
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    UInt place = UInt.index(rows);
    bursts = input(Stream.of(new ScanRequester.ScanBurst(types.row(), length)));
    requests = output(Stream.of(new RecordRequest(types.row(), length, place)));
    arriving = input(Stream.of(new ArrivingRecord(types.beat(), place, length)));
    records = output(Stream.of(types.beat()));

    // Places are a ring: those from the oldest row that has not left, so many, are given away.
    UInt given = register(UInt.upTo(rows)).reset(0);
    UInt next = register(place).reset(0);
    Bool room = given.le(rows - (long) burstRows);
    requests.valid().set(bursts.valid().and(room));
    bursts.ready().set(requests.ready().and(room));
    ScanRequester.ScanBurst burst = bursts.payload();
    connect(requests.payload(), new RecordRequest(burst.row(), burst.beats(), next));
    UInt burstLength = burst.beats().plus(1);
    when(requests.fires(), () -> next.set(next.plusWrap(burstLength.resize(place.width()))));

    Memory<UInt> held = memory(types.beat(), rows);
    UInt present = register(UInt.of(rows)).reset(0);
    arriving.ready().set(true);
    UInt at = arriving.payload().place().plusWrap(arriving.payload().index().resize(place.width()));
    held.write(arriving.valid(), at, arriving.payload().data());

    // Two rows may be on their way to the queue of four.
    Queue<UInt> leaving = instance(new Queue<>(types.beat(), 4));
    UInt oldest = register(place).reset(0);
    Bool read = present.bit(oldest).and(leaving.count.le(2));
    when(read, () -> oldest.set(oldest.plusWrap(1)));
    Bool arrived = register(Bool.of()).reset(false);
    arrived.set(read);
    leaving.in.valid().set(arrived);
    leaving.in.payload().set(held.read(oldest, read));
    leaving.out.to(records);

    UInt none = UInt.literal(0, rows);
    UInt arrives = mux(arriving.valid(), UInt.literal(1).shiftLeft(at, rows), none);
    UInt leaves = mux(read, UInt.literal(1).shiftLeft(oldest, rows), none);
    present.set(present.and(leaves.not()).or(arrives));
    UInt added = mux(requests.fires(), burstLength, UInt.literal(0, burstLength.width()));
    given.set(given.plus(added).minusWrap(read.asUInt()).truncate(given.width()));
  }

  /** Rows for which there are places. */
  static int rows(AcceleratorConfig config) {
    return BURSTS * ScanRequester.burstRows(config);
  }
}
