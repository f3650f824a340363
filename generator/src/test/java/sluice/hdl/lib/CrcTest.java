package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.sim.Simulator;

/** Checks against those of the Java library, and against published check values. */
class CrcTest {

  private static void feed(Simulator simulator, Crc crc, byte[] bytes, boolean lowFirst) {
    int size = crc.word.width() / 8;
    for (int from = 0; from < bytes.length; from += size) {
      BigInteger word = BigInteger.ZERO;
      for (int i = 0; i < size; i++) {
        int shift = 8 * (lowFirst ? i : size - 1 - i);
        word = word.or(BigInteger.valueOf(bytes[from + i] & 0xff).shiftLeft(shift));
      }
      simulator.poke(crc.word, word);
      simulator.poke(crc.valid, true);
      simulator.step();
      simulator.poke(crc.restart, false);
      simulator.poke(crc.valid, false);
      simulator.poke(crc.word, BigInteger.valueOf(0x5a));
      simulator.step();
    }
  }

  private static void agrees(Crc.Algorithm algorithm, int wordBytes, Supplier<Checksum> reference) {
    Crc crc = new Crc(algorithm, 8 * wordBytes);
    Simulator simulator = Simulator.of(crc);
    simulator.poke(crc.valid, false);
    simulator.poke(crc.restart, false);
    simulator.reset();
    Random random = new Random(wordBytes);
    for (int packet = 0; packet < 4; packet++) {
      byte[] bytes = new byte[wordBytes * (1 + random.nextInt(20))];
      random.nextBytes(bytes);
      // Restarted with the first word, or before it.
      simulator.poke(crc.restart, packet > 0);
      if (packet == 2) {
        simulator.step();
        simulator.poke(crc.restart, false);
      }
      feed(simulator, crc, bytes, true);
      Checksum expected = reference.get();
      expected.update(bytes, 0, bytes.length);
      assertThat(simulator.peek(crc.check)).isEqualTo(expected.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 8, 16, 64})
  void crc32IsThatOfTheJavaLibrary(int wordBytes) {
    agrees(Crc.Algorithm.CRC32, wordBytes, CRC32::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 64})
  void crc32cIsThatOfTheJavaLibrary(int wordBytes) {
    agrees(Crc.Algorithm.CRC32C, wordBytes, CRC32C::new);
  }

  /** The check of the digits from 1 to 9, which catalogues of algorithms give. */
  private static long ofDigits(Crc.Algorithm algorithm, int wordBytes) {
    Crc crc = new Crc(algorithm, 8 * wordBytes);
    Simulator simulator = Simulator.of(crc);
    simulator.poke(crc.valid, false);
    simulator.poke(crc.restart, false);
    simulator.reset();
    feed(simulator, crc, "123456789".getBytes(StandardCharsets.US_ASCII), algorithm.reflected());
    return simulator.peek(crc.check);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void publishedChecksOfOtherWidthsAndDirections(int wordBytes) {
    assertThat(ofDigits(Crc.Algorithm.CRC16_XMODEM, wordBytes)).isEqualTo(0x31c3);
    // CRC-5/USB, CRC-16/GENIBUS, CRC-24/OPENPGP, CRC-40/GSM
    assertThat(ofDigits(new Crc.Algorithm(5, 0x05, 0x1f, true, 0x1f), wordBytes)).isEqualTo(0x19);
    assertThat(ofDigits(new Crc.Algorithm(16, 0x1021, 0xffff, false, 0xffff), wordBytes))
        .isEqualTo(0xd64e);
    assertThat(ofDigits(new Crc.Algorithm(24, 0x864cfb, 0xb704ce, false, 0), wordBytes))
        .isEqualTo(0x21cf02);
    assertThat(ofDigits(new Crc.Algorithm(40, 0x0004820009L, 0, false, 0xffffffffffL), wordBytes))
        .isEqualTo(0xd4164fc646L);
  }
}
