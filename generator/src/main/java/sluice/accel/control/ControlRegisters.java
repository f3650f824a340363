package sluice.accel.control;

import static sluice.hdl.UInt.literal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.WhenChain;
import sluice.hdl.lib.RegisterSlice;
import sluice.hdl.lib.axi.AxiLite;
import sluice.hdl.lib.axi.Response;
import sluice.layout.Register;
import sluice.layout.Register.Access;
import sluice.layout.RegisterMap;

/**
 * The registers of {@link RegisterMap} as an AXI4-Lite slave of 32 data bits.
 *
 * <p>AW and W may come in either order; reads and writes go on independently, one of each a cycle.
 * A write changes the bytes that WSTRB names. An access to an offset that no register has, or a
 * write to a register that can only be read, answers SLVERR and does nothing. The two low address
 * bits are ignored. Bits that belong to no field read 0.
 *
 * <p>Latency: 2 cycles from the address to RVALID, and from the later of address and data to
 * BVALID; a value changes in the cycle in which BVALID rises.
 *
 * <p>Every register that software can write has an output, {@link #value}, and every one that is
 * read only and not constant has an input, {@link #source}; the ports are called after the
 * registers and have as many bits as their fields need.
 */
public final class ControlRegisters extends Module {
  private static final int DATA_BITS = 32;
  private static final int BYTE_BITS = 8;
  private static final int INDEX_BITS = RegisterMap.ADDRESS_BITS - 2;

  public final Stream<AxiLite.Address> aw;
  public final Stream<AxiLite.Write> w;
  public final Stream<AxiLite.Answer> b;
  public final Stream<AxiLite.Address> ar;
  public final Stream<AxiLite.Read> r;
  public final AxiLite axi;

  /** Sets bits of IRQ_STATUS; pulses. Setting wins over clearing in the same cycle. */
  public final UInt irqSet;

  /** High while an event of IRQ_STATUS is enabled in IRQ_ENABLE. */
  public final Bool interrupt;

  private final RegisterMap map;
  private final Map<String, UInt> sources = new LinkedHashMap<>();
  private final Map<String, UInt> values = new LinkedHashMap<>();
}
