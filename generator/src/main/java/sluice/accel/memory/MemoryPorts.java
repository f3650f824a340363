package sluice.accel.memory;

import sluice.config.AcceleratorConfig;
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
}
