package sluice.docs.sample;

import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.lib.OneHot;
import sluice.hdl.lib.PrefixScan;

/** Gives one of several requests the grant, and all of them places side by side. */
public final class Allocator extends Module {
  public final UInt requests;

  /** The request that comes first in this cycle; the others follow it, round and round. */
  public final UInt first;

  /** The first request from there on, alone; none if there is no request. */
  public final UInt grant;

  /** The same as a number, while {@link #any} is high. */
  public final UInt granted;

  public final Bool any = output(Bool.of());

  /** For each request, how many are below it. */
  public final Vec<UInt> places;

  /**
   * @param count number of requests
   */
  public Allocator(int count) {
    requests = input(UInt.of(count));
    first = input(UInt.index(count));
    grant = output(UInt.of(count));
    granted = output(UInt.index(count));
    places = output(Vec.of(count, UInt.upTo(count)));

    List<Bool> fromFirst = requests.rotateRight(first).toBools();
    UInt chosen = pack(Vec.from(OneHot.first(fromFirst))).reverse().rotateLeft(first);
    grant.set(chosen);
    granted.set(OneHot.index(chosen.toBools()));
    any.set(BalancedTree.reduce(fromFirst, Bool::or));

    List<UInt> ones = requests.toBools().stream().map(Bool::asUInt).toList();
    List<UInt> below = PrefixScan.exclusive(ones, UInt.literal(0), UInt::plus);
    connect(places, Vec.from(below));
  }
}
