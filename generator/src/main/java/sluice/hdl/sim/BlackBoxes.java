package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** The black boxes of a design, which do what their models say. */
final class BlackBoxes {
  private final List<Box> boxes = new ArrayList<>();
  private final JvmEngine engine;
  private final ResetSources resets;
  private boolean settling;
  private boolean changed;

  private final class Box implements BlackBox.Values {
    final String name;
    final BlackBox.Behaviour behaviour;
    final Set<Node> outputs = new HashSet<>();

    /** The clock of the top module that the box has. */
    final Clock clock;

    /** The number of its reset. */
    final int reset;

    Box(Instance instance, Clock clock, int reset) {
      this.name = instance.name();
      this.clock = clock;
      this.reset = reset;
      behaviour = instance.child().blackBox().behaviour();
      for (Port port : instance.child().ports()) {
        if (port.direction() == Port.Direction.OUTPUT) {
          outputs.add(port.node());
        }
      }
    }

    @Override
    public BigInteger get(Node port) {
      return engine.settledBits(port);
    }

    @Override
    public void set(Node port, BigInteger bits) {
      if (!outputs.contains(port)) {
        throw new IllegalArgumentException("the model of " + name + " sets what is no output");
      }
      if (!settling) {
        throw new IllegalStateException(
            "the model of " + name + " sets an output at the clock edge: settle sets outputs");
      }
      if (!get(port).equals(bits)) {
        engine.poke(port, bits);
        changed = true;
      }
    }

    @Override
    public boolean inReset() {
      return resets.active(engine.values())[reset];
    }
  }

  /**
   * @throws ElaborationException if a box has no model
   */
  BlackBoxes(Hierarchy hierarchy, JvmEngine engine, ResetSources resets) {
    this.engine = engine;
    this.resets = resets;
    for (Instance instance : hierarchy.boxes()) {
      if (instance.child().blackBox().behaviour() == null) {
        throw new ElaborationException(
            new Diagnostic(
                Diagnostic.Kind.BLACK_BOX,
                "black box " + instance.name() + " (" + instance.child().name() + ") has no model",
                instance.site(),
                instance.child().site(),
                "say what it does with model(...), or simulate its Verilog"));
      }
      Clock clock = instance.child().clock();
      boxes.add(new Box(instance, hierarchy.root(clock), resets.of(clock)));
    }
  }

  boolean isEmpty() {
    return boxes.isEmpty();
  }

  /**
   * Settles all outputs: values and boxes in turn until nothing changes. As there is no loop, every
   * round settles at least one box for good.
   *
   * @param logic computes the values between the boxes
   */
  void settle(Runnable logic) {
    settling = true;
    for (int round = 0; round <= boxes.size(); round++) {
      changed = false;
      for (Box box : boxes) {
        box.behaviour.settle(box);
      }
      if (!changed) {
        settling = false;
        return;
      }
      logic.run();
    }
    throw new IllegalStateException(
        "the outputs of black boxes do not settle: a registered one follows its inputs, or settle"
            + " changes the state");
  }

  /** A rising edge of a clock of the top module; the values are those before it. */
  void clockEdge(Clock clock) {
    settling = false;
    for (Box box : boxes) {
      if (box.clock == clock) {
        box.behaviour.clockEdge(box);
      }
    }
  }
}
