package sluice.bench;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Vec;

/**
 * One lane of {@link DotProducts} on its own: the dot product of 64 signed numbers of 4 bits, with
 * a register after each product and after each sum of a tree of adders that grow. Latency: 7
 * cycles.
 */
public final class DotLane extends Module {
  /** Products of a lane. */
  public static final int PRODUCTS = 64;

  /** Bits of a number. */
  static final int OPERAND_BITS = 4;

  /** The lane between ports. */
  public DotLane() {
    super("dot_lane");
    describe("Dot product of " + PRODUCTS + " pairs of numbers of 4 bits. Latency: 7 cycles.");
    Vec<SInt> activations = input(Vec.of(PRODUCTS, SInt.of(OPERAND_BITS)), "activations");
    Vec<SInt> weights = input(Vec.of(PRODUCTS, SInt.of(OPERAND_BITS)), "weights");
    SInt sum = of(this, activations.elements(), weights.elements());
    SInt dot = output(SInt.of(sum.width()), "dot");
    dot.set(sum);
  }

  /** Products, and the registered tree that adds them. */
  static SInt of(Module module, List<SInt> activations, List<SInt> weights) {
    List<SInt> terms = new ArrayList<>();
    for (int i = 0; i < PRODUCTS; i++) {
      SInt product = activations.get(i).times(weights.get(i));
      SInt term = module.delayed(product);
      terms.add(term);
    }
    while (terms.size() > 1) {
      List<SInt> sums = new ArrayList<>();
      for (int i = 0; i < terms.size(); i += 2) {
        SInt pair = terms.get(i).plus(terms.get(i + 1));
        SInt sum = module.delayed(pair);
        sums.add(sum);
      }
      terms = sums;
    }
    return terms.get(0);
  }
}
