package sluice.hdl.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Policy;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.sim.Simulator;
import sluice.hdl.verilog.VerilogWriter;

class DeadLogicTest {

  /** Counts, and has an output. */
  private static final class Counting extends Module {
    final UInt count = output(UInt.of(4));

    Counting() {
      UInt value = register(UInt.of(4)).reset(0);
      value.set(value.plusWrap(1));
      count.set(value);
    }
  }

  /** Only looks. */
  private static final class Watching extends Module {
    final Bool seen = input(Bool.of());
  }

  /** Parts that reach the output, and parts that do not. */
  private static final class Parts extends Module {
    final UInt a = input(UInt.of(4));
    final UInt ignored = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Parts() {
      UInt kept = register(UInt.of(4)).reset(0);
      kept.set(a);
      UInt circle = register(UInt.of(4)).reset(0);
      UInt turned = circle.plusWrap(a);
      circle.set(turned);
      Memory<UInt> log = memory(UInt.of(4), 16);
      log.write(a.bit(0), a, kept);
      UInt logged = log.read(a, a.bit(1));
      Counting idle = instance(new Counting());
      UInt ahead = idle.count.plusWrap(1);
      Watching watcher = instance(new Watching());
      Bool watched = a.eq(3);
      watcher.seen.set(watched);
      out.set(kept);
    }
  }

  private static Design design(Module module) {
    return Elaborator.elaborate(module, Policy.quiet());
  }

  private static List<String> names(Netlist netlist) {
    List<String> names = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node.name() != null) {
        names.add(node.name());
      }
    }
    return names;
  }

  @Test
  void onlyWhatReachesAnOutputOrAChildWithAnEffectStays() {
    Netlist top = design(new Parts()).top();

    assertThat(names(top)).contains("kept", "watched").doesNotContain("circle", "turned", "ahead");
    assertThat(top.memories()).isEmpty();
    assertThat(top.instances()).extracting(i -> i.name()).containsExactly("watcher");
  }

  @Test
  void portsStay() {
    assertThat(design(new Parts()).top().ports())
        .extracting(p -> p.name())
        .containsExactly("a", "ignored", "out");
  }

  @Test
  void aModuleWithoutInstancesIsNotWritten() {
    assertThat(new VerilogWriter("").write(design(new Parts())).keySet())
        .containsExactly("watching.v", "parts.v");
  }

  @Test
  void theSimulatorStillSeesWhatIsLeftOut() {
    Parts parts = new Parts();
    design(parts);
    Simulator simulator = Simulator.of(parts);
    simulator.reset();
    simulator.poke(parts.a, 3);
    simulator.step(2);

    assertThat(simulator.peek("circle")).isEqualTo(6);
    assertThat(simulator.peek("idle.count")).isEqualTo(2);
  }

  @Test
  void warningsSpeakOfWhatIsLeftOut() {
    List<String> told = new ArrayList<>();
    Parts parts = new Parts();
    Policy policy = Policy.standard().tell(warning -> told.add(warning.toString()));
    Elaborator.elaborate(parts, policy);
    List<String> again = new ArrayList<>();
    Elaborator.elaborate(parts, Policy.standard().tell(warning -> again.add(warning.toString())));

    assertThat(told).anyMatch(w -> w.contains("register circle of parts reaches no output"));
    assertThat(again).isEqualTo(told);
  }

  /** Nothing is known of what it does. */
  private static final class Box extends BlackBox {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Box() {
      super("BOX");
    }
  }

  /** A box that no output depends on, and a module around such a one. */
  private static final class Around extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Around(boolean nested) {
      super(nested ? "outer" : "inner");
      UInt turned = in.not();
      if (nested) {
        instance(new Around(false)).in.set(turned);
      } else {
        instance(new Box()).in.set(turned);
      }
      out.set(in);
    }
  }

  @Test
  void blackBoxesStayWithWhatFeedsThem() {
    Design design = design(new Around(true));

    assertThat(design.modules()).extracting(Netlist::name).containsExactly("BOX", "inner", "outer");
    assertThat(design.modules().subList(1, 3)).allMatch(n -> names(n).contains("turned"));
  }

  private static final class Said extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Said() {
      UInt before = delayed(in);
      UInt unused = delayed(before);
      Memory<UInt> past = memory(UInt.of(4), 16);
      past.write(in.bit(0), in, before);
      UInt found = past.read(in, in.bit(1));
      always(found.ge(before), "what is stored does not fall");
      out.set(in);
      assertThat(unused.width()).isEqualTo(4);
    }
  }

  @Test
  void whatAPropertySpeaksOfStays() {
    Netlist top = design(new Said()).top();

    assertThat(names(top)).contains("before", "found").doesNotContain("unused");
    assertThat(top.memories()).extracting(m -> m.name()).containsExactly("past");
    assertThat(top.properties()).extracting(p -> p.text()).hasSize(1);
  }
}
