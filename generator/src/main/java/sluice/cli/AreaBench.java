package sluice.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import sluice.bench.area.AreaUnit;
import sluice.bench.area.AreaUnits;
import sluice.bench.area.PeerFigures;
import sluice.synthesis.CellLibrary;
import sluice.synthesis.GateFigures;
import sluice.synthesis.GateSynthesis;

/** {@code bench area}: what numeric units take in gates, beside those of other projects. */
final class AreaBench implements Bench {
  static final String UNIT = "unit";
  static final String PARAMETERS = "parameters";
  static final String AREA = "area_osu018";
  static final String DELAY = "delay_ps";
  static final String DELAY_IS = "delay_is";
  static final String FLOPS = "flops";
  static final String TRANSISTORS = "cmos_transistors";
  static final String AREA_PER_OPERATION = "area_per_operation";
  static final String PEERS = "peers";
  static final String PEER = "peer";
  static final String RATIO = "_ratio";

  private final Map<String, AreaUnit> known = new LinkedHashMap<>();
  private final PeerFigures peers = PeerFigures.read();

  @Option(
      names = "--unit",
      split = ",",
      paramLabel = "NAME",
      description = "Only these units, and those they are compared with. Default: all.")
  private List<String> chosen = new ArrayList<>();

  AreaBench() {
    AreaUnits.all().forEach(unit -> known.put(unit.name(), unit));
  }

  @Override
  public String name() {
    return "area";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Area and delay of numeric units in gates, beside units of other projects.",
        "The emitted Verilog of each unit goes through Yosys (synth -flatten), which maps it by abc"
            + " to the cells of osu018. Delay: of a combinational unit (path), the longest path as abc"
            + " times it after sizing; of one with registers (period), the least period of the clock"
            + " as OpenSTA finds it, from register or input to register or output, inputs and"
            + " outputs at the clock's edge. Exact units are mapped for a clock of 4.6 ns, which lets"
            + " what is faster be smaller; all others for the shortest path. Transistors are Yosys' estimate of a second run without"
            + " a library. Flags of floating-point units are left out. A ratio is ours by the"
            + " peer's. osu018 is a process of 180 nm: compare, and ignore 5 to 10 %, which is"
            + " noise of sizing. Needs Yosys, OpenSTA and qflow-tech-osu018 (Debian's names).");
  }

  @Override
  public List<BenchRow> run() throws IOException {
    GateSynthesis synthesis = new GateSynthesis(CellLibrary.OSU018);
    Map<AreaUnit, GateFigures> measured = new LinkedHashMap<>();
    for (AreaUnit unit : units()) {
      measured.put(unit, synthesis.measure(unit.circuit().get(), unit.stage()));
    }
    List<BenchRow> rows = new ArrayList<>();
    measured.forEach(
        (unit, figures) -> rows.add(row(unit, figures).with(PEERS, beside(unit, measured))));
    return rows;
  }

  @Override
  public String table(List<BenchRow> rows) {
    return AreaTable.of(rows);
  }

  private List<AreaUnit> units() {
    if (chosen.isEmpty()) {
      return List.copyOf(known.values());
    }
    Set<AreaUnit> units = new LinkedHashSet<>();
    for (String name : chosen) {
      if (!known.containsKey(name)) {
        throw new UserError(
            "--unit: %s; allowed: %s".formatted(name, String.join(", ", known.keySet())));
      }
      units.add(known.get(name));
      known.get(name).beside().forEach(other -> units.add(known.get(other)));
    }
    return List.copyOf(units);
  }

  private static BenchRow row(AreaUnit unit, GateFigures figures) {
    return new BenchRow()
        .with(UNIT, unit.name())
        .with(PARAMETERS, unit.parameters())
        .with(AREA, figures.area())
        .with(DELAY, figures.delayPicoseconds())
        .with(DELAY_IS, figures.clocked() ? "period" : "path")
        .with(FLOPS, figures.flops())
        .with(TRANSISTORS, figures.transistors())
        .with("operations", unit.operations())
        .with(AREA_PER_OPERATION, perOperation(unit, figures));
  }

  private static double perOperation(AreaUnit unit, GateFigures figures) {
    return figures.area() / unit.operations();
  }

  /** Figures of others, as far as they are known, and ours divided by theirs. */
  private List<BenchRow> beside(AreaUnit unit, Map<AreaUnit, GateFigures> measured) {
    GateFigures ours = measured.get(unit);
    List<BenchRow> rows = new ArrayList<>();
    for (PeerFigures.Figures figures : peers.of(unit.name())) {
      BenchRow peer = new BenchRow().with(PEER, figures.peer());
      if (unit.operations() > 1) {
        compare(peer, AREA_PER_OPERATION, perOperation(unit, ours), figures.area());
        rows.add(peer);
        continue;
      }
      compare(peer, AREA, ours.area(), figures.area());
      compare(peer, DELAY, ours.delayPicoseconds(), figures.delay());
      compare(peer, TRANSISTORS, ours.transistors(), figures.transistors());
      rows.add(peer);
    }
    for (String name : unit.beside()) {
      AreaUnit other = known.get(name);
      BenchRow peer = new BenchRow().with(PEER, name);
      double theirs = perOperation(other, measured.get(other));
      compare(peer, AREA_PER_OPERATION, perOperation(unit, ours), theirs);
      rows.add(peer);
    }
    return rows;
  }

  private static void compare(BenchRow peer, String field, double ours, double theirs) {
    if (theirs > 0) {
      peer.with(field, theirs).with(field + RATIO, ours / theirs);
    }
  }
}
