package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.hdl.lib.axi.AxiLiteMaster;
import sluice.hdl.lib.axi.Response;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.Register;
import sluice.layout.RegisterMap;

@BlockTest(ControlRegisters.class)
class ControlRegistersTest {
  private static final AcceleratorConfig CONFIG = Presets.get("reference");
  private static final RegisterMap MAP = RegisterMap.of(CONFIG);
  private static final int UNMAPPED = 0x00C;

  private final ControlRegisters block = new ControlRegisters(CONFIG);
  private final Simulator simulator = Simulator.of(block, 5);
  private final Random random = new Random(7);

  private static int offset(String name) {
    return MAP.register(name).offset();
  }

  private AxiLiteMaster master(double stall) {
    AxiLiteMaster master = AxiLiteMaster.attach(simulator, block.axi, stall, 11);
    simulator.reset();
    return master;
  }

  /** Gives every input a random value; returns what software must read. */
  private Map<String, Integer> pokeSources() {
    Map<String, Integer> values = new HashMap<>();
    for (Register register : MAP.registers()) {
      if (register.access() == Register.Access.RO && !register.constant()) {
        int value = random.nextInt() & register.mask();
        simulator.poke(block.source(register.name()), value & 0xFFFF_FFFFL);
        values.put(register.name(), value);
      }
    }
    return values;
  }

  @Test
  void everyRegisterReadsItsResetValueOrItsSource() {
    AxiLiteMaster master = master(0.3);
    Map<String, Integer> sources = pokeSources();
    for (Register register : MAP.registers()) {
      assertThat(master.read(register.offset()))
          .as(register.name())
          .isEqualTo(sources.getOrDefault(register.name(), register.reset()));
    }
  }

  @Test
  void unmappedOffsetsAndReadOnlyRegistersAnswerWithAnError() {
    AxiLiteMaster master = master(0);
    pokeSources();
    for (int offset = 0; offset < 1 << RegisterMap.ADDRESS_BITS; offset += 4) {
      int at = offset;
      boolean mapped = MAP.registers().stream().anyMatch(r -> r.offset() == at);
      boolean writable =
          MAP.registers().stream().anyMatch(r -> r.offset() == at && r.access().writable());
      List<BigInteger> read = master.readWithResponse(offset);
      assertThat(read.get(1).intValue())
          .as("read of 0x%x", offset)
          .isEqualTo(mapped ? Response.OKAY : Response.SLVERR);
      if (!mapped) {
        assertThat(read.get(0)).isZero();
      }
      assertThat(master.write(offset, 0, 0xF))
          .as("write of 0x%x", offset)
          .isEqualTo(writable ? Response.OKAY : Response.SLVERR);
    }
  }

