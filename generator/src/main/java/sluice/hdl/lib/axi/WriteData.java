package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * The payload of the AXI4 write data channel, W.
 *
 * @param data one beat
 * @param strb for each byte of the beat, whether it is written
 * @param last whether the beat ends its burst
 */
public record WriteData(UInt data, UInt strb, Bool last) implements Bundle {

  /** The type of a write data channel. */
  public static WriteData of(int dataBits) {
    Parameter.of("WriteData", "dataBits", dataBits).powerOfTwo(8, 1024);
    return new WriteData(UInt.of(dataBits), UInt.of(dataBits / 8), Bool.of());
  }
}
