package sluice.accel.control;

import static sluice.hdl.UInt.constant;
import static sluice.hdl.UInt.literal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
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
 * <p>AW and W may come in either order; reads and writes go on independently, one of each a cycle. A
 * write changes the bytes that WSTRB names. An access to an offset that no register has, or a write
 * to a register that can only be read, answers SLVERR and does nothing. The two low address bits are
 * ignored. Bits that belong to no field read 0.
 *
 * <p>Every register that software can write has an output, {@link #value}, and every one that is
 * read only and not constant has an input, {@link #source}; the ports are called after the registers
 * and have as many bits as their fields need.
 *
 * <p>Latency: 2 cycles from ARVALID to RVALID, and from the later of AWVALID and WVALID to BVALID; a
 * value changes in the cycle in which BVALID rises.
 */
public final class ControlRegisters extends Module {
  private static final int DATA_BITS = 32;
  private static final int INDEX_BITS = RegisterMap.ADDRESS_BITS - 2;

  /** The bus; the registers are the slave. */
  public final AxiLite axi;

  /** Sets bits of IRQ_STATUS; pulses. Setting wins over clearing in the same cycle. */
  public final UInt irqSet;

  /** High while an event of IRQ_STATUS is enabled in IRQ_ENABLE; port {@code irq}. */
  public final Bool interrupt;

  private final RegisterMap map;
  private final Map<String, UInt> sources = new LinkedHashMap<>();
  private final Map<String, UInt> values = new LinkedHashMap<>();
  private final Map<String, UInt> stored = new LinkedHashMap<>();

  public ControlRegisters(AcceleratorConfig config) {
    describe(
        """
        Registers behind an AXI4-Lite slave; the register map says what they mean.
        Latency: 2 cycles from address to answer; a read and a write a cycle.""");
    map = RegisterMap.of(config);
    axi = input(AxiLite.of(RegisterMap.ADDRESS_BITS, DATA_BITS));
    irqSet = input(UInt.of(map.register("IRQ_STATUS").width()));
    interrupt = output(Bool.of(), "irq");
    for (Register register : map.registers()) {
      declare(register);
    }

    write();
    read();
    values.forEach((name, port) -> port.set(stored.get(name)));
    interrupt.set(stored.get("IRQ_STATUS").and(stored.get("IRQ_ENABLE")).orReduce());
  }

  /** The value of a register that software can write. */
  public UInt value(String name) {
    return port(values, name);
  }

  /** What software reads from a register that is read only and not constant; to be assigned. */
  public UInt source(String name) {
    return port(sources, name);
  }

  /** The 64-bit value of a pair of registers, NAME_LO and NAME_HI. */
  public UInt wideValue(String name) {
    return value(name + "_HI").concat(value(name + "_LO"));
  }

  /** Assigns what software reads from a pair of registers, NAME_LO and NAME_HI. */
  public void setWideSource(String name, UInt value) {
    source(name + "_LO").set(value.truncate(DATA_BITS));
    source(name + "_HI").set(value.bits(2 * DATA_BITS - 1, DATA_BITS));
  }

  private static UInt port(Map<String, UInt> ports, String name) {
    UInt port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no " + name + "; there are " + ports.keySet());
    }
    return port;
  }

  private void declare(Register register) {
    String name = register.name();
    UInt type = UInt.of(register.width());
    if (register.access().writable()) {
      stored.put(name, register(type).reset(register.reset() & 0xFFFF_FFFFL).named(name));
      values.put(name, output(type, name));
    } else if (!register.constant()) {
      sources.put(name, input(type, name));
    }
  }

  private void write() {
    RegisterSlice<AxiLite.Address> address =
        instance(new RegisterSlice<>(axi.aw().payload()));
    RegisterSlice<AxiLite.Write> data = instance(new RegisterSlice<>(axi.w().payload()));
    axi.aw().to(address.in);
    axi.w().to(data.in);

    Bool answerValid = register(Bool.of()).reset(false);
    UInt answer = register(UInt.of(Response.BITS));
    Bool answerFree = answerValid.not().or(axi.b().ready());
    Bool writes = address.out.valid().and(data.out.valid()).and(answerFree);
    address.out.ready().set(data.out.valid().and(answerFree));
    data.out.ready().set(address.out.valid().and(answerFree));

    UInt writeIndex = address.out.payload().addr().shiftRight(2);
    Bool writable = anyOf(writeIndex, register -> register.access().writable()).named("writable");
    UInt strobe = data.out.payload().strb();
    UInt mask = pack(Vec.generate(4, i -> mux(strobe.bit(3 - i), literal(255, 8), literal(0, 8))));
    UInt writtenOnes = data.out.payload().data().and(mask);
    UInt kept = mask.not();
    assign(writes, writeIndex, writtenOnes, kept);

    when(
            writes,
            () -> {
              answerValid.set(true);
              answer.set(response(writable));
            })
        .elseWhen(axi.b().ready(), () -> answerValid.set(false));
    axi.b().valid().set(answerValid);
    axi.b().payload().resp().set(answer);
  }

  private void assign(Bool writes, UInt index, UInt writtenOnes, UInt kept) {
    when(
        writes,
        () -> {
          WhenChain chain = null;
          for (Register register : map.registers()) {
            if (register.access() == Access.RW) {
              Runnable update = () -> update(register, writtenOnes, kept);
              chain =
                  chain == null
                      ? when(index.eq(index(register)), update)
                      : chain.elseWhen(index.eq(index(register)), update);
            }
          }
        });
    Register irqStatus = map.register("IRQ_STATUS");
    UInt events = stored.get(irqStatus.name());
    Bool clears = writes.and(index.eq(index(irqStatus)));
    UInt cleared =
        mux(clears, writtenOnes.truncate(events.width()), literal(0, events.width()));
    events.set(events.and(cleared.not()).or(irqSet));
  }

  private void update(Register register, UInt writtenOnes, UInt kept) {
    UInt value = stored.get(register.name());
    int width = register.width();
    value.set(value.and(kept.truncate(width)).or(writtenOnes.truncate(width)));
  }

  private void read() {
    RegisterSlice<AxiLite.Address> readAddress =
        instance(new RegisterSlice<>(axi.ar().payload()));
    axi.ar().to(readAddress.in);

    Bool readValid = register(Bool.of()).reset(false);
    UInt readData = register(UInt.of(DATA_BITS));
    UInt readAnswer = register(UInt.of(Response.BITS));
    Bool readFree = readValid.not().or(axi.r().ready());
    Bool reads = readAddress.out.valid().and(readFree);
    readAddress.out.ready().set(readFree);

    UInt readIndex = readAddress.out.payload().addr().shiftRight(2);
    Bool readable = anyOf(readIndex, register -> true).named("readable");
    when(
        reads,
        () -> {
          readAnswer.set(response(readable));
          WhenChain chain = null;
          for (Register register : map.registers()) {
            Runnable choose = () -> readData.set(contents(register));
            chain =
                chain == null
                    ? when(readIndex.eq(index(register)), choose)
                    : chain.elseWhen(readIndex.eq(index(register)), choose);
          }
          chain.otherwise(() -> readData.set(0));
        });
    when(reads, () -> readValid.set(true))
        .elseWhen(axi.r().ready(), () -> readValid.set(false));
    axi.r().valid().set(readValid);
    axi.r().payload().data().set(readData);
    axi.r().payload().resp().set(readAnswer);
  }

  private UInt contents(Register register) {
    if (register.constant()) {
      return literal(register.reset() & 0xFFFF_FFFFL, DATA_BITS);
    }
    return register.access().writable()
        ? stored.get(register.name()).extend(DATA_BITS)
        : sources.get(register.name()).extend(DATA_BITS);
  }

  /** The word index of a register. */
  private static UInt index(Register register) {
    return constant(register.name() + "_INDEX", register.offset() / 4, INDEX_BITS);
  }

  private static UInt response(Bool good) {
    return mux(good, literal(Response.OKAY, Response.BITS), literal(Response.SLVERR, Response.BITS));
  }

  /** Whether an index is that of a register of some kind; by runs of neighbours. */
  private Bool anyOf(UInt index, Predicate<Register> kind) {
    List<Bool> runs = new ArrayList<>();
    int first = -1;
    int last = -1;
    for (Register register : map.registers()) {
      if (!kind.test(register)) {
        continue;
      }
      int position = register.offset() / 4;
      if (first >= 0 && position != last + 1) {
        runs.add(inRun(index, first, last));
        first = -1;
      }
      first = first < 0 ? position : first;
      last = position;
    }
    runs.add(inRun(index, first, last));
    return runs.stream().reduce(Bool::or).orElseThrow();
  }

  private static Bool inRun(UInt index, int first, int last) {
    if (first == last) {
      return index.eq(first);
    }
    return first == 0 ? index.le(last) : index.ge(first).and(index.le(last));
  }
}
