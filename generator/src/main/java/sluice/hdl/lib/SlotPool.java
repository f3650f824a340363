package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * Lends numbers, each to one user at a time: transaction IDs, places of a buffer. After reset all
 * are free; they go out in order, and then in the order in which they came back. A number that
 * comes back can go out from the next cycle on; one a cycle each way.
 */
public final class SlotPool extends Module {

  /** Numbers that are free, 0 to {@code slots - 1}. */
  public final Stream<UInt> free;

  /** A number comes back; only one that is lent. */
  public final Bool release = input(Bool.of());

  /** The number that comes back. */
  public final UInt released;

  /** Numbers that are lent, 0 to {@code slots}. */
  public final UInt lent;

  /**
   * @param slots how many numbers there are, at least 1
   */
  public SlotPool(int slots) {
    super("slot_pool" + slots);
    Parameter.of("SlotPool", "slots", slots).atLeast(1);
    describe("Lends the numbers 0 to " + (slots - 1) + ", each to one user at a time.");
    UInt slot = UInt.index(slots);
    free = output(Stream.of(slot));
    released = input(slot);
    lent = output(UInt.upTo(slots));

    // Numbers that were never lent come from a counter, so that the queue starts empty.
    UInt next = register(UInt.upTo(slots)).reset(0);
    Bool unused = next.ne(slots);
    int depth = Math.max(2, 1 << UInt.bitsFor(slots - 1L));
    Queue<UInt> returned = instance(new Queue<>(slot, depth));
    Bool taken = free.fires();
    when(taken.and(unused), () -> next.set(next.plusWrap(1)));
    returned.in.valid().set(release);
    returned.in.payload().set(released);
    returned.out.ready().set(free.ready().andNot(unused));
    free.valid().set(unused.or(returned.out.valid()));
    free.payload().set(mux(unused, next.resize(slot.width()), returned.out.payload()));

    UInt count = register(UInt.upTo(slots)).reset(0);
    when(taken.andNot(release), () -> count.set(count.plusWrap(1)))
        .elseWhen(release.andNot(taken), () -> count.set(count.minusWrap(1)));
    lent.set(count);
    always(returned.in.ready().or(release.not()), "only what is lent comes back");
  }
}
