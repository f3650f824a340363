package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.RegisterSlice;

/**
 * Reads bursts at an AXI4 port, several at a time, and gives their beats in the order of the
 * commands (all bursts have ID 0). Each command carries a tag that comes back with its beats. A
 * failed beat is handed on like any other, and the address of the first burst that failed is kept.
 *
 * <p>Latency: 1 cycle from a command to ARVALID, 1 cycle from RVALID to the beat; a burst a cycle,
 * a beat a cycle.
 */
public final class BurstReader extends Module {

  /**
   * A burst to read.
   *
   * @param address address of its first byte, aligned to a beat; the burst stays inside 4 KiB
   * @param beats beats minus 1
   * @param tag comes back with the beats
   */
  public record Command(UInt address, UInt beats, UInt tag) implements Bundle {}

  /**
   * A beat that was read.
   *
   * @param data the beat
   * @param tag tag of its command
   * @param last whether it ends its burst
   */
  public record Beat(UInt data, UInt tag, Bool last) implements Bundle {}

  /** What is remembered of a burst until its last beat. */
  private record Pending(UInt address, UInt tag) implements Bundle {}

  /** What goes into AR; its other signals are constant. */
  private record Request(UInt address, UInt beats) implements Bundle {}

  /** What is used of R. */
  private record Answer(UInt data, UInt resp, Bool last) implements Bundle {}

  /** Addresses of bursts, to the slave. */
  public final Stream<AxiAddress> ar;

  /** Beats of the slave, in the order of the bursts. */
  public final Stream<ReadData> r;

  /** Bursts to read; waits while as many as allowed are outstanding. */
  public final Stream<Command> commands;

  /** The beats that were read, in the order of the commands. */
  public final Stream<Beat> beats;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a beat has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first burst that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether no burst is outstanding; low from the cycle after a command is taken. */
  public final Bool idle;

  /**
   * @param idBits bits of a transaction ID
   * @param addressBits bits of an address
   * @param dataBits bits of a beat
   * @param tagBits bits of a tag
   * @param inFlight most bursts outstanding
   */
  public BurstReader(int idBits, int addressBits, int dataBits, int tagBits, int inFlight) {
    super("burst_reader" + dataBits + "x" + inFlight);
    Parameter.of("BurstReader", "idBits", idBits).atLeast(1);
    Parameter.of("BurstReader", "addressBits", addressBits).within(1, 64);
    Parameter.of("BurstReader", "dataBits", dataBits).powerOfTwo(8, 1024);
    Parameter.of("BurstReader", "tagBits", tagBits).atLeast(1);
    Parameter.of("BurstReader", "inFlight", inFlight).atLeast(1);
    describe(
        """
        Reads bursts of %d-bit beats, in order, at most %d outstanding.
        Latency: 1 cycle from command to ARVALID, 1 cycle from RVALID to the beat.\
        """
            .formatted(dataBits, inFlight));
    UInt address = UInt.of(addressBits);
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    UInt tag = UInt.of(tagBits);
    commands = input(Stream.of(new Command(address, length, tag)));
    beats = output(Stream.of(new Beat(UInt.of(dataBits), tag, Bool.of())));
    ar = output(Stream.compact(AxiAddress.of(idBits, addressBits)));
    r = input(Stream.compact(ReadData.of(idBits, dataBits)));
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(address);
    idle = output(Bool.of());

    // A command becomes a request, and an entry in the list of bursts whose answers are due.
    Queue<Pending> pending = instance(new Queue<>(new Pending(address, tag), queueDepth(inFlight)));
    RegisterSlice<Request> request = instance(new RegisterSlice<>(new Request(address, length)));
    Bool mayIssue = pending.count.lt(inFlight);
    Bool issue = commands.valid().and(request.in.ready()).and(mayIssue);
    commands.ready().set(request.in.ready().and(mayIssue));
    pending.in.valid().set(issue);
    pending.in.payload().address().set(commands.payload().address());
    pending.in.payload().tag().set(commands.payload().tag());
    request.in.valid().set(commands.valid().and(mayIssue));
    request.in.payload().address().set(commands.payload().address());
    request.in.payload().beats().set(commands.payload().beats());
    ar.valid().set(request.out.valid());
    request.out.ready().set(ar.ready());
    ar.payload().setBurst(request.out.payload().address(), request.out.payload().beats(), dataBits);

    // Answers come in order, so the oldest entry is theirs.
    RegisterSlice<Answer> answer =
        instance(
            new RegisterSlice<>(new Answer(UInt.of(dataBits), UInt.of(Response.BITS), Bool.of())));
    answer.in.valid().set(r.valid());
    r.ready().set(answer.in.ready());
    answer.in.payload().data().set(r.payload().data());
    answer.in.payload().resp().set(r.payload().resp());
    answer.in.payload().last().set(r.payload().last());
    Bool last = answer.out.payload().last();
    beats.valid().set(answer.out.valid());
    answer.out.ready().set(beats.ready());
    beats.payload().data().set(answer.out.payload().data());
    beats.payload().tag().set(pending.out.payload().tag());
    beats.payload().last().set(last);
    pending.out.ready().set(beats.fires().and(last));

    Bool failed = beats.fires().and(Response.failed(answer.out.payload().resp()));
    ErrorLatch latch = instance(new ErrorLatch(addressBits));
    latch.failed.set(failed);
    latch.address.set(pending.out.payload().address());
    latch.clear.set(clearError);
    error.set(latch.error);
    errorAddress.set(latch.errorAddress);
    idle.set(pending.count.eq(0));
  }

  /** The smallest depth that a queue can have and that holds so many entries. */
  static int queueDepth(int entries) {
    return Math.max(2, 1 << UInt.bitsFor(entries - 1L));
  }
}
