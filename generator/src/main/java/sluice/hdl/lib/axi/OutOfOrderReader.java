package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.RegisterSlice;
import sluice.hdl.lib.SlotPool;

/**
 * Reads ranges of memory at an AXI4 port, many at a time, and gives their beats as they come: each
 * range has a transaction ID of its own, so the slave may answer in any order, and may let beats of
 * different ranges alternate. The beats of one range come in order. Each command carries a tag that
 * comes back with its beats, and each beat its index. A failed beat is handed on like any other,
 * and the address of the first range that failed is kept.
 *
 * <p>A range that is longer than a burst may be, or crosses a multiple of the size of the longest
 * burst, becomes several bursts with the same ID; none crosses 4 KiB.
 *
 * <p>Latency: 2 cycles from a command to ARVALID, 1 cycle from RVALID to the beat; a burst a cycle,
 * a beat a cycle.
 */
public final class OutOfOrderReader extends Module {

  /**
   * A range to read.
   *
   * @param address address of its first byte, aligned to a beat
   * @param beats beats minus 1
   * @param tag comes back with the beats
   */
  public record Command(UInt address, UInt beats, UInt tag) implements Bundle {}

  /**
   * A beat that was read.
   *
   * @param data the beat
   * @param tag tag of its command
   * @param index of the beat in its range
   * @param last whether it ends its range
   */
  public record Beat(UInt data, UInt tag, UInt index, Bool last) implements Bundle {}

  /** What is remembered of a range until its last beat. */
  private record Pending(UInt address, UInt beats, UInt tag) implements Bundle {}

  /** What goes into AR; its other signals are constant. */
  private record Request(UInt id, UInt address, UInt beats) implements Bundle {}

  /** What is used of R. */
  private record Answer(UInt id, UInt data, UInt resp) implements Bundle {}

  /** Addresses of bursts, to the slave. */
  public final Stream<AxiAddress> ar;

  /** Beats of the slave, in any order of the IDs. */
  public final Stream<ReadData> r;

  /** Ranges to read; waits while as many as allowed are outstanding. */
  public final Stream<Command> commands;

  /** The beats that were read, in the order in which they came. */
  public final Stream<Beat> beats;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a beat has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first range that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether no range is outstanding; low from the cycle after a command is taken. */
  public final Bool idle;

  private final int slots;

  /**
   * @param idBits bits of a transaction ID; {@code inFlight} IDs are used, from 0 on
   * @param addressBits bits of an address
   * @param dataBits bits of a beat
   * @param tagBits bits of a tag
   * @param inFlight most ranges outstanding
   * @param burstBeats most beats of a burst, a power of two; a burst has at most 4 KiB
   */
  public OutOfOrderReader(
      int idBits, int addressBits, int dataBits, int tagBits, int inFlight, int burstBeats) {
    super("out_of_order_reader" + dataBits + "x" + inFlight);
    Parameter.of("OutOfOrderReader", "idBits", idBits).within(1, 16);
    Parameter.of("OutOfOrderReader", "dataBits", dataBits).powerOfTwo(8, 1024);
    Parameter.of("OutOfOrderReader", "tagBits", tagBits).atLeast(1);
    Parameter.of("OutOfOrderReader", "inFlight", inFlight).within(1, 1 << idBits);
    int beatBytes = dataBits / 8;
    int mostBeats = Math.min(1 << AxiAddress.LEN_BITS, AxiAddress.BOUNDARY / beatBytes);
    Parameter.of("OutOfOrderReader", "burstBeats", burstBeats).powerOfTwo(2, mostBeats);
    int blockLow = Integer.numberOfTrailingZeros(beatBytes * burstBeats);
    Parameter.of("OutOfOrderReader", "addressBits", addressBits).within(blockLow + 1, 64);
    describe(
        """
        Reads ranges of %d-bit beats in any order, at most %d outstanding.
        Bursts of at most %d beats; each range has an ID of its own.
        Latency: 2 cycles from command to ARVALID, 1 cycle from RVALID to the beat.\
        """
            .formatted(dataBits, inFlight, burstBeats));
    UInt address = UInt.of(addressBits);
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    UInt tag = UInt.of(tagBits);
    slots = 1 << UInt.index(inFlight).width();
    commands = input(Stream.of(new Command(address, length, tag)));
    beats = output(Stream.of(new Beat(UInt.of(dataBits), tag, length, Bool.of())));
    ar = output(Stream.compact(AxiAddress.of(idBits, addressBits)));
    r = input(Stream.compact(ReadData.of(idBits, dataBits)));
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(address);
    idle = output(Bool.of());

    SlotPool ids = instance(new SlotPool(inFlight));
    Memory<Pending> pending = registerFile(new Pending(address, length, tag), slots);
    issue(ids, pending, new Request(UInt.of(idBits), address, length), dataBits, blockLow);
    answer(ids, pending, new Answer(UInt.of(idBits), UInt.of(dataBits), UInt.of(Response.BITS)));
    idle.set(ids.lent.isZero());
  }

