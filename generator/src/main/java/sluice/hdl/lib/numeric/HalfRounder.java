package sluice.hdl.lib.numeric;

import static sluice.hdl.UInt.literal;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Pipeline;

/**
 * Rounds fixed-point numbers to halves: once, to nearest even, subnormals kept. One number a cycle.
 *
 * <p>A number of 12 bits or less is the half's encoding already, with its round bit below: the
 * hidden one falls onto the exponent field. A longer one is shifted by {@code s} to 12 bits and
 * {@code s} is added to the exponent field; a carry of the rounding runs into the exponent as it
 * should.
 */
public final class HalfRounder extends Module {

  /**
   * A number to be rounded.
   *
   * @param negative its sign; kept where the number rounds to zero
   * @param magnitude in units of 2^-25, below 65520 * 2^25
   * @param sticky whether the exact number is above the magnitude by less than one unit
   * @param nan makes the result the NaN 0x7E00
   */
  public record Number(Bool negative, UInt magnitude, Bool sticky, Bool nan) implements Bundle {}

  /** Bits of a magnitude: up to the largest half. */
  public static final int MAGNITUDE_BITS = 41;

  /** Cycles from number to half. */
  public static final int LATENCY = 3;

  private static final int NAN = 0x7E00;

  /** Significand and round bit. */
  private static final int KEPT_BITS = 12;

  /** The magnitude with zeros in front, so that steps of 16, 8, 4, 2, 1 bring it to 12 bits. */
  private static final int FRAME_BITS = 16 + 8 + 4 + 2 + 1 + KEPT_BITS;

  /** The numbers to be rounded. */
  public final Stream<Number> numbers;

  /** The halves, 16 bits, in the same order. */
  public final Stream<UInt> halves;

  /** The type of a number. */
  public static Number type() {
    return new Number(Bool.of(), UInt.of(MAGNITUDE_BITS), Bool.of(), Bool.of());
  }

  /** The only variant. */
  public HalfRounder() {
    describe(
        "Rounds fixed-point numbers in units of 2^-25 to halves, to nearest even.\nLatency: "
            + LATENCY
            + " cycles, one number a cycle.");
    numbers = input(Stream.of(type()));
    halves = output(Stream.of(UInt.of(16)));
    Pipeline pipeline = Pipeline.between(numbers, halves, LATENCY);

    Number entered = numbers.payload();
    UInt frame = entered.magnitude().extend(FRAME_BITS);
    LeadingShift coarse = LeadingShift.of(frame, 4, 3);
    UInt nearlyAligned = register(frame);
    UInt coarseShift = register(coarse.shift());
    Bool inexact = register(Bool.of());
    Bool alignedNegative = register(Bool.of());
    Bool alignedNan = register(Bool.of());
    when(
        pipeline.advance(),
        () -> {
          nearlyAligned.set(coarse.value());
          coarseShift.set(coarse.shift());
          inexact.set(entered.sticky());
          alignedNegative.set(entered.negative());
          alignedNan.set(entered.nan());
        });

    LeadingShift fine = LeadingShift.of(nearlyAligned, 2, 0);
    int droppedBits = FRAME_BITS - KEPT_BITS;
    UInt kept = register(UInt.of(KEPT_BITS));
    // How far a number of 12 bits would be shifted, 31, less how far this one was.
    UInt exponent = register(UInt.of(5));
    Bool sticky = register(Bool.of());
    Bool negative = register(Bool.of());
    Bool nan = register(Bool.of());
    when(
        pipeline.advance(),
        () -> {
          kept.set(fine.value().bits(FRAME_BITS - 1, droppedBits));
          exponent.set(coarseShift.concat(fine.shift()).not());
          sticky.set(inexact.or(fine.value().truncate(droppedBits).orReduce()));
          negative.set(alignedNegative);
          nan.set(alignedNan);
        });

    UInt units = kept.shiftRight(1);
    Bool roundUp = kept.bit(0).and(sticky.or(units.bit(0)));
    UInt unrounded = exponent.shiftLeft(10).plusWrap(units);
    UInt encoded = unrounded.plusWrap(roundUp.asUInt());
    UInt half = register(UInt.of(16));
    when(
        pipeline.advance(),
        () -> half.set(mux(nan, literal(NAN, 16), negative.asUInt().concat(encoded))));
    halves.payload().set(half);
  }
}
