package sluice.hdl;

import java.math.BigInteger;
import sluice.hdl.netlist.BlackBox.Behaviour;
import sluice.hdl.netlist.BlackBox.Values;
import sluice.hdl.netlist.Evaluation;

/** Gives a model, which knows the ports by their Java objects, to readers of the netlist. */
final class BoxBehaviour implements Behaviour {
  private final BoxModel model;

  BoxBehaviour(BoxModel model) {
    this.model = model;
  }

  @Override
  public void settle(Values values) {
    model.settle(new Ports(values));
  }

  @Override
  public void clockEdge(Values values) {
    model.clockEdge(new Ports(values));
  }

  private record Ports(Values values) implements BoxModel.Ports {

    @Override
    public long peek(Bits port) {
      if (port.width() > 64) {
        throw new IllegalArgumentException(port.width() + " bits: use peekBig");
      }
      return values.get(Probe.node(port)).longValue();
    }

    @Override
    public BigInteger peekBig(Bits port) {
      BigInteger bits = values.get(Probe.node(port));
      return port instanceof SInt ? Evaluation.signed(bits, port.width()) : bits;
    }

    @Override
    public void poke(Bits output, BigInteger value) {
      int width = output.width();
      boolean fits =
          output instanceof SInt
              ? value.bitLength() < width
              : value.signum() >= 0 && value.bitLength() <= width;
      if (!fits) {
        throw new IllegalArgumentException(value + " does not fit into " + width + " bits");
      }
      values.set(Probe.node(output), value.mod(BigInteger.ONE.shiftLeft(width)));
    }

    @Override
    public void poke(Bits output, long value) {
      poke(output, BigInteger.valueOf(value));
    }

    @Override
    public boolean inReset() {
      return values.inReset();
    }
  }
}
