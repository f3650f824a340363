package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * The payload of the AXI4 read data channel, R.
 *
 * @param id transaction ID
 * @param data one beat
 * @param resp how the beat went, see {@link Response} (2 bits)
 * @param last whether the beat ends its burst
 */
public record ReadData(UInt id, UInt data, UInt resp, Bool last) implements Bundle {

  /** The type of a read data channel. */
  public static ReadData of(int idBits, int dataBits) {
    Parameter.of("ReadData", "idBits", idBits).atLeast(1);
    Parameter.of("ReadData", "dataBits", dataBits).powerOfTwo(8, 1024);
    return new ReadData(UInt.of(idBits), UInt.of(dataBits), UInt.of(Response.BITS), Bool.of());
  }
}
