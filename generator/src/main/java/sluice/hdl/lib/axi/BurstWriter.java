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
 * Writes bursts at an AXI4 port. Commands and data come on streams of their own, data in the order
 * of the commands; AW and W go on independently of each other, so a slave may wait for either
 * first. The address of the first burst that failed is kept.
 *
 * <p>Latency: 1 cycle from a command to AWVALID, at least 2 cycles from a command to WVALID, 1
 * cycle from data to WVALID once its command was taken; a beat a cycle, also from burst to burst.
 */
public final class BurstWriter extends Module {

  /**
   * A burst to write.
   *
   * @param address address of its first byte, aligned to a beat; the burst stays inside 4 KiB
   * @param beats beats minus 1
   */
  public record Command(UInt address, UInt beats) implements Bundle {}

  /**
   * A beat to write.
   *
   * @param data the beat
   * @param strobe for each byte of the beat, whether it is written
   */
  public record Beat(UInt data, UInt strobe) implements Bundle {}

  /** Addresses of bursts, to the slave. */
  public final Stream<AxiAddress> aw;

  /** Beats, to the slave. */
  public final Stream<WriteData> w;

  /** Answers of the slave, one a burst; always taken at once. */
  public final Stream<WriteResponse> b;

  /** Bursts to write; waits while as many as allowed are outstanding. */
  public final Stream<Command> commands;

  /** Beats of all bursts in the order of the commands; waits for its burst's command. */
  public final Stream<Beat> data;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a burst has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first burst that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether all answers are in; low from the cycle after a command is taken. */
  public final Bool idle;

  /**
   * @param idBits bits of a transaction ID
   * @param addressBits bits of an address
   * @param dataBits bits of a beat
   * @param inFlight most bursts outstanding, a power of two of at least 2
   */
  public BurstWriter(int idBits, int addressBits, int dataBits, int inFlight) {
    super("burst_writer" + dataBits + "x" + inFlight);
    Parameter.of("BurstWriter", "idBits", idBits).atLeast(1);
    Parameter.of("BurstWriter", "addressBits", addressBits).within(1, 64);
    Parameter.of("BurstWriter", "dataBits", dataBits).powerOfTwo(8, 1024);
    Parameter.of("BurstWriter", "inFlight", inFlight).powerOfTwo(2);
    describe(
        """
        Writes bursts of %d-bit beats, at most %d outstanding.
        Latency: 1 cycle from command to AWVALID, 1 cycle from data to WVALID.\
        """
            .formatted(dataBits, inFlight));
    UInt address = UInt.of(addressBits);
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    Command command = new Command(address, length);
    commands = input(Stream.of(command));
    data = input(Stream.of(new Beat(UInt.of(dataBits), UInt.of(dataBits / 8))));
    aw = output(Stream.compact(AxiAddress.of(idBits, addressBits)));
    w = output(Stream.compact(WriteData.of(dataBits)));
    b = input(Stream.compact(WriteResponse.of(idBits)));
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(address);
    idle = output(Bool.of());

    // A command becomes a request, a length for the data, and an answer that is due.
    RegisterSlice<Command> request = instance(new RegisterSlice<>(command));
    Queue<UInt> lengths = instance(new Queue<>(length, inFlight));
    Queue<UInt> pending = instance(new Queue<>(address, inFlight));
    // The lengths leave before the answers come, so their queue has room whenever this one has.
    Bool mayIssue = pending.in.ready();
    Bool issue = commands.valid().and(request.in.ready()).and(mayIssue);
    commands.ready().set(request.in.ready().and(mayIssue));
    request.in.valid().set(commands.valid().and(mayIssue));
    connect(request.in.payload(), commands.payload());
    lengths.in.valid().set(issue);
    lengths.in.payload().set(commands.payload().beats());
    pending.in.valid().set(issue);
    pending.in.payload().set(commands.payload().address());
    aw.valid().set(request.out.valid());
    request.out.ready().set(aw.ready());
    aw.payload().setBurst(request.out.payload().address(), request.out.payload().beats(), dataBits);

    RegisterSlice<WriteData> beat = instance(new RegisterSlice<>(WriteData.of(dataBits)));
    UInt beatCount = register(length).reset(0);
    Bool last = beatCount.eq(lengths.out.payload());
    Bool beatValid = data.valid().and(lengths.out.valid());
    Bool beatTaken = beatValid.and(beat.in.ready());
    beat.in.valid().set(beatValid);
    data.ready().set(beat.in.ready().and(lengths.out.valid()));
    beat.in.payload().data().set(data.payload().data());
    beat.in.payload().strb().set(data.payload().strobe());
    beat.in.payload().last().set(last);
    lengths.out.ready().set(beatTaken.and(last));
    when(
        beatTaken,
        () ->
            beatCount.set(mux(last, UInt.literal(0, AxiAddress.LEN_BITS), beatCount.plusWrap(1))));
    beat.out.to(w);

    b.ready().set(true);
    pending.out.ready().set(b.valid());
    ErrorLatch latch = instance(new ErrorLatch(addressBits));
    latch.failed.set(b.valid().and(Response.failed(b.payload().resp())));
    latch.address.set(pending.out.payload());
    latch.clear.set(clearError);
    error.set(latch.error);
    errorAddress.set(latch.errorAddress);
    idle.set(pending.count.eq(0));
  }
}
