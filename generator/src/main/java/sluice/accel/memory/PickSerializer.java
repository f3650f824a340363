package sluice.accel.memory;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;

/**
 * Makes single tokens of the picks of a slice's rows, by rising lane. A row takes as many cycles as
 * it has picks; rows without picks are passed over. Some rows can wait, so that one with many picks
 * does not hold back the other slices.
 *
 * <p>Latency: 2 cycles from a row to its first token; a token a cycle, also from row to row.
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

  /** Rows with picks that wait. */
  private static final int ROWS_WAITING = 8;

  public final Stream<SlicePicks> picks;
  public final Stream<TokenSlot> tokens;

  /** The last token of a head leaves in this cycle, or has left before; a pulse for each head. */
  public final Bool headEnd = output(Bool.of());

  public PickSerializer(AcceleratorConfig config) {
    int lanes = config.lanes();
    describe(
        """
        Makes single tokens of the picks of rows of %d lanes, by rising lane.
        Latency: 2 cycles; a token a cycle.\
        """
            .formatted(lanes));
    SignalTypes types = new SignalTypes(config);
    picks = input(Stream.of(SlicePicks.type(config)));
    tokens = output(Stream.of(new TokenSlot(types.row(), types.lane())));

    Queue<SlicePicks> waiting = instance(new Queue<>(SlicePicks.type(config), ROWS_WAITING));
    picks.filter(row -> row.last().or(pack(row.picked()).orReduce())).to(waiting.in);
    Stream<SlicePicks> rows = waiting.out;

    UInt pending = register(UInt.of(lanes)).reset(0);
    UInt row = register(types.row());
    Bool ending = register(Bool.of()).reset(false);

    UInt later = pending.and(pending.minusWrap(1));
    Bool present = pending.orReduce();
    Bool free = present.not().or(tokens.ready().andNot(later.orReduce()));
    Vec<Bool> picked = rows.payload().picked();
    UInt mask = pack(Vec.generate(lanes, i -> picked.get(lanes - 1 - i)));
    Bool taken = rows.fires();
    when(
            taken,
            () -> {
              pending.set(mask);
              row.set(rows.payload().row());
            })
        .elseWhen(tokens.fires(), () -> pending.set(later));
    when(free, () -> ending.set(taken.and(rows.payload().last())));

    rows.ready().set(free);
    tokens.valid().set(present);
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
