package sluice.accel.scan;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.numeric.SignedAdderTree;

/**
 * The dot product of one query head's codes and one key record. A pipeline that stalls as a whole.
 */
final class CodeDot extends Module {

  /** The head's query codes. */
  final Vec<SInt> codes;

  /** A key record: code i at bits [i * kb ..). */
  final UInt record;

  /** Moves every stage on. */
  final Bool advance;

  /** The dot product, {@link #latency} advances after its record. */
  final SInt dot;

  CodeDot(AcceleratorConfig config) {
    int h = config.heavyChannels();
    int keyBits = config.keyBits();
    SignalTypes types = new SignalTypes(config);
    describe(
        """
        Dot product of %d query codes of %d bits and key codes of %d bits.
        Latency: %d advances."""
            .formatted(h, config.queryBits(), keyBits, latency(config)));
    codes = input(Vec.of(h, types.queryCode()));
    record = input(UInt.of(config.recordBits()));
    advance = input(Bool.of());
    dot = output(types.predicted());

    List<SInt> products = new ArrayList<>();
    for (int i = 0; i < h; i++) {
      SInt keyCode = record.bits((i + 1) * keyBits - 1, i * keyBits).toSInt();
      products.add(codes.get(i).times(keyCode).named("product_" + i));
    }
    SignedAdderTree tree = instance(new SignedAdderTree(h, products.get(0).width()));
    tree.enable.set(advance);
    connect(tree.terms, Vec.from(products));
    dot.set(tree.sum.resize(dot.width()));
  }

  /** Advances from a record to its dot product. */
  static int latency(AcceleratorConfig config) {
    return SignedAdderTree.latency(config.heavyChannels());
  }
}
