package sluice.docs.sample;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The largest of four levels, averaged over two cycles; the circuit shows where names come from.
 */
public final class Peak extends Module {
  /** A level, and whether it is new. */
  public record Reading(UInt level, Bool fresh) implements Bundle {}

  public final Vec<UInt> levels = input(Vec.of(4, UInt.of(8)));
  public final Bool enable = input(Bool.of());
  public final Reading peak = output(new Reading(UInt.of(8), Bool.of()));

  /** Builds the circuit. */
  public Peak() {
    List<UInt> higher = new ArrayList<>();
    for (int i = 0; i < 4; i += 2) {
      higher.add(larger(levels.get(i), levels.get(i + 1)));
    }
    UInt highest = larger(higher.get(0), higher.get(1));

    Reading last = register(peak);
    when(
        enable,
        () -> {
          last.level().set(last.level().plus(highest).shiftRight(1).truncate(8));
          last.fresh().set(highest.ne(0));
        });
    UInt shown = delayed(last.level()).reserved("peak_sync");
    peak.level().set(shown);
    peak.fresh().set(last.fresh());
  }

  private static UInt larger(UInt a, UInt b) {
    UInt result = mux(a.gt(b), a, b);
    return result;
  }
}
