package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.UInt;

/** The codes of RRESP and BRESP. */
public final class Response {

  /** Bits of a code. */
  public static final int BITS = 2;

  /** The access went well. */
  public static final int OKAY = 0;

  /** The slave refused. */
  public static final int SLVERR = 2;

  /** There is no slave at the address. */
  public static final int DECERR = 3;

  private Response() {}

  /** Whether a code means that the access failed: SLVERR or DECERR. */
  public static Bool failed(UInt resp) {
    return resp.bit(1);
  }
}
