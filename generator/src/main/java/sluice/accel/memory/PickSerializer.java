package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Makes single tokens of the picks of a slice's rows, by rising lane. A row takes as many cycles as
 * it has picks, and one if it has none.
 *
 * <p>Latency: 1 cycle from a row to its first token; a token a cycle, also from row to row.
 */
public final class PickSerializer extends Module {

  /**
   * The picks of a row in one slice.
   *
   * @param row the row
   * @param picked for each lane, whether its token is selected
   * @param last whether it is the last row of its head
   */
  public record SlicePicks(UInt row, Vec<Bool> picked, Bool last) implements Bundle {

    /** The type for a configuration. */
    public static SlicePicks type(AcceleratorConfig config) {
      return new SlicePicks(
          new SignalTypes(config).row(), Vec.of(config.lanes(), Bool.of()), Bool.of());
    }
  }

  /**
   * Where a token of a slice is.
   *
   * @param row its row
   * @param lane its lane
   */
  public record TokenSlot(UInt row, UInt lane) implements Bundle {}

  public final Stream<SlicePicks> picks;
  public final Stream<TokenSlot> tokens;

  /** The last token of a head leaves in this cycle, or has left before; a pulse for each head. */
  public final Bool headEnd = output(Bool.of());

  public PickSerializer(AcceleratorConfig config) {
    int lanes = config.lanes();
    describe(
        """
        Makes single tokens of the picks of rows of %d lanes, by rising lane.
        Latency: 1 cycle; a token a cycle; a row without picks takes a cycle.\
        """
            .formatted(lanes));
    SignalTypes types = new SignalTypes(config);
    picks = input(Stream.of(SlicePicks.type(config)));
    tokens = output(Stream.of(new TokenSlot(types.row(), types.lane())));

    UInt pending = register(UInt.of(lanes)).reset(0);
    UInt row = register(types.row());
    Bool ending = register(Bool.of()).reset(false);

    UInt later = pending.and(pending.minusWrap(1));
    Bool waiting = pending.orReduce();
    Bool free = waiting.not().or(tokens.ready().andNot(later.orReduce()));
    Vec<Bool> picked = picks.payload().picked();
    UInt mask = pack(Vec.generate(lanes, i -> picked.get(lanes - 1 - i)));
    Bool taken = picks.fires();
    when(
            taken,
            () -> {
              pending.set(mask);
              row.set(picks.payload().row());
            })
        .elseWhen(tokens.fires(), () -> pending.set(later));
    when(free, () -> ending.set(taken.and(picks.payload().last())));

    picks.ready().set(free);
    tokens.valid().set(waiting);
    tokens.payload().row().set(row);
    tokens.payload().lane().set(lowest(pending, types.lane().width()));
    headEnd.set(ending.and(free));
  }

  /** The position of the lowest bit that is set; the last position if there is none. */
  private static UInt lowest(UInt bits, int width) {
    UInt position = UInt.literal(bits.width() - 1L, width);
    for (int i = bits.width() - 2; i >= 0; i--) {
      position = mux(bits.bit(i), UInt.literal(i, width), position);
    }
    return position;
  }
}
