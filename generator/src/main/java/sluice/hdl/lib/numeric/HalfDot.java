package sluice.hdl.lib.numeric;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The exact dot product of two vectors of halves, as an integer in units of 2^-48. NaN and infinity
 * count as 0. Takes new vectors in every cycle with {@code enable}; the sum follows {@link
 * #latency} such cycles later.
 */
public final class HalfDot extends Module {

  /** All registers move on when high. */
  public final Bool enable;

  /** A vector of halves, 16 bits each. */
  public final Vec<UInt> left;

  /** The other vector of halves. */
  public final Vec<UInt> right;

  /**
   * Their dot product in units of 2^-48; as wide as a product and the levels of the tree of adders.
   */
  public final SInt sum;

  private final List<HalfProduct> multipliers = new ArrayList<>();

  /**
   * @param elements of each vector, at least 2
   */
  public HalfDot(int elements) {
    super("half_dot" + elements);
    Parameter.of("HalfDot", "elements", elements).atLeast(2);
    describe(
        ("Exact dot product of two vectors of %d halves in units of 2^-48;"
                + " NaN and infinity count as 0.\nLatency: %d cycles.")
            .formatted(elements, latency(elements)));
    enable = input(Bool.of());
    left = input(Vec.of(elements, UInt.of(16)));
    right = input(Vec.of(elements, UInt.of(16)));

    List<SInt> terms = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      HalfProduct multiplier = instance(new HalfProduct());
      multipliers.add(multiplier);
      multiplier.enable.set(enable);
      multiplier.left.set(left.get(i));
      multiplier.right.set(right.get(i));
      terms.add(multiplier.product);
    }
    SignedAdderTree tree = instance(new SignedAdderTree(elements, HalfProduct.BITS));
    tree.enable.set(enable);
    connect(tree.terms, Vec.from(terms));
    sum = output(SInt.of(tree.sum.width()));
    sum.set(tree.sum);
  }

  /** Cycles from vectors to their sum. */
  public static int latency(int elements) {
    return HalfProduct.LATENCY + SignedAdderTree.latency(elements);
  }
}
