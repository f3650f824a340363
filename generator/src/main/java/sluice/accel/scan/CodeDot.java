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

/**
 * The dot product of one query head's codes and one key record. A pipeline that stalls as a whole;
 * a stage adds up to {@value #TERMS_PER_STAGE} terms.
 */
final class CodeDot extends Module {

  private static final int TERMS_PER_STAGE = 4;

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

    List<SInt> terms = new ArrayList<>();
    for (int i = 0; i < h; i++) {
      SInt keyCode = record.bits((i + 1) * keyBits - 1, i * keyBits).toSInt();
      terms.add(codes.get(i).times(keyCode).named("product_" + i));
    }
    for (int stage = 1; terms.size() > 1; stage++) {
      terms = addStage(terms, stage);
    }
    dot.set(terms.get(0));
  }

  /** Advances from a record to its dot product. */
  static int latency(AcceleratorConfig config) {
    int stages = 0;
    for (int terms = config.heavyChannels(); terms > 1; stages++) {
      terms = (terms + TERMS_PER_STAGE - 1) / TERMS_PER_STAGE;
    }
    return stages;
  }

  /** Registers that hold the sums of a few terms each. */
  private List<SInt> addStage(List<SInt> terms, int stage) {
    List<SInt> sums = new ArrayList<>();
    for (int from = 0; from < terms.size(); from += TERMS_PER_STAGE) {
      List<SInt> group = terms.subList(from, Math.min(from + TERMS_PER_STAGE, terms.size()));
      SInt sum = sum(group);
      SInt total = sum.width() > dot.width() ? sum.truncate(dot.width()) : sum;
      SInt held = register(total).named("sum_" + stage + "_" + from / TERMS_PER_STAGE);
      when(advance, () -> held.set(total));
      sums.add(held);
    }
    return sums;
  }

  /** A balanced sum, a bit wider with every level. */
  private static SInt sum(List<SInt> terms) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    int half = terms.size() / 2;
    return sum(terms.subList(0, half)).plus(sum(terms.subList(half, terms.size())));
  }
}
