package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;

/**
 * Merges streams in turn: the one after the last that was served has the highest priority, so that
 * none waits for more than one value of each other. Once a value is offered it stays until it is
 * taken. No latency.
 *
 * @param <T> the type of a value
 */
public final class RoundRobinArbiter<T extends Data> extends Module {
  /** The streams to merge, in the order of their turns. */
  public final List<Stream<T>> ins;

  /** The values of all inputs. */
  public final Stream<T> out;

  /**
   * @param producers number of inputs, at least 2
   */
  public RoundRobinArbiter(T type, int producers) {
    super("round_robin" + producers + "x" + widthOf(type));
    Parameter.of("RoundRobinArbiter", "producers", producers).atLeast(2);
    describe("Merges " + producers + " streams in turn; an offered value stays.");
    List<Stream<T>> inputs = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      inputs.add(input(Stream.of(type), "in_" + i));
    }
    ins = List.copyOf(inputs);
    out = output(Stream.of(type));

    // After input i was served, those behind it come before those up to it.
    List<Bool> behind = new ArrayList<>();
    List<Bool> preferred = new ArrayList<>();
    List<Bool> others = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      behind.add(register(Bool.of()).reset(false).named("behind_" + i));
      preferred.add(ins.get(i).valid().and(behind.get(i)));
      others.add(ins.get(i).valid());
    }
    Bool anyPreferred = BalancedTree.reduce(preferred, Bool::or);
    List<Bool> firstPreferred = OneHot.first(preferred);
    List<Bool> firstOfAll = OneHot.first(others);

    Bool waiting = register(Bool.of()).reset(false);
    List<Bool> grants = new ArrayList<>();
    List<T> payloads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Bool held = register(Bool.of()).named("held_" + i);
      Bool turn = mux(anyPreferred, firstPreferred.get(i), firstOfAll.get(i));
      Bool grant = mux(waiting, held, turn).named("grant_" + i);
      held.set(grant);
      grants.add(grant);
      payloads.add(ins.get(i).payload());
      ins.get(i).ready().set(grant.and(out.ready()));
    }
    out.valid().set(BalancedTree.reduce(others, Bool::or));
    connect(out.payload(), OneHot.choose(grants, payloads));
    waiting.set(out.valid().andNot(out.ready()));
    for (int i = 0; i < producers; i++) {
      // Behind the one that is served now are those that come after a grant.
      Bool after =
          i == 0 ? Bool.literal(false) : BalancedTree.reduce(grants.subList(0, i), Bool::or);
      Bool mark = behind.get(i);
      when(out.fires(), () -> mark.set(after));
    }
  }
}
