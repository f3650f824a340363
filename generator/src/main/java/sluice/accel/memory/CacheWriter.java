package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.BurstWriter;
import sluice.hdl.lib.axi.WriteData;
import sluice.hdl.lib.axi.WriteResponse;

/**
 * The write port of a slice: keys, values and key records of appended tokens go to its channel.
 * The beats come on a stream of their own, in the order of the commands.
 *
 * <p>Latency: 1 cycle from a command to AWVALID, 2 from a command to WVALID, 1 from a beat to
 * WVALID; a beat a cycle, also from burst to burst.
 */
public final class CacheWriter extends Module {

  private static final int BURSTS_IN_FLIGHT = 4;

  /**
   * A burst to write.
   *
   * @param address address of its first byte, aligned to a beat; the burst stays inside 4 KiB
   * @param beats beats minus 1
   */
  public record CacheWriteCommand(UInt address, UInt beats) implements Bundle {}

  /**
   * A beat to write.
   *
   * @param data the beat
   * @param strobe for each byte of the beat, whether it is written
   */
  public record CacheWriteBeat(UInt data, UInt strobe) implements Bundle {}

  public final Stream<CacheWriteCommand> commands;
  public final Stream<CacheWriteBeat> data;
  public final Stream<AxiAddress> aw;
  public final Stream<WriteData> w;
  public final Stream<WriteResponse> b;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a burst has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first burst that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether all answers are in; low from the cycle after a command is taken. */
  public final Bool idle;

  public CacheWriter(AcceleratorConfig config) {
    describe(
        """
        Write port of a slice: bursts of %d-bit beats, at most %d outstanding.
        Latency: 1 cycle from command to AWVALID, 1 cycle from beat to WVALID."""
            .formatted(config.channelBits(), BURSTS_IN_FLIGHT));
    SignalTypes types = new SignalTypes(config);
    UInt strobe = UInt.of(config.channelBits() / 8);
    commands =
        input(Stream.of(new CacheWriteCommand(types.address(), UInt.of(AxiAddress.LEN_BITS))));
    data = input(Stream.of(new CacheWriteBeat(types.beat(), strobe)));
    aw = output(new MemoryPorts(config).channel().aw());
    w = output(new MemoryPorts(config).channel().w());
    b = input(new MemoryPorts(config).channel().b());
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(types.address());
    idle = output(Bool.of());

    BurstWriter writer =
        instance(
            new BurstWriter(
                MemoryPorts.CHANNEL_ID_BITS,
                config.addressBits(),
                config.channelBits(),
                BURSTS_IN_FLIGHT));
    commands
        .map(command -> new BurstWriter.Command(command.address(), command.beats()))
        .to(writer.commands);
    data.map(beat -> new BurstWriter.Beat(beat.data(), beat.strobe())).to(writer.data);
    writer.aw.to(aw);
    writer.w.to(w);
    b.to(writer.b);
    writer.clearError.set(clearError);
    error.set(writer.error);
    errorAddress.set(writer.errorAddress);
    idle.set(writer.idle);
  }
}
