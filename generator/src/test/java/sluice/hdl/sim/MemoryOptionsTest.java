package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** Latency, contents, masks and shared ports of memories. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class MemoryOptionsTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  private static final int UNDEFINED = 0xaa;

  /** A ROM of 16 words. */
  private static final class Table extends Module {
    final Bool enable = input(Bool.of());
    final UInt address = input(UInt.of(4));
    final UInt word = output(UInt.of(8));

    Table(int latency) {
      Memory<UInt> rom = memory(UInt.of(8), 16).latency(latency).contents(10, 11, 12, 13);
      word.set(rom.read(address, enable));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void dataComesAfterTheLatencyAndOnlyThen(int latency) {
    Table table = new Table(latency);
    Simulator simulator = Simulator.of(table, options());
    simulator.step(latency);
    for (int cycle = 0; cycle < 12; cycle++) {
      simulator.poke(table.enable, cycle < 6 && cycle != 2);
      simulator.poke(table.address, cycle % 16);
      int read = cycle - latency;
      boolean defined = read >= 0 && read < 6 && read != 2;
      int expected = !defined ? UNDEFINED : read < 4 ? 10 + read : 0;
      assertThat(simulator.peek(table.word)).as("cycle %d", cycle).isEqualTo(expected);
      simulator.step();
    }
  }

  @Test
  void whatIsOnItsWayAtTheStartIsRandom() {
    Table table = new Table(9);
    Simulator simulator = Simulator.of(table, options());
    List<Long> words = new java.util.ArrayList<>();
    for (int i = 0; i < 8; i++) {
      simulator.step();
      words.add(simulator.peek(table.word));
    }
    assertThat(words.stream().distinct().count()).isGreaterThan(5);
    assertThat(words).allMatch(word -> word < 256);
  }

  /** A memory and a register file in lanes. */
  private static final class Lanes extends Module {
    final Bool write = input(Bool.of());
    final Bool fill = input(Bool.of());
    final UInt address = input(UInt.of(2));
    final UInt mask;
    final UInt data;

    Lanes(int width, int lane) {
      data = input(UInt.of(width));
      Memory<UInt> stored = memory(UInt.of(width), 4).maskedBy(lane);
      mask = input(stored.maskType());
      stored.write(write, address, data, mask);
      stored.write(fill, address, data);
      output(UInt.of(width), "a").set(stored.read(address, write.not()));
      Memory<UInt> held = registerFile(UInt.of(width), 4).maskedBy(lane);
      held.write(write, address, data, mask);
      held.write(fill, address, data);
      output(UInt.of(width), "b").set(held.read(address));
    }
  }

  @ParameterizedTest
  @CsvSource({"8,8", "8,1", "32,8", "72,9", "130,65", "192,64", "256,2"})
  void aMaskChoosesTheLanesThatAreWritten(int width, int lane) {
    Lanes lanes = new Lanes(width, lane);
    Simulator simulator = Simulator.of(lanes, options());
    SimulatedMemory stored = simulator.memory("stored");
    Random random = new Random(width);
    for (int run = 0; run < 40; run++) {
      int address = random.nextInt(4);
      BigInteger word = new BigInteger(width, random);
      BigInteger mask = new BigInteger(width / lane, random);
      boolean fill = run % 8 == 0;
      BigInteger expected = stored.get(address);
      for (int bit = 0; bit < width; bit++) {
        if (fill || mask.testBit(bit / lane)) {
          expected = word.testBit(bit) ? expected.setBit(bit) : expected.clearBit(bit);
        }
      }
      if (run == 0) {
        simulator.memory("held").load(stored.dump());
      }
      simulator.poke(lanes.write, !fill);
      simulator.poke(lanes.fill, fill);
      simulator.poke(lanes.address, address);
      simulator.poke(lanes.mask, mask);
      simulator.poke(lanes.data, word);
      simulator.step();
      assertThat(stored.get(address)).isEqualTo(expected);
      if (run >= 8) {
        assertThat(simulator.memory("held").get(address)).isEqualTo(expected);
      }
    }
  }

  /** A memory with one port. */
  private static final class OnePort extends Module {
    final Bool enable = input(Bool.of());
    final Bool write = input(Bool.of());
    final UInt address = input(UInt.of(3));
    final UInt data = input(UInt.of(8));
    final UInt mask = input(UInt.of(2));
    final UInt word = output(UInt.of(8));

    OnePort(boolean masked) {
      Memory<UInt> store = memory(UInt.of(8), 8);
      if (masked) {
        store.maskedBy(4);
        word.set(store.readWrite(address, enable, write, data, mask));
      } else {
        word.set(store.readWrite(address, enable, write, data));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPortReadsOrWrites(boolean masked) {
    OnePort port = new OnePort(masked);
    Simulator simulator = Simulator.of(port, options());
    simulator.memory("store").set(3, 0x12);
    simulator.poke(port.address, 3);
    simulator.poke(port.data, 0x9c);
    simulator.poke(port.mask, 2);

    simulator.poke(port.write, true);
    simulator.step();
    assertThat(simulator.memory("store").get(3)).as("no enable").isEqualTo(0x12);
    simulator.poke(port.enable, true);
    simulator.step();
    assertThat(simulator.peek(port.word)).as("no data of a write").isEqualTo(UNDEFINED);
    simulator.poke(port.write, false);
    simulator.step();
    assertThat(simulator.peek(port.word)).isEqualTo(masked ? 0x92 : 0x9c);
    simulator.poke(port.enable, false);
    simulator.step();
    assertThat(simulator.peek(port.word)).isEqualTo(UNDEFINED);
  }

  /** Two ports that read or write. */
  private static final class TwoPorts extends Module {
    final Bool write = input(Bool.of());
    final UInt leftAddress = input(UInt.of(3));
    final UInt rightAddress = input(UInt.of(3));
    final UInt left = output(UInt.of(8));
    final UInt right = output(UInt.of(8));

    TwoPorts() {
      Memory<UInt> store = memory(UInt.of(8), 8).contents(1, 2, 3);
      Bool high = Bool.literal(true);
      left.set(store.readWrite(leftAddress, high, write, UInt.literal(77, 8)));
      right.set(store.readWrite(rightAddress, high, Bool.literal(false), UInt.literal(0, 8)));
    }
  }

  @Test
  void readDataIsUndefinedWhenAnotherPortWritesTheWord() {
    TwoPorts ports = new TwoPorts();
    Simulator simulator = Simulator.of(ports, options());
    simulator.poke(ports.leftAddress, 1);
    simulator.poke(ports.rightAddress, 1);
    simulator.step();
    assertThat(simulator.peek(ports.left)).isEqualTo(2);
    assertThat(simulator.peek(ports.right)).isEqualTo(2);
    simulator.poke(ports.write, true);
    simulator.step();
    assertThat(simulator.peek(ports.right)).isEqualTo(UNDEFINED);
    simulator.poke(ports.rightAddress, 2);
    simulator.step();
    assertThat(simulator.peek(ports.right)).isEqualTo(3);
  }

  /** Contents of a bundle and of signed numbers. */
  private static final class Typed extends Module {
    record Entry(UInt high, SInt low) implements Bundle {}

    final UInt address = input(UInt.of(1));
    final UInt high = output(UInt.of(4));
    final SInt low = output(SInt.of(4));
    final SInt number = output(SInt.of(70));

    Typed() {
      Memory<Entry> entries =
          registerFile(new Entry(UInt.of(4), SInt.of(4)), 2).contents(0x9f, 0x21);
      Entry entry = entries.read(address);
      high.set(entry.high());
      low.set(entry.low());
      Memory<SInt> numbers = registerFile(SInt.of(70), 2).contents(-5, 6);
      number.set(numbers.read(address));
    }
  }

  @Test
  void contentsArePackedWordsOrNumbersWithSign() {
    Typed typed = new Typed();
    Simulator simulator = Simulator.of(typed, options());
    assertThat(simulator.peek(typed.high)).isEqualTo(9);
    assertThat(simulator.peekSigned(typed.low)).isEqualTo(-1);
    assertThat(simulator.peekBigSigned(typed.number)).isEqualTo(-5);
    simulator.poke(typed.address, 1);
    assertThat(simulator.peek(typed.high)).isEqualTo(2);
    assertThat(simulator.peekBigSigned(typed.number)).isEqualTo(6);
  }
}
