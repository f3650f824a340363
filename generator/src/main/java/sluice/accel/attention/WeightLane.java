package sluice.accel.attention;

import static sluice.hdl.UInt.literal;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Turns a score into a weight (docs/numerics.md, section 7): {@code 2^(score - maximum)} by a table
 * of an octave in 64 steps and linear interpolation between them. Takes a new score in every cycle
 * with {@code enable}; the weight follows {@link #LATENCY} such cycles later.
 */
final class WeightLane extends Module {

  /** Cycles from score to weight. */
  static final int LATENCY = 6;

  /** Steps of the table. */
  private static final int STEPS = 64;

  /** Octaves from which on every weight is 0, a power of two. */
  private static final int ZERO_FROM_OCTAVE = 32;

  final Bool enable;

  /** The largest score of the head; no score is above it. */
  final SInt maximum;

  /** Weights below it become 0. */
  final UInt skip;

  final SInt score;
  final UInt weight;

  WeightLane(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    describe(
        "Turns a score into a weight, 2^(score - maximum) in units of 2^-16.\nLatency: %d cycles."
            .formatted(LATENCY));
    enable = input(Bool.of());
    maximum = input(types.score());
    skip = input(types.weight());
    score = input(types.score());
    weight = output(types.weight());

    UInt delta = register(UInt.of(score.width()));
    when(enable, () -> delta.set(maximum.minus(score).truncate(score.width()).asUInt()));

    UInt step = delta.bits(13, 8);
    UInt base = register(types.weight());
    UInt drop = register(UInt.upTo(table(0) - table(1)));
    UInt fraction = register(UInt.of(8));
    UInt octave = register(UInt.index(ZERO_FROM_OCTAVE));
    Bool vanishes = register(Bool.of());
    UInt tableBase = bases(base.width()).get(step);
    UInt tableDrop = drops(drop.width()).get(step);
    UInt octaves = delta.shiftRight(14);
    when(
        enable,
        () -> {
          base.set(tableBase);
          drop.set(tableDrop);
          fraction.set(delta.truncate(8));
          octave.set(octaves.truncate(octave.width()));
          vanishes.set(octaves.shiftRight(octave.width()).orReduce());
        });

    UInt product = register(UInt.of(drop.width() + fraction.width()));
    UInt productBase = register(types.weight());
    UInt productOctave = register(octave);
    Bool productVanishes = register(Bool.of());
    UInt mantissa = register(types.weight());
    UInt mantissaOctave = register(octave);
    Bool mantissaVanishes = register(Bool.of());
    when(
        enable,
        () -> {
          product.set(drop.times(fraction));
          productBase.set(base);
          productOctave.set(octave);
          productVanishes.set(vanishes);

          UInt interpolated = product.plus(literal(128)).shiftRight(8);
          mantissa.set(productBase.minusWrap(interpolated));
          mantissaOctave.set(productOctave);
          mantissaVanishes.set(productVanishes);
        });

    // One bit more than the weight, for rounding half up; nothing is left after 18 octaves.
    UInt shifted = register(UInt.of(weight.width() + 1));
    UInt result = register(types.weight());
    UInt shiftedNow = mantissa.shiftLeft(1).shiftRight(mantissaOctave);
    UInt rounded = shifted.plus(literal(1)).shiftRight(1).truncate(weight.width());
    when(
        enable,
        () -> {
          shifted.set(mux(mantissaVanishes, literal(0, shifted.width()), shiftedNow));
          result.set(mux(rounded.lt(skip), literal(0, weight.width()), rounded));
        });
    weight.set(result);
  }

  /** round(2^(16 - step/64)), half up. */
  private static long table(int step) {
    return (long) Math.floor(Math.pow(2, 16 - step / (double) STEPS) + 0.5);
  }

  private static Vec<UInt> bases(int width) {
    return Vec.generate(STEPS, step -> literal(table(step), width));
  }

  /** What the table falls by from a step to the next. */
  private static Vec<UInt> drops(int width) {
    return Vec.generate(STEPS, step -> literal(table(step) - table(step + 1), width));
  }
}
