package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;

/**
 * Merges streams of packets in turn, a whole packet at a time: whoever is granted keeps the grant
 * until its last value is taken, also while it has nothing to offer. After that, the one after it
 * has the highest priority. No latency; no cycle is lost between packets.
 *
 * @param <T> the type of a value
 */
public final class PacketArbiter<T extends Data> extends Module {
  /** The streams to merge, in the order of their turns. */
  public final List<Stream<T>> ins;

  /** The packets of all inputs, one after another. */
  public final Stream<T> out;

  /**
   * @param producers number of inputs, at least 2
   * @param last tells the last value of a packet
   */
  public PacketArbiter(T type, int producers, Function<T, Bool> last) {
    super("packet_arbiter" + producers + "x" + widthOf(type));
    Parameter.of("PacketArbiter", "producers", producers).atLeast(2);
    describe("Merges " + producers + " streams of packets in turn, a whole packet at a time.");
    List<Stream<T>> inputs = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      inputs.add(input(Stream.of(type), "in_" + i));
    }
    ins = List.copyOf(inputs);
    out = output(Stream.of(type));

    // After input i was served, those behind it come before those up to it.
    List<Bool> behind = new ArrayList<>();
    List<Bool> preferred = new ArrayList<>();
    List<Bool> valids = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      behind.add(register(Bool.of()).reset(false).named("behind_" + i));
      preferred.add(ins.get(i).valid().and(behind.get(i)));
      valids.add(ins.get(i).valid());
    }
    Bool anyPreferred = BalancedTree.reduce(preferred, Bool::or);
    List<Bool> firstPreferred = OneHot.first(preferred);
    List<Bool> firstOfAll = OneHot.first(valids);

    Bool locked = register(Bool.of()).reset(false);
    List<Bool> grants = new ArrayList<>();
    List<Bool> offers = new ArrayList<>();
    List<T> payloads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Bool held = register(Bool.of()).named("held_" + i);
      Bool turn = mux(anyPreferred, firstPreferred.get(i), firstOfAll.get(i));
      Bool grant = mux(locked, held, turn).named("grant_" + i);
      held.set(grant);
      grants.add(grant);
      offers.add(grant.and(valids.get(i)));
      payloads.add(ins.get(i).payload());
      ins.get(i).ready().set(grant.and(out.ready()));
    }
    out.valid().set(BalancedTree.reduce(offers, Bool::or));
    T chosen = OneHot.choose(grants, payloads);
    connect(out.payload(), chosen);
    Bool ends = out.ready().and(last.apply(chosen));
    when(out.valid(), () -> locked.set(ends.not()));
    List<Bool> upTo = PrefixScan.inclusive(grants, Bool::or);
    for (int i = 0; i < producers; i++) {
      // Behind the one whose packet ends are those that come after a grant.
      Bool after = i == 0 ? Bool.literal(false) : upTo.get(i - 1);
      Bool mark = behind.get(i);
      when(out.valid().and(ends), () -> mark.set(after));
    }
  }
}
