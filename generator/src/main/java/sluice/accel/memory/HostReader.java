package sluice.accel.memory;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.BurstReader;
import sluice.hdl.lib.axi.BurstSplitter;
import sluice.hdl.lib.axi.ReadData;

/**
 * Reads ranges of 64-bit words from host memory, in the order of the commands.
 *
 * <p>Latency: 2 cycles from a command to ARVALID, 1 cycle from RVALID to the word; a word a cycle,
 * also from burst to burst. A failed word is handed on like any other.
 */
public final class HostReader extends Module {

  /** Most words of a burst. */
  public static final int BURST_WORDS = 16;

  /** Bits of the number of words of a command. */
  public static final int WORDS_BITS = 32;

  private static final int BURSTS_IN_FLIGHT = 4;

  /**
   * A range to read.
   *
   * @param address address of its first byte, a multiple of 8
   * @param words its length in 64-bit words, at least 1
   */
  public record HostReadCommand(UInt address, UInt words) implements Bundle {}

  /**
   * A word that was read.
   *
   * @param data the word
   * @param last whether it ends its command
   */
  public record HostWord(UInt data, Bool last) implements Bundle {}

  public final Stream<HostReadCommand> commands;
  public final Stream<HostWord> words;
  public final Stream<AxiAddress> ar;
  public final Stream<ReadData> r;

  /** Clears {@link #error}; pulse. An error in the same cycle wins. */
  public final Bool clearError;

  /** Whether a word has failed since it was last cleared. */
  public final Bool error;

  /** Address of the first burst that failed, while {@link #error} is high. */
  public final UInt errorAddress;

  /** Whether nothing is outstanding; low from the cycle after a command is taken. */
  public final Bool idle;

  public HostReader(AcceleratorConfig config) {
    describe(
        """
        Reads ranges of 64-bit words from host memory, in bursts of at most %d words,
        at most %d bursts outstanding.
        Latency: 2 cycles from command to ARVALID, 1 cycle from RVALID to the word."""
            .formatted(BURST_WORDS, BURSTS_IN_FLIGHT));
    MemoryPorts ports = new MemoryPorts(config);
    commands = input(Stream.of(ports.hostRead()));
    words = output(Stream.of(ports.hostWord()));
    ar = output(ports.host().ar());
    r = input(ports.host().r());
    clearError = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(commands.payload().address());
    idle = output(Bool.of());

    BurstSplitter splitter =
        instance(
            new BurstSplitter(
                config.addressBits(), AcceleratorConfig.HOST_BITS / 8, BURST_WORDS, WORDS_BITS));
    BurstReader reader =
        instance(
            new BurstReader(
                MemoryPorts.HOST_ID_BITS,
                config.addressBits(),
                AcceleratorConfig.HOST_BITS,
                1,
                BURSTS_IN_FLIGHT));
    commands
        .map(command -> new BurstSplitter.Range(command.address(), command.words()))
        .to(splitter.ranges);
    // The tag of a burst says whether it is the last of its command.
    splitter
        .bursts
        .map(
            burst ->
                new BurstReader.Command(burst.address(), burst.beats(), burst.last().asUInt()))
        .to(reader.commands);
    reader
        .beats
        .map(beat -> new HostWord(beat.data(), beat.last().and(beat.tag().asBool())))
        .to(words);
    reader.ar.to(ar);
    r.to(reader.r);
    reader.clearError.set(clearError);
    error.set(reader.error);
    errorAddress.set(reader.errorAddress);
    idle.set(splitter.idle.and(reader.idle));
  }
}
