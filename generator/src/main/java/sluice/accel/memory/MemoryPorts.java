package sluice.accel.memory;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.UInt;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.AxiMaster;

/**
 * The types of the accelerator's AXI4 master ports.
 *
 * @param config the accelerator
 */
public record MemoryPorts(AcceleratorConfig config) {

  /** Bits of a transaction ID at the host port. */
  public static final int HOST_ID_BITS = 4;

  /** Bits of a transaction ID at a channel's port. */
  public static final int CHANNEL_ID_BITS = 6;

  /** The port to host memory: 64 bits of data. */
  public AxiMaster host() {
    return AxiMaster.of(HOST_ID_BITS, config.addressBits(), AcceleratorConfig.HOST_BITS);
  }

  /** The port to a channel's memory. */
  public AxiMaster channel() {
    return AxiMaster.of(CHANNEL_ID_BITS, config.addressBits(), config.channelBits());
  }

  /** A command to read words from host memory. */
  public HostReader.HostReadCommand hostRead() {
    return new HostReader.HostReadCommand(
        UInt.of(config.addressBits()), UInt.of(HostReader.WORDS_BITS));
  }

  /** A word that was read from host memory. */
  public HostReader.HostWord hostWord() {
    return new HostReader.HostWord(UInt.of(AcceleratorConfig.HOST_BITS), Bool.of());
  }

  /** A command to write words to host memory. */
  public HostWriter.HostWriteCommand hostWrite() {
    return new HostWriter.HostWriteCommand(
        UInt.of(config.addressBits()), UInt.of(HostWriter.WORDS_BITS));
  }

  /** A command to write a burst to a channel. */
  public CacheWriter.CacheWriteCommand cacheWrite() {
    return new CacheWriter.CacheWriteCommand(
        UInt.of(config.addressBits()), UInt.of(AxiAddress.LEN_BITS));
  }

  /** A beat to write to a channel. */
  public CacheWriter.CacheWriteBeat cacheBeat() {
    return new CacheWriter.CacheWriteBeat(
        UInt.of(config.channelBits()), UInt.of(config.channelBits() / 8));
  }
}