  /** Gives a command an ID, and makes bursts of it, one a cycle. */
  private void issue(
      SlotPool ids, Memory<Pending> pending, Request type, int dataBits, int blockLow) {
    RegisterSlice<Request> request = instance(new RegisterSlice<>(type));
    Bool active = register(Bool.of()).reset(false);
    UInt id = register(type.id());
    UInt position = register(type.address());
    UInt left = register(type.beats());

    // A burst ends with its range, or before the next multiple of the longest burst. Both are in
    // beats behind its first.
    int beatLow = Integer.numberOfTrailingZeros(dataBits / 8);
    UInt room = position.bits(blockLow - 1, beatLow).not();
    Bool last = left.le(room);
    UInt beatsOfBurst = mux(last, left, room.extend(left.width()));
    Bool sent = active.and(request.in.ready());
    Bool next = active.not().or(sent.and(last));

    commands.ready().set(next.and(ids.free.valid()));
    ids.free.ready().set(next.and(commands.valid()));
    Bool taken = commands.fires();
    Command command = commands.payload();
    pending.write(
        taken, ids.free.payload(), new Pending(command.address(), command.beats(), command.tag()));
    UInt nextBlock = position.bits(position.width() - 1, blockLow).plusWrap(1);
    when(
            taken,
            () -> {
              active.set(true);
              id.set(ids.free.payload().resize(id.width()));
              position.set(command.address());
              left.set(command.beats());
            })
        .elseWhen(
            sent,
            () -> {
              active.set(last.not());
              position.set(nextBlock.shiftLeft(blockLow));
              left.set(left.minusWrap(room).minusWrap(1));
            });

    request.in.valid().set(active);
    connect(request.in.payload(), new Request(id, position, beatsOfBurst));
    Request out = request.out.payload();
    ar.valid().set(request.out.valid());
    request.out.ready().set(ar.ready());
    ar.payload().setBurst(out.id(), out.address(), out.beats(), dataBits);
  }

  /** Finds the command of each beat by its ID, and counts the beats of each. */
  private void answer(SlotPool ids, Memory<Pending> pending, Answer type) {
    RegisterSlice<Answer> answer = instance(new RegisterSlice<>(type));
    answer.in.valid().set(r.valid());
    r.ready().set(answer.in.ready());
    connect(
        answer.in.payload(), new Answer(r.payload().id(), r.payload().data(), r.payload().resp()));

    UInt slot = answer.out.payload().id().resize(UInt.index(slots).width());
    Pending range = pending.read(slot);
    // Which ranges have begun: the counts of the others are not looked at.
    UInt begun = register(UInt.of(slots)).reset(0);
    Memory<UInt> counts = registerFile(UInt.of(AxiAddress.LEN_BITS), slots);
    UInt counted = counts.read(slot);
    UInt index = mux(begun.bit(slot), counted, UInt.literal(0, counted.width()));
    Bool last = index.eq(range.beats());
    beats.valid().set(answer.out.valid());
    answer.out.ready().set(beats.ready());
    connect(beats.payload(), new Beat(answer.out.payload().data(), range.tag(), index, last));

    Bool given = beats.fires();
    counts.write(given, slot, index.plusWrap(1));
    UInt mark = UInt.literal(1).shiftLeft(slot, slots);
    when(given, () -> begun.set(mux(last, begun.and(mark.not()), begun.or(mark))));
    ids.release.set(given.and(last));
    ids.released.set(slot);

    ErrorLatch latch = instance(new ErrorLatch(errorAddress.width()));
    latch.failed.set(given.and(Response.failed(answer.out.payload().resp())));
    latch.address.set(range.address());
    latch.clear.set(clearError);
    error.set(latch.error);
    errorAddress.set(latch.errorAddress);
  }
}
