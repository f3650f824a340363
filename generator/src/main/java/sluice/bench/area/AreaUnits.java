package sluice.bench.area;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import sluice.accel.scan.PredictorLane;
import sluice.bench.DotLane;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.hdl.Depth;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.Arithmetic;
import sluice.hdl.lib.numeric.DotProduct;
import sluice.hdl.lib.numeric.ExactAccumulator;
import sluice.hdl.lib.numeric.FloatAdd;
import sluice.hdl.lib.numeric.FloatCompare;
import sluice.hdl.lib.numeric.FloatConvert;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.lib.numeric.FloatMultiply;
import sluice.hdl.lib.numeric.FloatMultiplyAdd;
import sluice.hdl.lib.numeric.FloatResult;
import sluice.hdl.timing.CellDelays;

/**
 * All units that are measured. One more is one more line in {@link #all}; what a peer's takes goes
 * into {@code peers.yaml} under its name. Floating-point units are combinational and without flags:
 * logic that only flags need is left out.
 */
public final class AreaUnits {
  private static final int INTEGER_BITS = 32;
  private static final int WEIGHT_BITS = 17;
  private static final int SUM_BITS = 74;

  /** A clock of 4.6 ns (1 GHz in a library of 45 nm), less what flip-flops and their load take. */
  private static final int STAGE = 3950;

  /** The same as the language estimates it, to which a long adder is slower than it is. */
  private static final Depth PLANNED_STAGE = Depth.within(4400, CellDelays.osu018());

  private static final String DOT_LANE = "dot-lane";
  private static final AcceleratorConfig REFERENCE = Presets.get("reference");

  private AreaUnits() {}

  /** The units, in the order in which they are shown. */
  public static List<AreaUnit> all() {
    List<AreaUnit> units = new ArrayList<>();
    for (FloatFormat format : List.of(FloatFormat.FP16, FloatFormat.FP32, FloatFormat.BF16)) {
      units.addAll(arithmetic(format));
    }
    units.add(
        function(
            "fp16-compare",
            "less, equal and unordered",
            List.of(FloatFormat.FP16.bits(), FloatFormat.FP16.bits()),
            AreaUnits::compare));
    units.add(dotProduct());
    units.add(accumulator());
    units.add(conversion(FloatFormat.FP16, FloatFormat.FP32));
    units.add(conversion(FloatFormat.FP32, FloatFormat.FP16));
    units.add(
        function(
            "int32-to-fp16",
            "signed, to nearest even",
            List.of(INTEGER_BITS),
            in -> FloatConvert.fromSigned(FloatFormat.FP16, in.get(0).asSInt()).value()));
    units.add(
        function(
            "fp16-to-int32",
            "signed, to nearest even, saturated",
            List.of(FloatFormat.FP16.bits()),
            in -> FloatConvert.toSigned(FloatFormat.FP16, in.get(0), INTEGER_BITS).value()));
    units.add(
        new AreaUnit(
            "predictor-lane",
            "%d channels, INT%d x INT%d, pipelined"
                .formatted(REFERENCE.heavyChannels(), REFERENCE.keyBits(), REFERENCE.queryBits()),
            REFERENCE.heavyChannels(),
            0,
            () -> new PredictorLane(REFERENCE),
            List.of(DOT_LANE)));
    units.add(
        new AreaUnit(
            DOT_LANE,
            DotLane.PRODUCTS + " products INT4 x INT4, a register at each level",
            DotLane.PRODUCTS,
            0,
            DotLane::new,
            List.of()));
    return units;
  }

  private static List<AreaUnit> arithmetic(FloatFormat format) {
    int bits = format.bits();
    String rounding = "%d bits, to nearest even".formatted(bits);
    return List.of(
        function(
            format.name() + "-add",
            rounding,
            List.of(bits, bits),
            in -> FloatAdd.add(format, in.get(0), in.get(1)).value()),
        function(
            format.name() + "-multiply",
            rounding,
            List.of(bits, bits),
            in -> FloatMultiply.of(format, in.get(0), in.get(1)).value()),
        function(
            format.name() + "-multiply-add",
            rounding,
            List.of(bits, bits, bits),
            in -> FloatMultiplyAdd.of(format, in.get(0), in.get(1), in.get(2)).value()));
  }

  private static AreaUnit dotProduct() {
    int elements = REFERENCE.elementsPerBeat();
    return new AreaUnit(
        "fp16-exact-dot",
        "%d products a cycle, vectors of %d, pipelined".formatted(elements, REFERENCE.headDim()),
        elements,
        STAGE,
        () ->
            new DotProduct(
                FloatFormat.FP16,
                elements,
                REFERENCE.beatsPerVector(),
                Arithmetic.GATES,
                PLANNED_STAGE),
        List.of("fp16-multiply-add"));
  }

  private static AreaUnit accumulator() {
    return new AreaUnit(
        "fp16-exact-accumulate",
        "weights of %d bits, a sum of %d bits, pipelined".formatted(WEIGHT_BITS, SUM_BITS),
        1,
        STAGE,
        () ->
            new ExactAccumulator(
                FloatFormat.FP16, WEIGHT_BITS, SUM_BITS, 1, Arithmetic.GATES, PLANNED_STAGE),
        List.of("fp16-multiply-add"));
  }

  private static AreaUnit conversion(FloatFormat from, FloatFormat to) {
    return function(
        from.name() + "-to-" + to.name(),
        "to nearest even",
        List.of(from.bits()),
        in -> {
          FloatResult converted = FloatConvert.convert(from, to, in.get(0));
          return converted.value();
        });
  }

  private static UInt compare(List<UInt> operands) {
    FloatCompare compared = FloatCompare.of(FloatFormat.FP16, operands.get(0), operands.get(1));
    return compared
        .less()
        .asUInt()
        .concat(compared.equal().asUInt())
        .concat(compared.unordered().asUInt());
  }

  private static AreaUnit function(
      String name, String parameters, List<Integer> widths, Function<List<UInt>, UInt> logic) {
    String module = name.replace('-', '_').toLowerCase(Locale.ROOT);
    return new AreaUnit(
        name, parameters, () -> new CombinationalUnit(module, parameters, widths, logic));
  }
}
