package sluice.hdl.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import sluice.hdl.netlist.*;
import sluice.hdl.verilog.ResetStyle;

public final class Fuzz {
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[0]);
    int n = Integer.parseInt(args[1]);
    int cycles = Integer.parseInt(args[2]);
    List<Bench> benches = new ArrayList<>();
    long t0 = System.nanoTime();
    int nodes = 0;
    for (long seed = first; seed < first + n; seed++) {
      Design d = RandomDesign.of(seed);
      for (Netlist m : d.modules()) nodes += m.nodes().size();
      Stimulus s = Stimulus.random(d, seed, cycles, true);
      JvmRun ref = JvmRun.of(d, s, 1);
      JvmRun other = JvmRun.of(RandomDesign.of(seed), s, 2);
      if (ref.firstDifference(other) >= 0) System.out.println("seed " + seed + " unknown at " + ref.firstDifference(other));
      for (Variant v : Variant.all()) {
        JvmRun run = JvmRun.of(v.apply(RandomDesign.of(seed)), s, 3);
        if (ref.firstDifference(run) >= 0 || !ref.covered().equals(run.covered())) System.out.println("seed " + seed + " JVM " + v + " " + ref.firstDifference(run));
      }
      int k = 0;
      for (Variant v : List.of(Variant.NONE, Variant.STANDARD, Variant.SINGLE.get((int) (seed % 5)))) {
        benches.add(Bench.of("d" + seed + "abc".charAt(k++), v.apply(RandomDesign.of(seed)), ResetStyle.SYNC_LOW, s, ref));
      }
    }
    System.out.println("nodes " + nodes / n + " jvm " + (System.nanoTime() - t0) / 1e9);
    for (ExternalSimulator sim : ExternalSimulator.values()) {
      if (args.length > 3 && !args[3].contains(sim.name())) continue;
      t0 = System.nanoTime();
      Path folder = Files.createTempDirectory("fuzz");
      System.out.println(folder);
      sim.run(benches, folder).forEach((b, d) -> System.out.println(b.id() + " " + d));
      System.out.println(sim.label() + " " + (System.nanoTime() - t0) / 1e9);
    }
  }
}
