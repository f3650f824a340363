package sluice.hdl.lib.axi;

import sluice.hdl.Bundle;
import sluice.hdl.Flipped;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;

/**
 * An AXI4 interface as its master sees it: an output of the master, an input of the slave.
 *
 * @param aw addresses of writes
 * @param w data of writes
 * @param b answers to writes
 * @param ar addresses of reads
 * @param r answers to reads
 */
public record AxiMaster(
    Stream<AxiAddress> aw,
    Stream<WriteData> w,
    @Flipped Stream<WriteResponse> b,
    Stream<AxiAddress> ar,
    @Flipped Stream<ReadData> r)
    implements Bundle {

  /** The type of an AXI4 interface. */
  public static AxiMaster of(int idBits, int addressBits, int dataBits) {
    Parameter.of("AxiMaster", "idBits", idBits).atLeast(1);
    Parameter.of("AxiMaster", "addressBits", addressBits).within(1, 64);
    Parameter.of("AxiMaster", "dataBits", dataBits).powerOfTwo(8, 1024);
    return new AxiMaster(
        Stream.compact(AxiAddress.of(idBits, addressBits)),
        Stream.compact(WriteData.of(dataBits)),
        Stream.compact(WriteResponse.of(idBits)),
        Stream.compact(AxiAddress.of(idBits, addressBits)),
        Stream.compact(ReadData.of(idBits, dataBits)));
  }
}
