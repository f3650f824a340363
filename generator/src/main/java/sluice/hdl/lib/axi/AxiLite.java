package sluice.hdl.lib.axi;

import sluice.hdl.Bundle;
import sluice.hdl.Flipped;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * An AXI4-Lite interface as its master sees it: an output of the master, an input of the slave.
 *
 * @param aw addresses of writes
 * @param w data of writes
 * @param b answers to writes
 * @param ar addresses of reads
 * @param r answers to reads
 */
public record AxiLite(
    Stream<Address> aw,
    Stream<Write> w,
    @Flipped Stream<Answer> b,
    Stream<Address> ar,
    @Flipped Stream<Read> r)
    implements Bundle {

  /**
   * The payload of an address channel.
   *
   * @param addr byte address
   * @param prot protection: privileged, non-secure, instruction (3 bits)
   */
  public record Address(UInt addr, UInt prot) implements Bundle {}

  /**
   * The payload of the write data channel.
   *
   * @param data the word
   * @param strb for each byte of the word, whether it is written
   */
  public record Write(UInt data, UInt strb) implements Bundle {}

  /**
   * The answer to a write.
   *
   * @param resp see {@link Response} (2 bits)
   */
  public record Answer(UInt resp) implements Bundle {}

  /**
   * The answer to a read.
   *
   * @param data the word
   * @param resp see {@link Response} (2 bits)
   */
  public record Read(UInt data, UInt resp) implements Bundle {}

  /** The type of an AXI4-Lite interface. */
  public static AxiLite of(int addressBits, int dataBits) {
    Parameter.of("AxiLite", "addressBits", addressBits).within(1, 64);
    Parameter.of("AxiLite", "dataBits", dataBits).powerOfTwo(32, 64);
    Address address = new Address(UInt.of(addressBits), UInt.of(3));
    return new AxiLite(
        Stream.compact(address),
        Stream.compact(new Write(UInt.of(dataBits), UInt.of(dataBits / 8))),
        Stream.compact(new Answer(UInt.of(Response.BITS))),
        Stream.compact(address),
        Stream.compact(new Read(UInt.of(dataBits), UInt.of(Response.BITS))));
  }
}