  @Test
  void aRefusedWriteChangesNothing() {
    AxiLiteMaster master = master(0);
    for (Register register : MAP.registers()) {
      if (register.access() == Register.Access.RW) {
        master.write(register.offset(), 0x5A5A_5A5A);
      }
    }
    for (int offset = 0; offset < 1 << RegisterMap.ADDRESS_BITS; offset += 4) {
      int at = offset;
      if (MAP.registers().stream().noneMatch(r -> r.offset() == at && r.access().writable())) {
        assertThat(master.write(offset, -1, 0xF)).isEqualTo(Response.SLVERR);
      }
    }
    for (Register register : MAP.registers()) {
      if (register.access() == Register.Access.RW) {
        assertThat(master.read(register.offset()))
            .as(register.name())
            .isEqualTo(0x5A5A_5A5A & register.mask());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aWriteChangesTheBytesThatItsStrobesName(long seed) {
    Random operations = new Random(seed);
    AxiLiteMaster master = master(seed == 1 ? 0 : 0.2 * seed);
    List<Register> writable =
        MAP.registers().stream().filter(r -> r.access() == Register.Access.RW).toList();
    Map<String, Integer> model = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Register register = writable.get(operations.nextInt(writable.size()));
      int data = operations.nextInt();
      int strobe = operations.nextInt(16);
      int mask = 0;
      for (int j = 0; j < 4; j++) {
        mask |= (strobe >>> j & 1) * 0xFF << 8 * j;
      }
      int before = model.getOrDefault(register.name(), register.reset());
      int after = before & ~mask | data & mask & register.mask();
      model.put(register.name(), after);
      int lowBits = operations.nextInt(4);
      assertThat(master.write(register.offset() + lowBits, data, strobe)).isZero();
      assertThat(simulator.peek(block.value(register.name())))
          .as("%s, seed %d", register.name(), seed)
          .isEqualTo(after & 0xFFFF_FFFFL);
      Register other = writable.get(operations.nextInt(writable.size()));
      assertThat(master.read(other.offset()))
          .as("%s, seed %d", other.name(), seed)
          .isEqualTo(model.getOrDefault(other.name(), other.reset()));
    }
  }

  @Test
  void addressAndDataOfAWriteComeInEitherOrder() {
    StreamDriver aw = simulator.drive(block.axi.aw());
    StreamDriver w = simulator.drive(block.axi.w());
    StreamSink b = simulator.sink(block.axi.b());
    simulator.reset();
    aw.send(offset("KV_PAGES"), 0);
    simulator.step(5);
    assertThat(b.count()).isZero();
    w.send(17, 0xF);
    simulator.step(3);
    assertThat(b.count()).isEqualTo(1);
    assertThat(simulator.peek(block.value("KV_PAGES"))).isEqualTo(17);

    w.send(18, 0xF);
    simulator.step(5);
    assertThat(b.count()).isEqualTo(1);
    aw.send(offset("KV_PAGES"), 0);
    simulator.step(3);
    assertThat(b.count()).isEqualTo(2);
    assertThat(simulator.peek(block.value("KV_PAGES"))).isEqualTo(18);
  }

  @Test
  void aReadAndAWriteAreDoneEveryCycle() {
    StreamDriver aw = simulator.drive(block.axi.aw());
    StreamDriver w = simulator.drive(block.axi.w());
    StreamSink b = simulator.sink(block.axi.b());
    StreamDriver ar = simulator.drive(block.axi.ar());
    StreamSink r = simulator.sink(block.axi.r());
    simulator.reset();
    for (int i = 0; i < 100; i++) {
      aw.send(offset(i % 2 == 0 ? "KV_PAGES" : "RING_BASE_LO"), 0);
      w.send(i, 0xF);
      ar.send(i % 2 == 0 ? offset("CAP_HEAD_DIM") : UNMAPPED, 0);
    }
    simulator.step(102);
    assertThat(b.count()).isEqualTo(100);
    assertThat(r.count()).isEqualTo(100);
    assertThat(simulator.peek(block.value("KV_PAGES"))).isEqualTo(98);
    assertThat(simulator.peek(block.value("RING_BASE_LO"))).isEqualTo(99);
    assertThat(r.receivedFields().get(98).get(0).intValue()).isEqualTo(CONFIG.headDim());
    assertThat(r.receivedFields().get(99).get(1).intValue()).isEqualTo(Response.SLVERR);
  }

  @ParameterizedTest
  @EnumSource
  void answersKeepTheirOrderUnderStallsOnEveryChannel(Stalls stalls) {
    ControlRegisters registers = new ControlRegisters(CONFIG);
    BlockBench bench = BlockBench.of(registers, stalls, 1);
    List<BigInteger> expectedReads = new ArrayList<>();
    List<BigInteger> expectedWrites = new ArrayList<>();
    StreamDriver aw = bench.drive(registers.axi.aw());
    StreamDriver w = bench.drive(registers.axi.w());
    StreamSink b = bench.sink(registers.axi.b());
    StreamDriver ar = bench.drive(registers.axi.ar());
    StreamSink r = bench.sink(registers.axi.r());
    bench.reset();
    for (int i = 0; i < 500; i++) {
      boolean good = random.nextBoolean();
      aw.send(good ? offset("HOST_BASE_HI") : offset("CAP_CONTEXT"), 0);
      w.send(i, 0xF);
      expectedWrites.add(BigInteger.valueOf(good ? Response.OKAY : Response.SLVERR));
      boolean mapped = random.nextBoolean();
      ar.send(mapped ? offset("CAP_CONTEXT") : UNMAPPED, 0);
      expectedReads.add(BigInteger.valueOf(mapped ? CONFIG.context() : 0));
    }
    bench.until(() -> b.count() == 500 && r.count() == 500);
    assertThat(b.received()).isEqualTo(expectedWrites);
    assertThat(r.receivedFields().stream().map(f -> f.get(0)).toList()).isEqualTo(expectedReads);
  }

  private void pulse(int events) {
    simulator.poke(block.irqSet, events);
    simulator.step();
    simulator.poke(block.irqSet, 0);
  }

  @Test
  void anEventStaysUntilAOneIsWrittenToIt() {
    AxiLiteMaster master = master(0);
    int irqStatus = offset("IRQ_STATUS");
    pulse(3);
    assertThat(master.read(irqStatus)).isEqualTo(3);
    master.write(irqStatus, 0);
    assertThat(master.read(irqStatus)).isEqualTo(3);
    assertThat(master.write(irqStatus, 3, 0b1110)).isEqualTo(Response.OKAY);
    assertThat(master.read(irqStatus)).isEqualTo(3);
    master.write(irqStatus, 1);
    assertThat(master.read(irqStatus)).isEqualTo(2);
    master.write(irqStatus, -1);
    assertThat(master.read(irqStatus)).isZero();
  }

  @Test
  void anEventInTheCycleOfItsClearingIsNotLost() {
    AxiLiteMaster master = master(0);
    for (int delay = 0; delay < 4; delay++) {
      int pulseAt = delay;
      long start = simulator.cycle();
      // The pulse comes at each cycle around the write; if it comes first, the write clears it.
      simulator.attach(
          new Activity() {
            @Override
            public void drive(Simulator running) {
              running.poke(block.irqSet, running.cycle() - start == pulseAt ? 1 : 0);
            }
          });
      master.write(offset("IRQ_STATUS"), 1);
      simulator.step(4);
      // Address and data are registered at the end of cycle 0, and take effect at that of cycle 1.
      assertThat(simulator.peek(block.value("IRQ_STATUS")))
          .as("pulse in cycle %d", delay)
          .isEqualTo(delay == 0 ? 0 : 1);
      master.write(offset("IRQ_STATUS"), 1);
    }
  }

  @Test
  void onlyEnabledEventsInterrupt() {
    AxiLiteMaster master = master(0.2);
    pulse(1);
    assertThat(simulator.isHigh(block.interrupt)).isFalse();
    master.write(offset("IRQ_ENABLE"), 2);
    assertThat(simulator.isHigh(block.interrupt)).isFalse();
    master.write(offset("IRQ_ENABLE"), 1);
    assertThat(simulator.isHigh(block.interrupt)).isTrue();
    master.write(offset("IRQ_STATUS"), 1);
    assertThat(simulator.isHigh(block.interrupt)).isFalse();
    pulse(2);
    assertThat(simulator.isHigh(block.interrupt)).isFalse();
    master.write(offset("IRQ_ENABLE"), 3);
    assertThat(simulator.isHigh(block.interrupt)).isTrue();
  }

  @Test
  void aWideValueIsHighAndLowTogether() {
    AxiLiteMaster master = master(0);
    master.writeWide(offset("RING_BASE_LO"), 0x1234_5678_9ABC_DEF0L);
    assertThat(simulator.peek(block.value("RING_BASE_HI"))).isEqualTo(0x1234_5678L);
    assertThat(simulator.peek(block.value("RING_BASE_LO"))).isEqualTo(0x9ABC_DEF0L);
  }

  @Test
  void aNameThatIsNoPortIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> block.value("STATUS")).hasMessageContaining("RING_TAIL");
    assertThatThrownBy(() -> block.source("CONTROL")).hasMessageContaining("RING_HEAD");
  }
}
