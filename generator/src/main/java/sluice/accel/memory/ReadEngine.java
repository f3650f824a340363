package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.ForwardSlice;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.OutOfOrderReader;
import sluice.hdl.lib.axi.ReadData;

/**
 * The read port of a slice: up to {@code readsInFlight} reads of its channel, each under an ID of
 * its own, whose beats are handed on as they come: reads in any order, their beats mixed. Bursts
 * have at most {@link #BURST_BEATS} beats, as AXI3 allows too, and never cross 4 KiB.
 *
 * <p>Latency: 2 cycles from a command to ARVALID, 2 cycles from RVALID to the beat; a burst a
 * cycle, a beat a cycle. A failed beat is handed on like any other.
 */
public final class ReadEngine extends Module {

  /** Most beats of a burst. */
  public static final int BURST_BEATS = 16;

  /**
   * What to read.
   *
   * @param address address of its first byte, aligned to a beat
   * @param beats beats minus 1
   * @param kind what is read, see {@link VectorKind}; comes back with the beats
   * @param tag comes back with the beats
   */
  public record ReadCommand(UInt address, UInt beats, UInt kind, UInt tag) implements Bundle {}

  /**
   * A beat that was read.
   *
   * @param data the beat
   * @param kind kind of its command
   * @param tag tag of its command
   * @param index of the beat in what its command reads
   * @param last whether it is the last of its command
   */
  public record ReadBeat(UInt data, UInt kind, UInt tag, UInt index, Bool last) implements Bundle {}

  public final Stream<ReadCommand> commands;
  public final Stream<ReadBeat> beats;
  public final Stream<AxiAddress> ar;
  public final Stream<ReadData> r;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a beat has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first read that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether nothing is outstanding; low from the cycle after a command is taken. */
  public final Bool idle;

  /**
   * @param tagBits bits of a tag, at least 1
   */
  public ReadEngine(AcceleratorConfig config, int tagBits) {
    describe(
        """
        Read port of a slice: reads of %d-bit beats in any order, at most %d outstanding.
        Latency: 2 cycles from command to ARVALID, 2 cycles from RVALID to the beat.\
        """
            .formatted(config.channelBits(), config.readsInFlight()));
    SignalTypes types = new SignalTypes(config);
    UInt kind = UInt.of(VectorKind.BITS);
    UInt tag = UInt.of(tagBits);
    UInt length = UInt.of(AxiAddress.LEN_BITS);
    commands = input(Stream.of(new ReadCommand(types.address(), length, kind, tag)));
    beats = output(Stream.of(new ReadBeat(types.beat(), kind, tag, length, Bool.of())));
    ar = output(new MemoryPorts(config).channel().ar());
    r = input(new MemoryPorts(config).channel().r());
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(types.address());
    idle = output(Bool.of());

    OutOfOrderReader reader =
        instance(
            new OutOfOrderReader(
                MemoryPorts.CHANNEL_ID_BITS,
                config.addressBits(),
                config.channelBits(),
                VectorKind.BITS + tagBits,
                config.readsInFlight(),
                BURST_BEATS));
    commands
        .map(
            command ->
                new OutOfOrderReader.Command(
                    command.address(), command.beats(), command.kind().concat(command.tag())))
        .to(reader.commands);
    // Looking a beat's read up takes most of a cycle.
    ForwardSlice<ReadBeat> found = instance(new ForwardSlice<>(beats.payload()));
    reader
        .beats
        .map(
            beat ->
                new ReadBeat(
                    beat.data(),
                    beat.tag().bits(tagBits + VectorKind.BITS - 1, tagBits),
                    beat.tag().truncate(tagBits),
                    beat.index(),
                    beat.last()))
        .to(found.in);
    found.out.to(beats);
    reader.ar.to(ar);
    r.to(reader.r);
    reader.clearError.set(clearError);
    error.set(reader.error);
    errorAddress.set(reader.errorAddress);
    idle.set(reader.idle.andNot(beats.valid()));
  }
}
