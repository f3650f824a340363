package sluice.hdl.lib.numeric;

import static sluice.hdl.UInt.literal;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Adds to a long sum in every cycle: the sum is cut into segments, whose carries into the next
 * segment are kept beside them and added with the next term. So no carry passes more than a segment
 * in a cycle, whatever the sum's width. All is modulo {@code 2^width}.
 *
 * @param width bits of the sum
 * @param segmentBits bits of a segment; the highest may have fewer
 * @param terms what is added in a cycle, 1 or 2 numbers
 */
public record SegmentedAdder(int width, int segmentBits, int terms) {

  /**
   * A sum whose last carries are still to be added.
   *
   * @param digits all segments, the lowest first
   * @param carries into each segment but the lowest
   */
  public record Sum(UInt digits, Vec<UInt> carries) implements Bundle {}

  /** Checks the sizes. */
  public SegmentedAdder {
    Parameter.of("SegmentedAdder", "segmentBits", segmentBits).within(2, width - 1);
    Parameter.of("SegmentedAdder", "terms", terms).within(1, 2);
  }

  /** The type of a sum. */
  public Sum type() {
    return new Sum(UInt.of(width), Vec.of(segments() - 1, UInt.of(terms)));
  }

  /** Number of segments, at least 2. */
  public int segments() {
    return (width + segmentBits - 1) / segmentBits;
  }

  /**
   * A sum and one term more; combinational.
   *
   * @param fresh whether the sum counts as 0
   */
  public Sum add(Sum sum, Bool fresh, UInt term) {
    Parameter.of("SegmentedAdder", "terms", terms).within(1, 1);
    return add(sum, fresh, List.of(term));
  }

  /**
   * A sum and two terms more, the two rows of a number; combinational.
   *
   * @param fresh whether the sum counts as 0
   */
  public Sum add(Sum sum, Bool fresh, CarrySave term) {
    Parameter.of("SegmentedAdder", "terms", terms).within(2, 2);
    return add(sum, fresh, List.of(term.sum(), term.carry()));
  }

  private Sum add(Sum sum, Bool fresh, List<UInt> rows) {
    UInt digits = null;
    List<UInt> carries = new ArrayList<>();
    for (int i = 0; i < segments(); i++) {
      int high = low(i + 1) - 1;
      int low = low(i);
      UInt segment = kept(sum.digits().bits(high, low), fresh);
      UInt carried = i == 0 ? literal(0, terms) : kept(sum.carries().get(i - 1), fresh);
      List<UInt> parts = rows.stream().map(row -> row.bits(high, low)).toList();
      UInt total =
          terms == 1 ? total(segment, parts.get(0), carried) : total(segment, parts, carried);
      int bits = high - low + 1;
      UInt part = total.truncate(bits);
      digits = digits == null ? part : part.concat(digits);
      if (i < segments() - 1) {
        carries.add(total.bits(bits + terms - 1, bits));
      }
    }
    return new Sum(digits, Vec.from(carries));
  }

  private static UInt total(UInt segment, UInt term, UInt carried) {
    return segment.plus(term).plusWrap(carried.extend(segment.width() + 1));
  }

  /** A carry-save adder in front: so one adder is enough, which has room for both carries. */
  private static UInt total(UInt segment, List<UInt> rows, UInt carried) {
    int bits = segment.width() + 2;
    // The segment comes last: whether it counts is known late.
    UInt unequal = rows.get(0).xor(rows.get(1));
    UInt sum = unequal.xor(segment);
    UInt majority = rows.get(0).and(rows.get(1)).or(unequal.and(segment));
    // Two carries are two ones at the lowest place.
    UInt carry = majority.concat(carried.orReduce().asUInt());
    UInt second = carried.bit(1).asUInt();
    return sum.extend(bits).plusWrap(carry.extend(bits)).plusWrap(second.extend(bits));
  }

  /**
   * The number that a sum stands for, combinational: each segment takes the carries kept for it,
   * and then the one that this may send on from segment to segment.
   */
  public UInt resolve(Sum sum) {
    UInt resolved = sum.digits().bits(low(1) - 1, 0);
    Bool carry = Bool.literal(false);
    for (int i = 1; i < segments(); i++) {
      int bits = low(i + 1) - low(i);
      UInt kept = sum.carries().get(i - 1);
      UInt segment = sum.digits().bits(low(i + 1) - 1, low(i)).plus(kept.resize(bits));
      UInt digits = segment.truncate(bits);
      resolved = digits.plusWrap(carry.asUInt().extend(bits)).concat(resolved);
      carry = segment.bit(bits).or(digits.andReduce().and(carry));
    }
    return resolved;
  }

  /** The lowest bit of a segment. */
  private int low(int segment) {
    return Math.min(width, segment * segmentBits);
  }

  private static UInt kept(UInt value, Bool fresh) {
    return Module.mux(fresh, literal(0, value.width()), value);
  }
}
