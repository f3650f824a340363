package sluice.hdl.lib.axi;

import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * The payload of the AXI4 write response channel, B.
 *
 * @param id transaction ID
 * @param resp how the burst went, see {@link Response} (2 bits)
 */
public record WriteResponse(UInt id, UInt resp) implements Bundle {

  /** The type of a write response channel. */
  public static WriteResponse of(int idBits) {
    Parameter.of("WriteResponse", "idBits", idBits).atLeast(1);
    return new WriteResponse(UInt.of(idBits), UInt.of(Response.BITS));
  }
}
