package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Counts the places that are free at a receiver. */
public final class Credits extends Module {
  public final Bool spend = input(Bool.of());
  public final Bool giveBack = input(Bool.of());
  public final Bool available = output(Bool.of());

  public Credits(int most) {
    UInt free = register(UInt.upTo(most)).reset(most);
    available.set(free.ne(0));
    Bool spent = spend.and(available);
    when(
            spent.andNot(giveBack),
            () -> {
              free.set(free.minusWrap(1));
              cover(free.eq(1), "the last place is taken");
            })
        .elseWhen(
            giveBack.andNot(spent),
            () -> {
              free.set(free.plusWrap(1));
              assume(free.ne(most), "nothing is given back that was not taken");
            });
    always(free.le(most), "there are never more places than at the start");
  }
}
