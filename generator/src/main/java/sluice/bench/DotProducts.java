package sluice.bench;

import java.util.List;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Vec;

/**
 * A chain of modules of 16 lanes, each the dot product of 64 signed numbers of 4 bits: a product
 * register, a registered tree of adders that grow, and a chain of accumulators of 32 bits. Operands
 * are handed on through registers. Each module adds a constant: one of its own, so that none equals
 * another, or the same for all, so that all are equal. 2,049 operations and 2,050 register objects
 * a module.
 */
public final class DotProducts extends Module {
  /** Operators of one module: products, sums of the trees, and accumulators with a constant. */
  public static final int OPERATIONS = 2049;

  private static final int LANES = 16;
  private static final int PRODUCTS = DotLane.PRODUCTS;
  private static final int OPERAND_BITS = DotLane.OPERAND_BITS;
  private static final int SUM_BITS = 32;

  /** One link of the chain. */
  private static final class Link extends Module {
    final Vec<SInt> activations = input(Vec.of(PRODUCTS, SInt.of(OPERAND_BITS)));
    final Vec<SInt> weights = input(Vec.of(PRODUCTS * LANES, SInt.of(OPERAND_BITS)));
    final SInt sumIn = input(SInt.of(SUM_BITS));
    final Vec<SInt> activationsOut = output(Vec.of(PRODUCTS, SInt.of(OPERAND_BITS)));
    final Vec<SInt> weightsOut = output(Vec.of(PRODUCTS * LANES, SInt.of(OPERAND_BITS)));
    final SInt sumOut = output(SInt.of(SUM_BITS));

    Link(int constant) {
      super("dot16_" + constant);
      describe("16 lanes of 64 products of 4 bits, and the constant " + constant + ".");
      SInt sum = sumIn.plusWrap(SInt.literal(constant, SUM_BITS));
      for (int lane = 0; lane < LANES; lane++) {
        List<SInt> ofLane = weights.elements().subList(lane * PRODUCTS, (lane + 1) * PRODUCTS);
        SInt dot = DotLane.of(this, activations.elements(), ofLane);
        SInt accumulated = sum.plusWrap(dot.extend(SUM_BITS));
        sum = delayed(accumulated);
      }
      sumOut.set(sum);
      connect(activationsOut, delayed(activations));
      connect(weightsOut, delayed(weights));
    }
  }

  private final Vec<SInt> activations = input(Vec.of(PRODUCTS, SInt.of(OPERAND_BITS)));
  private final Vec<SInt> weights = input(Vec.of(PRODUCTS * LANES, SInt.of(OPERAND_BITS)));
  private final SInt sum = output(SInt.of(SUM_BITS));

  /**
   * @param links modules of the chain, at least 1; none equals another
   */
  public DotProducts(int links) {
    this(links, false);
  }

  /**
   * @param links modules of the chain, at least 1
   * @param equal whether all modules are equal
   */
  public DotProducts(int links, boolean equal) {
    super("dot_products");
    describe("A chain of " + links + (equal ? " equal" : "") + " modules of dot products.");
    Vec<SInt> currentActivations = activations;
    Vec<SInt> currentWeights = weights;
    SInt currentSum = SInt.literal(0, SUM_BITS);
    for (int i = 0; i < links; i++) {
      Link link = instance(new Link(equal ? 0 : i));
      connect(link.activations, currentActivations);
      connect(link.weights, currentWeights);
      link.sumIn.set(currentSum);
      currentActivations = link.activationsOut;
      currentWeights = link.weightsOut;
      currentSum = link.sumOut;
    }
    sum.set(currentSum);
  }
}
