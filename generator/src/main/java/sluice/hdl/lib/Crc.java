package sluice.hdl.lib;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The cyclic redundancy check of a sequence of words, a word a cycle. Latency: one cycle from the
 * last word to the check.
 */
public final class Crc extends Module {

  /**
   * An algorithm, in the terms of R. Williams, "A Painless Guide to CRC Error Detection
   * Algorithms", 1993.
   *
   * @param width bits of the check, 1 to 63
   * @param polynomial without its highest term, the term 1 in the lowest bit
   * @param initial what the register begins with, as the guide gives it (not reflected)
   * @param reflected whether the lowest bit of each word comes first, and the check is reflected
   *     too; if not, the highest bit comes first
   * @param finalXor what the check is combined with at the end
   */
  public record Algorithm(
      int width, long polynomial, long initial, boolean reflected, long finalXor) {

    /** That of Ethernet, gzip, PNG. */
    public static final Algorithm CRC32 =
        new Algorithm(32, 0x04c1_1db7L, 0xffff_ffffL, true, 0xffff_ffffL);

    /** Castagnoli's, of iSCSI, SCTP, NVMe. */
    public static final Algorithm CRC32C =
        new Algorithm(32, 0x1edc_6f41L, 0xffff_ffffL, true, 0xffff_ffffL);

    /** That of XMODEM: the polynomial of CCITT, beginning with 0. */
    public static final Algorithm CRC16_XMODEM = new Algorithm(16, 0x1021L, 0, false, 0);

    /** Refuses what is no algorithm, with a diagnostic. */
    public Algorithm {
      Parameter.of("Crc.Algorithm", "width", width).within(1, 63);
      long most = (1L << width) - 1;
      Parameter.of("Crc.Algorithm", "polynomial", polynomial)
          .require(
              polynomial > 0 && polynomial <= most && (polynomial & 1) == 1,
              "an odd number up to " + most,
              "leave the highest term out, and give the term 1 in the lowest bit");
      Parameter.of("Crc.Algorithm", "initial", initial).within(0, most);
      Parameter.of("Crc.Algorithm", "finalXor", finalXor).within(0, most);
    }

    /** The register's value before the first word. */
    public UInt start() {
      long bits = reflected ? Long.reverse(initial) >>> (Long.SIZE - width) : initial;
      return UInt.literal(bits, width);
    }

    /**
     * The register's value after a word, within the cycle. Each bit of it is the parity of some
     * bits of the word and of the register, whatever the word's width.
     *
     * @param register its value before the word
     * @param word any number of bits; what is reflected goes from the lowest to the highest, so
     *     that the first byte of several is the lowest
     */
    public UInt after(UInt register, UInt word) {
      Parameter.of("Crc.Algorithm", "the width of register", register.width()).within(width, width);
      UInt inputs = word.concat(register);
      List<Bool> next = new ArrayList<>();
      for (BigInteger mask : masks(word.width())) {
        next.add(inputs.and(UInt.literal(mask, inputs.width())).xorReduce());
      }
      Collections.reverse(next);
      return Module.pack(Vec.from(next));
    }

    /** The check of a register's value. */
    public UInt check(UInt register) {
      Parameter.of("Crc.Algorithm", "the width of register", register.width()).within(width, width);
      return finalXor == 0 ? register : register.xor(UInt.literal(finalXor, width));
    }

    /**
     * For each bit of the register, the lowest first, which bits it depends on after a word: from
     * bit 0 on those of the register, from bit {@code width} on those of the word. What shifts bit
     * by bit is followed symbol by symbol.
     */
    private List<BigInteger> masks(int wordWidth) {
      List<BigInteger> bits = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        bits.add(BigInteger.ONE.shiftLeft(i));
      }
      for (int i = 0; i < wordWidth; i++) {
        int arriving = width + (reflected ? i : wordWidth - 1 - i);
        BigInteger leaving = bits.remove(reflected ? 0 : width - 1);
        BigInteger feedback = leaving.xor(BigInteger.ONE.shiftLeft(arriving));
        bits.add(reflected ? width - 1 : 0, BigInteger.ZERO);
        for (int power = 0; power < width; power++) {
          if ((polynomial >> power & 1) == 1) {
            int place = reflected ? width - 1 - power : power;
            bits.set(place, bits.get(place).xor(feedback));
          }
        }
      }
      return bits;
    }
  }

  /** Whether {@code word} is the next one. */
  public final Bool valid = input(Bool.of());

  /** The word, while {@code valid} is high. */
  public final UInt word;

  /** Begins anew: a word in this cycle is the first. */
  public final Bool restart = input(Bool.of());

  /** The check of the words before this cycle, since the last restart or the reset. */
  public final UInt check;

  /**
   * @param wordWidth bits of a word, at least 1
   */
  public Crc(Algorithm algorithm, int wordWidth) {
    super("crc" + algorithm.width() + "x" + wordWidth);
    Parameter.of("Crc", "wordWidth", wordWidth).atLeast(1);
    describe(
        "Cyclic redundancy check of %d bits, polynomial 0x%x, %s bit first.\n%d bits a cycle; latency: 1 cycle."
            .formatted(
                algorithm.width(),
                algorithm.polynomial(),
                algorithm.reflected() ? "lowest" : "highest",
                wordWidth));
    word = input(UInt.of(wordWidth));
    check = output(UInt.of(algorithm.width()));

    UInt start = algorithm.start();
    UInt remainder = register(start, start);
    UInt current = mux(restart, start, remainder);
    UInt after = algorithm.after(current, word);
    when(valid, () -> remainder.set(after)).elseWhen(restart, () -> remainder.set(start));
    check.set(algorithm.check(remainder));
  }
}
