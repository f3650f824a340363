package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Memories and register files. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class MemorySimulationTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  /** One write and one read port of a memory and of a register file. */
  private static final class Store extends Module {
    final Bool writeEnable;
    final UInt writeAddress;
    final UInt writeData;
    final Bool readEnable;
    final UInt readAddress;
    final UInt fromMemory;
    final UInt fromFile;

    Store(int width, int depth, int fileDepth) {
      Memory<UInt> memory = memory(UInt.of(width), depth);
      Memory<UInt> file = registerFile(UInt.of(width), fileDepth);
      int fileBits = file.addressType().width();
      writeEnable = input(Bool.of());
      writeAddress = input(memory.addressType());
      writeData = input(UInt.of(width));
      readEnable = input(Bool.of());
      readAddress = input(memory.addressType());
      memory.write(writeEnable, writeAddress, writeData);
      file.write(writeEnable, writeAddress.truncate(fileBits), writeData);
      fromMemory = output(UInt.of(width));
      fromFile = output(UInt.of(width));
      fromMemory.set(memory.read(readAddress, readEnable));
      fromFile.set(file.read(readAddress.truncate(fileBits)));
    }
  }

  private static void write(Simulator simulator, Store store, int address, BigInteger data) {
    simulator.poke(store.writeEnable, true);
    simulator.poke(store.writeAddress, address);
    simulator.poke(store.writeData, data);
    simulator.step();
    simulator.poke(store.writeEnable, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 63, 64, 65, 130, 512})
  void whatIsWrittenIsRead(int width) {
    Store store = new Store(width, 16, 16);
    Simulator simulator = Simulator.of(store, options());
    for (int address = 0; address < 16; address++) {
      write(simulator, store, address, word(address, width));
    }
    simulator.poke(store.readEnable, true);
    for (int address = 0; address < 16; address++) {
      simulator.poke(store.readAddress, address);
      assertThat(simulator.peekBig(store.fromFile)).isEqualTo(word(address, width));
      simulator.step();
      assertThat(simulator.peekBig(store.fromMemory)).isEqualTo(word(address, width));
    }
  }

  /** Every cycle word 2 is written; word 2 of the file is read. */
  private static final class FixedAddress extends Module {
    final UInt data = input(UInt.of(8));
    final UInt fromMemory = output(UInt.of(8));
    final UInt fromFile = output(UInt.of(8));

    FixedAddress() {
      UInt two = UInt.literal(2, 2);
      Memory<UInt> memory = memory(UInt.of(8), 4);
      Memory<UInt> file = registerFile(UInt.of(8), 4);
      file.write(Bool.literal(true), two, data);
      memory.write(Bool.literal(true), two, data);
      fromFile.set(file.read(two));
      fromMemory.set(memory.read(UInt.literal(1, 2), Bool.literal(true)));
    }
  }

  @Test
  void addressAndEnableMayBeConstant() {
    FixedAddress fixed = new FixedAddress();
    Simulator simulator = Simulator.of(fixed, options());
    simulator.poke(fixed.data, 77);
    simulator.step();
    assertThat(simulator.peek(fixed.fromFile)).isEqualTo(77);
  }

  private static BigInteger word(int address, int width) {
    return BigInteger.valueOf(31L * address + 1).pow(60).mod(BigInteger.ONE.shiftLeft(width));
  }

  @Test
  void aRegisterFileReadsTheValueBeforeTheWriteOfTheCycle() {
    Store store = new Store(8, 16, 16);
    Simulator simulator = Simulator.of(store, options());
    write(simulator, store, 3, BigInteger.valueOf(50));
    simulator.poke(store.readAddress, 3);
    simulator.poke(store.writeEnable, true);
    simulator.poke(store.writeData, 51);
    assertThat(simulator.peek(store.fromFile)).isEqualTo(50);
    simulator.step();
    assertThat(simulator.peek(store.fromFile)).isEqualTo(51);
  }

  @Test
  void readDataIsUndefinedWithoutEnable() {
    Store store = new Store(8, 16, 16);
    Simulator simulator = Simulator.of(store, options());
    write(simulator, store, 3, BigInteger.valueOf(50));
    simulator.poke(store.readAddress, 3);
    simulator.poke(store.readEnable, true);
    simulator.step();
    assertThat(simulator.peek(store.fromMemory)).isEqualTo(50);
    simulator.poke(store.readEnable, false);
    simulator.step();
    assertThat(simulator.peek(store.fromMemory)).isEqualTo(0xaa);
  }

  @Test
  void readDataIsUndefinedWhenTheWordIsWritten() {
    Store store = new Store(8, 16, 16);
    Simulator simulator = Simulator.of(store, options());
    simulator.poke(store.readAddress, 3);
    simulator.poke(store.readEnable, true);
    write(simulator, store, 3, BigInteger.valueOf(50));
    assertThat(simulator.peek(store.fromMemory)).isEqualTo(0xaa);
    write(simulator, store, 4, BigInteger.valueOf(60));
    assertThat(simulator.peek(store.fromMemory)).isEqualTo(50);
  }

  @Test
  void beyondTheLastWordNothingIsWritten() {
    Store store = new Store(8, 12, 8);
    Simulator simulator = Simulator.of(store, options());
    List<BigInteger> before = simulator.memory("memory").dump();
    write(simulator, store, 13, BigInteger.valueOf(50));
    assertThat(simulator.memory("memory").dump()).isEqualTo(before);
    simulator.poke(store.readAddress, 13);
    simulator.poke(store.readEnable, true);
    simulator.step();
    assertThat(simulator.peek(store.fromMemory)).isEqualTo(0xaa);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,2", "3,2", "4,a", "6,2a", "64,aaaaaaaaaaaaaaaa", "66,2aaaaaaaaaaaaaaaa"})
  void theUndefinedPatternIsThatOfTheVerilog(int width, String pattern) {
    BigInteger expected = new BigInteger(pattern, 16);
    if (width > 64) {
      expected = expected.clearBit(65);
    }
    assertThat(SimulatedMemory.scramble(width)).isEqualTo(expected);
  }

  @Test
  void contentsAreLoadedAndLookedAtByName() {
    Store store = new Store(100, 16, 8);
    Simulator simulator = Simulator.of(store, options());
    SimulatedMemory file = simulator.memory("file");
    simulator.poke(store.readAddress, 1);
    file.load(List.of(BigInteger.TWO, BigInteger.TEN));
    assertThat(simulator.peekBig(store.fromFile)).isEqualTo(10);
    file.set(1, 11);
    assertThat(simulator.peekBig(store.fromFile)).isEqualTo(11);
    assertThat(file.depth()).isEqualTo(8);
    assertThat(file.width()).isEqualTo(100);
    assertThatThrownBy(() -> simulator.memory("fiel"))
        .hasMessage("no memory fiel; there is [memory, file]");
    assertThatThrownBy(() -> file.set(8, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void contentsStartRandom() {
    Simulator simulator = Simulator.of(new Store(64, 1024, 8), options());
    long ones = simulator.memory("memory").dump().stream().mapToLong(BigInteger::bitCount).sum();
    assertThat(ones).isBetween(31L * 1024, 33L * 1024);
  }
}
