package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;

/**
 * Merges streams by fixed priority: the first has the highest. Once a value is offered it stays
 * until it is taken, whatever arrives meanwhile. No latency.
 *
 * @param <T> the type of a value
 */
public final class Arbiter<T extends Data> extends Module {
  /** The streams to merge, that of the highest priority first. */
  public final List<Stream<T>> ins;

  /** The values of all inputs. */
  public final Stream<T> out;

  /**
   * @param producers number of inputs, at least 2; the first has the highest priority
   */
  public Arbiter(T type, int producers) {
    super("arbiter" + producers + "x" + widthOf(type));
    Parameter.of("Arbiter", "producers", producers).atLeast(2);
    describe("Merges " + producers + " streams by fixed priority; an offered value stays.");
    List<Stream<T>> inputs = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      inputs.add(input(Stream.of(type), "in_" + i));
    }
    ins = List.copyOf(inputs);
    out = output(Stream.of(type));

    Bool waiting = register(Bool.of()).reset(false);
    List<Bool> grants = new ArrayList<>();
    Bool earlier = null;
    for (int i = 0; i < producers; i++) {
      Bool valid = ins.get(i).valid();
      Bool first = earlier == null ? valid : valid.andNot(earlier);
      earlier = earlier == null ? valid : earlier.or(valid);
      Bool held = register(Bool.of()).named("held_" + i);
      Bool grant = mux(waiting, held, first).named("grant_" + i);
      held.set(grant);
      grants.add(grant);
      ins.get(i).ready().set(grant.and(out.ready()));
    }
    out.valid().set(earlier);
    waiting.set(out.valid().andNot(out.ready()));
    T chosen = ins.get(producers - 1).payload();
    for (int i = producers - 2; i >= 0; i--) {
      chosen = mux(grants.get(i), ins.get(i).payload(), chosen);
    }
    connect(out.payload(), chosen);
  }
}
