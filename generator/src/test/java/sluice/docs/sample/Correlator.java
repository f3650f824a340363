package sluice.docs.sample;

import sluice.hdl.Module;
import sluice.hdl.SInt;

/** The sum of products of two sequences. */
public final class Correlator extends Module {
  public final SInt left;
  public final SInt right;
  public final SInt sum;

  public Correlator(int width) {
    left = input(SInt.of(width));
    right = input(SInt.of(width));
    sum = output(SInt.of(2 * width));

    VendorMac mac = instance(new VendorMac(width, -3));
    mac.a.set(left);
    SInt rightBefore = delayed(right);
    mac.b.set(rightBefore);
    sum.set(mac.sum.plusWrap(mac.product));
  }
}
