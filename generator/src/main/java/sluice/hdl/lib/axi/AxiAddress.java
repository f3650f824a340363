package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * The payload of an AXI4 address channel, AW or AR.
 *
 * @param id transaction ID
 * @param addr address of the first byte
 * @param len beats of the burst, minus 1 (8 bits)
 * @param size log2 of the bytes of a beat (3 bits)
 * @param burst how the address goes on; {@link #BURST_INCR} here (2 bits)
 * @param lock exclusive access; never used here
 * @param cache memory attributes (4 bits)
 * @param prot protection: privileged, non-secure, instruction (3 bits)
 * @param qos quality of service (4 bits)
 */
public record AxiAddress(
    UInt id, UInt addr, UInt len, UInt size, UInt burst, Bool lock, UInt cache, UInt prot, UInt qos)
    implements Bundle {

  /** Bits of {@code len}. */
  public static final int LEN_BITS = 8;

  /** A burst that never crosses this many bytes: what AXI4 demands. */
  public static final int BOUNDARY = 4096;

  /** Value of {@code burst}: each beat follows the one before. */
  public static final int BURST_INCR = 1;

  /** Value of {@code cache}: normal memory, bufferable, not cacheable. */
  public static final int CACHE_NORMAL = 3;

  /** The type of an address channel. */
  public static AxiAddress of(int idBits, int addressBits) {
    Parameter.of("AxiAddress", "idBits", idBits).atLeast(1);
    Parameter.of("AxiAddress", "addressBits", addressBits).within(1, 64);
    return new AxiAddress(
        UInt.of(idBits),
        UInt.of(addressBits),
        UInt.of(LEN_BITS),
        UInt.of(3),
        UInt.of(2),
        Bool.of(),
        UInt.of(4),
        UInt.of(3),
        UInt.of(4));
  }

  /**
   * Assigns an incremental burst of full-width beats to this channel; ID 0, normal memory.
   *
   * @param address address of the first byte
   * @param beats beats minus 1
   * @param dataBits bits of a beat
   */
  void setBurst(UInt address, UInt beats, int dataBits) {
    setBurst(UInt.literal(0, id.width()), address, beats, dataBits);
  }

  /** The same with a transaction ID. */
  void setBurst(UInt transaction, UInt address, UInt beats, int dataBits) {
    id.set(transaction);
    addr.set(address);
    len.set(beats);
    size.set(Integer.numberOfTrailingZeros(dataBits / 8));
    burst.set(BURST_INCR);
    lock.set(false);
    cache.set(CACHE_NORMAL);
    prot.set(0);
    qos.set(0);
  }
}
