package sluice.accel.memory;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.BurstSplitter;
import sluice.hdl.lib.axi.BurstWriter;
import sluice.hdl.lib.axi.WriteData;
import sluice.hdl.lib.axi.WriteResponse;

/**
 * Writes ranges of 64-bit words to host memory; the words come on a stream of their own, in the
 * order of the commands.
 *
 * <p>Latency: 2 cycles from a command to AWVALID, 3 from a command to WVALID, 1 from a word to
 * WVALID; a word a cycle, also from burst to burst.
 */
public final class HostWriter extends Module {

  /** Most words of a burst. */
  public static final int BURST_WORDS = HostReader.BURST_WORDS;

  /** Bits of the number of words of a command. */
  public static final int WORDS_BITS = HostReader.WORDS_BITS;

  private static final int BURSTS_IN_FLIGHT = 4;

  /**
   * A range to write.
   *
   * @param address address of its first byte, a multiple of 8
   * @param words its length in 64-bit words, at least 1
   */
  public record HostWriteCommand(UInt address, UInt words) implements Bundle {}

  public final Stream<HostWriteCommand> commands;
  public final Stream<UInt> words;
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

  public HostWriter(AcceleratorConfig config) {
    describe(
        """
        Writes ranges of 64-bit words to host memory, in bursts of at most %d words,
        at most %d bursts outstanding.
        Latency: 2 cycles from command to AWVALID, 1 cycle from word to WVALID."""
            .formatted(BURST_WORDS, BURSTS_IN_FLIGHT));
    MemoryPorts ports = new MemoryPorts(config);
    commands = input(Stream.of(ports.hostWrite()));
    words = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    aw = output(ports.host().aw());
    w = output(ports.host().w());
    b = input(ports.host().b());
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(commands.payload().address());
    idle = output(Bool.of());

    int wordBytes = AcceleratorConfig.HOST_BITS / 8;
    BurstSplitter splitter =
        instance(new BurstSplitter(config.addressBits(), wordBytes, BURST_WORDS, WORDS_BITS));
    BurstWriter writer =
        instance(
            new BurstWriter(
                MemoryPorts.HOST_ID_BITS,
                config.addressBits(),
                AcceleratorConfig.HOST_BITS,
                BURSTS_IN_FLIGHT));
    commands
        .map(command -> new BurstSplitter.Range(command.address(), command.words()))
        .to(splitter.ranges);
    splitter
        .bursts
        .map(burst -> new BurstWriter.Command(burst.address(), burst.beats()))
        .to(writer.commands);
    UInt wholeWord = UInt.literal((1 << wordBytes) - 1, wordBytes);
    words.map(word -> new BurstWriter.Beat(word, wholeWord)).to(writer.data);
    writer.aw.to(aw);
    writer.w.to(w);
    b.to(writer.b);
    writer.clearError.set(clearError);
    error.set(writer.error);
    errorAddress.set(writer.errorAddress);
    idle.set(splitter.idle.and(writer.idle));
  }
}
