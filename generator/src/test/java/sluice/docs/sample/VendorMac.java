package sluice.docs.sample;

import java.math.BigInteger;
import sluice.hdl.BlackBox;
import sluice.hdl.BoxModel;
import sluice.hdl.SInt;

/** A multiplier with accumulator that a vendor delivers as Verilog. */
public final class VendorMac extends BlackBox {
  public final SInt a;
  public final SInt b;
  public final SInt product;
  public final SInt sum;

  /**
   * @param width bits of a factor
   * @param start the sum after reset
   */
  public VendorMac(int width, int start) {
    super("VENDOR_MAC");
    parameter("WIDTH", width);
    parameter("START", BigInteger.valueOf(start), 2 * width);
    parameter("STYLE", "fast");
    clock("CLK");
    resetHigh("RST");
    a = input(SInt.of(width), "A");
    b = input(SInt.of(width), "B");
    product = output(SInt.of(2 * width), "P");
    sum = registered(output(SInt.of(2 * width), "S"));

    model(
        new BoxModel() {
          private long total;

          @Override
          public void settle(Ports ports) {
            ports.poke(product, ports.peekBig(a).multiply(ports.peekBig(b)));
            ports.poke(sum, total);
          }

          @Override
          public void clockEdge(Ports ports) {
            long next = total + ports.peekBig(product).longValue();
            int unused = 64 - sum.width();
            total = ports.inReset() ? start : next << unused >> unused;
          }
        });
  }
}
