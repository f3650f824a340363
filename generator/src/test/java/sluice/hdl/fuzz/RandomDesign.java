package sluice.hdl.fuzz;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Design;

/**
 * Random well-formed designs. One seed gives one design, built anew at each call.
 *
 * <p>There are all operators and kinds of nodes, widths from 1 to 200 bits, values with names of
 * all levels and without, registers of several clocks with resets of all kinds, state machines,
 * memories of all kinds, covered conditions, and children, of which some are equal.
 */
public final class RandomDesign {
  /** Modules below each other. */
  private static final int HIGHEST = 2;

  private final RandomModule.Rules rules;

  private RandomDesign(RandomModule.Rules rules) {
    this.rules = rules;
  }

  /**
   * A design whose outputs are known from some cycle on, whatever its state was at the start, if
   * its ports are driven as {@link Stimulus} does it.
   */
  public static Design of(long seed) {
    Draw draw = new Draw(seed);
    return new RandomDesign(new RandomModule.Rules(true, !draw.oneIn(4), false)).design(seed, draw);
  }

  /**
   * A design for simulators alone: every value is named, {@code n} and its number; registers may
   * have no reset value and memories no contents, and addresses may be beyond the last word.
   */
  public static Design ofNamedValues(long seed) {
    return new RandomDesign(new RandomModule.Rules(false, true, true)).design(seed, new Draw(seed));
  }

  private Design design(long seed, Draw draw) {
    int height = draw.of(0, 0, 1, 1, HIGHEST);
    return Design.of(module(seed, draw, height, "top").netlist());
  }

  /**
   * A module with its children.
   *
   * @param height most modules below each other in it
   */
  private RandomModule.Built module(long seed, Draw draw, int height, String name) {
    List<RandomModule.Built> children = new ArrayList<>();
    int kinds = height == 0 ? 0 : draw.below(3);
    for (int kind = 0; kind < kinds; kind++) {
      long childSeed = seed * 31 + kind + 1;
      // Netlists of one name are told apart by numbers.
      String childName = draw.coin() ? "child" : "child_" + kind;
      for (int copies = draw.oneIn(3) ? 2 : 1; copies > 0; copies--) {
        children.add(module(childSeed, new Draw(childSeed), height - 1, childName));
      }
    }
    return new RandomModule(name, draw, rules, height).build(children);
  }
}
