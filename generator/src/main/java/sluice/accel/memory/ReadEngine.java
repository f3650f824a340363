package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.BurstReader;
import sluice.hdl.lib.axi.ReadData;

/**
 * The read port of a slice: bursts from its channel, up to {@code readsInFlight} outstanding,
 * answered in the order of the commands.
 *
 * <p>Latency: 1 cycle from a command to ARVALID, 1 cycle from RVALID to the beat; a burst a cycle,
 * a beat a cycle. A failed beat is handed on like any other.
 */
public final class ReadEngine extends Module {

  /**
   * A burst to read.
   *
   * @param address address of its first byte, aligned to a beat; the burst stays inside 4 KiB
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
   * @param last whether it ends its burst
   */
  public record ReadBeat(UInt data, UInt kind, UInt tag, Bool last) implements Bundle {}

  public final Stream<ReadCommand> commands;
  public final Stream<ReadBeat> beats;
  public final Stream<AxiAddress> ar;
  public final Stream<ReadData> r;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a beat has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first burst that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether no burst is outstanding; low from the cycle after a command is taken. */
  public final Bool idle;

  /**
   * @param tagBits bits of a tag, at least 1
   */
  public ReadEngine(AcceleratorConfig config, int tagBits) {
    describe(
        """
        Read port of a slice: bursts of %d-bit beats, in order, at most %d outstanding.
        Latency: 1 cycle from command to ARVALID, 1 cycle from RVALID to the beat."""
            .formatted(config.channelBits(), config.readsInFlight()));
    SignalTypes types = new SignalTypes(config);
    UInt kind = UInt.of(VectorKind.BITS);
    UInt tag = UInt.of(tagBits);
    commands =
        input(
            Stream.of(new ReadCommand(types.address(), UInt.of(AxiAddress.LEN_BITS), kind, tag)));
    beats = output(Stream.of(new ReadBeat(types.beat(), kind, tag, Bool.of())));
    ar = output(new MemoryPorts(config).channel().ar());
    r = input(new MemoryPorts(config).channel().r());
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(types.address());
    idle = output(Bool.of());

    BurstReader reader =
        instance(
            new BurstReader(
                MemoryPorts.CHANNEL_ID_BITS,
                config.addressBits(),
                config.channelBits(),
                VectorKind.BITS + tagBits,
                config.readsInFlight()));
    commands
        .map(
            command ->
                new BurstReader.Command(
                    command.address(), command.beats(), command.kind().concat(command.tag())))
        .to(reader.commands);
    reader
        .beats
        .map(
            beat ->
                new ReadBeat(
                    beat.data(),
                    beat.tag().bits(tagBits + VectorKind.BITS - 1, tagBits),
                    beat.tag().truncate(tagBits),
                    beat.last()))
        .to(beats);
    reader.ar.to(ar);
    r.to(reader.r);
    reader.clearError.set(clearError);
    error.set(reader.error);
    errorAddress.set(reader.errorAddress);
    idle.set(reader.idle);
  }
}
