package sluice.accel.memory;

import sluice.accel.SelectedToken;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/**
 * Holds the picks of a slice from their selection until their keys are asked for, and gives each
 * the place that its scores go to. Places are a ring: a head's are in a row, from those of the head
 * before on, and are given again when their scores were used.
 *
 * <p>Picks wait while all places are taken. Every single head fits, so that the oldest one is
 * always picked completely, which frees the places of its like.
 *
 * <p>Latency: 3 cycles from a pick to its token; a token a cycle.
 */
public final class PickRing extends Module {

  /** A pick, as long as it waits. */
  private record Pick(UInt row, UInt lane, UInt slot) implements Bundle {}

  /** Picks, head after head. */
  public final Stream<PickSerializer.TokenSlot> picks;

  /** All picks of a head have come, with this cycle; a pulse for each head. */
  public final Bool headEnd = input(Bool.of());

  /** The scores of a place were used, in the order of the places; a pulse. */
  public final Bool scoresUsed = input(Bool.of());

  /** The picks in order, each with its head and place. */
  public final Stream<SelectedToken> tokens;

  /** The head of the picks that come. */
  public final UInt pickSlot;

  /** Where the picks end: a number of picks that came, modulo twice the places. */
  public final UInt pickEnd;

  public PickRing(AcceleratorConfig config) {
    int places = config.pickPlaces();
    describe(
        """
        Picks of a slice that wait for their keys to be read, %d at most with those whose scores
        are in use.
        Latency: 3 cycles; a token a cycle.\
        """
            .formatted(places));
    SignalTypes types = new SignalTypes(config);
    picks = input(Stream.of(new PickSerializer.TokenSlot(types.row(), types.lane())));
    tokens = output(Stream.of(types.selectedToken()));
    pickSlot = output(types.headSlot());
    pickEnd = output(UInt.of(types.pickPlace().width() + 1));

    UInt slot = register(pickSlot).reset(0);
    when(headEnd, () -> slot.set(slot.plusWrap(1)));
    pickSlot.set(slot);

    // Numbers of picks that came, that left, and whose scores were used; all modulo twice the
    // places.
    UInt came = register(pickEnd).reset(0);
    UInt left = register(pickEnd).reset(0);
    UInt used = register(pickEnd).reset(0);
    Bool comes = picks.fires();
    UInt cameNow = came.plusWrap(comes.asUInt());
    came.set(cameNow);
    when(scoresUsed, () -> used.set(used.plusWrap(1)));
    picks.ready().set(came.minusWrap(used).ne(places));
    pickEnd.set(cameNow);

    Memory<Pick> ring = memory(new Pick(types.row(), types.lane(), types.headSlot()), places);
    UInt placeOfLeaving = left.truncate(types.pickPlace().width());
    ring.write(
        comes,
        came.truncate(types.pickPlace().width()),
        new Pick(picks.payload().row(), picks.payload().lane(), slot));

    // Two picks may be on their way to the queue of four.
    Queue<SelectedToken> leaving = instance(new Queue<>(types.selectedToken(), 4));
    Bool read = came.ne(left).and(leaving.count.le(2));
    when(read, () -> left.set(left.plusWrap(1)));
    Pick pick = ring.read(placeOfLeaving, read);
    Bool arrived = register(Bool.of()).reset(false);
    arrived.set(read);
    UInt place = delayed(placeOfLeaving);
    leaving.in.valid().set(arrived);
    connect(leaving.in.payload(), new SelectedToken(pick.row(), pick.lane(), pick.slot(), place));
    leaving.out.to(tokens);
  }
}
