package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Hardware is named after the Java variables that hold it. */
class NamingTest {

  private static Netlist netlist(Module module) {
    return Elaborator.forSimulation(module).top();
  }

  private static List<String> operations(Module module) {
    return netlist(module).nodes().stream()
        .filter(node -> node instanceof Node.Operation)
        .map(Node::name)
        .toList();
  }

  private static final class Fields extends Module {
    record Header(UInt length, Bool isLast) implements Bundle {}

    private final UInt maxScore;
    private final Stream<Header> headers;
    private final Vec<UInt> lanes;
    private final List<Bool> flags = new ArrayList<>();
    private final UInt seen;
    private final Memory<UInt> scoreBuffer;

    Fields() {
      maxScore = input(UInt.of(8));
      headers = input(Stream.of(new Header(UInt.of(8), Bool.of())));
      lanes = output(Vec.of(2, UInt.of(8)));
      flags.add(input(Bool.of()));
      flags.add(input(Bool.of()));
      seen = register(UInt.of(8)).reset(0);
      scoreBuffer = memory(UInt.of(8), 16);
      UInt word = scoreBuffer.read(maxScore.truncate(4), flags.get(0));
      scoreBuffer.write(flags.get(1), maxScore.truncate(4), headers.payload().length());
      seen.set(maxScore);
      lanes.get(0).set(seen);
      lanes.get(1).set(word);
      headers.ready().set(headers.payload().isLast());
    }
  }

  @Test
  void portsRegistersAndMemoriesAreNamedAfterTheirFields() {
    Netlist netlist = netlist(new Fields());
    assertThat(netlist.ports().stream().map(Port::name))
        .containsExactly(
            "max_score",
            "headers_valid",
            "headers_ready",
            "headers_length",
            "headers_is_last",
            "lanes_0",
            "lanes_1",
            "flags_0",
            "flags_1");
    assertThat(netlist.nodes().stream().filter(n -> n instanceof Node.Register).map(Node::name))
        .containsExactly("seen");
    assertThat(netlist.memories().stream().map(MemoryBlock::name)).containsExactly("score_buffer");
    assertThat(netlist.nodes().stream().filter(n -> n instanceof Node.MemoryRead).map(Node::name))
        .containsExactly("word");
  }

  /** Values in local variables, in the places where Java has them. */
  private static final class Locals extends Module {
    Locals() {
      UInt a = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt inverted = a.not();
      UInt lowHalf = inverted.and(a.xor(inverted));
      UInt total = sum(lowHalf, a);
      UInt result = wire(UInt.of(8));
      when(
              a.bit(0),
              () -> {
                UInt doubled = total.plusWrap(total);
                result.set(doubled);
              })
          .otherwise(() -> result.set(total));
      out.set(result);
    }

    private static UInt sum(UInt left, UInt right) {
      UInt mixed = left.or(right);
      return mixed.plusWrap(1);
    }
  }

  @Test
  void valuesAreNamedAfterLocalVariables() {
    assertThat(operations(new Locals()))
        .startsWith(
            "inverted", // the local variable
            null, // a.xor(inverted) is not held
            "low_half",
            "mixed", // in the helper
            "total", // the helper's result is named by its caller
            "doubled"); // in a lambda
  }

  private static final class Loop extends Module {
    Loop() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt running = in;
      List<UInt> values = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        UInt stage = running.plusWrap(i + 1);
        running = stage.xor(in);
        values.add(in.minusWrap(i + 1));
      }
      UInt[] array = {in.not()};
      for (UInt value : values) {
        running = running.and(value);
      }
      out.set(running.or(array[0]));
    }
  }

  @Test
  void whatALoopOrAListOrAnArrayHoldsHasAnIndex() {
    assertThat(operations(new Loop()))
        .containsExactly(
            "stage_0",
            "running_0",
            "values_0",
            "stage_1",
            "running_1",
            "values_1",
            "stage_2",
            "running_2",
            "values_2",
            "array_0",
            "running_3",
            "running_4",
            "running_5",
            null);
  }

  private static final class Folded extends Module {
    Folded() {
      UInt in = input(UInt.of(4));
      Bool out = output(Bool.of());
      List<Bool> bits = in.toBools();
      Bool all = bits.stream().reduce(Bool::and).orElseThrow();
      Bool any = bits.stream().map(Bool::not).reduce(Bool.literal(false), (a, b) -> a.or(b));
      out.set(all.xor(any));
    }
  }

  @Test
  void variablesOfTheJavaLibraryGiveNoNamesAndNoLines() {
    Netlist netlist = netlist(new Folded());
    assertThat(netlist.nodes().stream().map(node -> node.site().file()))
        .containsOnly("NamingTest.java");
    assertThat(operations(new Folded())).doesNotContain("state", "result", "value", "acc");
  }

  private static final class Stage extends Module {
    private final UInt in;
    private final UInt out;

    Stage() {
      in = input(UInt.of(8));
      out = output(UInt.of(8));
      out.set(in.not());
    }
  }

  private static final class Parent extends Module {
    private final Stage kept;

    Parent() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      kept = instance(new Stage());
      Stage local = instance(new Stage());
      kept.in.set(in);
      local.in.set(kept.out);
      Stage last = after(local);
      out.set(last.out);
    }

    private Stage after(Stage before) {
      Stage next = instance(new Stage());
      next.in.set(before.out);
      return next;
    }
  }

  @Test
  void childrenAreNamedAfterTheVariablesThatHoldThem() {
    assertThat(netlist(new Parent()).instances().stream().map(Instance::name))
        .containsExactly("kept", "local", "last");
  }

  /** Results of helpers, of choices in Java, and of what Java's library and the language call. */
  private static final class Passed extends Module {
    record Sample(UInt value, Bool last) implements Bundle {}

    Passed() {
      UInt a = input(UInt.of(8));
      UInt b = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt total = sum(a, b);
      UInt unnamed = a.or(sum(a, a));
      UInt either = out.width() > 4 ? a.and(b) : a.xor(b);
      Sample sample = new Sample(a.minusWrap(b), a.eq(b));
      Sample made = sample(a, b);
      List<UInt> inverted = List.of(a, b).stream().map(UInt::not).toList();
      List<UInt> pair = List.of(a.plusWrap(1), b.plusWrap(1));
      Vec<UInt> lanes = Vec.generate(2, i -> a.plusWrap(i + 2));
      UInt reduced = BalancedTree.reduce(List.of(a, b, total, unnamed), UInt::and);
      Sample chosen = mux(sample.last(), sample, made);
      out.set(
          either
              .xor(chosen.value())
              .xor(inverted.get(0))
              .xor(inverted.get(1))
              .xor(pair.get(0))
              .xor(lanes.get(1))
              .xor(reduced));
    }

    private static UInt sum(UInt left, UInt right) {
      UInt sum = left.plusWrap(right);
      return sum;
    }

    private static Sample sample(UInt left, UInt right) {
      return new Sample(left.shiftLeft(right, 8), left.ne(right));
    }
  }

  @Test
  void aResultIsNamedByTheOutermostVariableThatTakesIt() {
    assertThat(operations(new Passed()))
        .containsSubsequence(
            "total",
            "sum", // no variable of the caller takes it
            "unnamed",
            "either",
            "sample_value",
            "sample_last",
            "made_value",
            "made_last",
            "inverted_0",
            "inverted_1",
            "pair_0",
            "pair_1",
            "lanes_0",
            "lanes_1")
        .contains("reduced", "chosen_value", "chosen_last")
        .doesNotContain("next", "left", "right");
  }

  private enum Phase {
    IDLE,
    BUSY
  }

  private static final class Machine extends Module {
    Machine() {
      Bool start = input(Bool.of());
      Stream<UInt> in = input(Stream.of(UInt.of(4)));
      Stream<UInt> out = output(Stream.of(UInt.of(4)));
      StateRegister<Phase> phase = stateRegister(Phase.class, Phase.IDLE);
      var cases = phase.on(Phase.IDLE, () -> when(start, () -> phase.set(Phase.BUSY)));
      cases = cases.on(Phase.BUSY, () -> when(in.fires(), () -> phase.set(Phase.IDLE)));
      Stream<UInt> gated = in.holdUnless(phase.is(Phase.BUSY));
      Stream<UInt> odd = gated.filter(value -> value.bit(0));
      Stream<UInt> next = odd.map(value -> value.plusWrap(1));
      next.to(out);
    }
  }

  @Test
  void aCallOfTheLanguageThatGivesNoSignalPassesNoNameOn() {
    Netlist netlist = netlist(new Machine());
    assertThat(netlist.nodes().stream().filter(node -> node.name() != null).map(Node::name))
        .containsExactlyInAnyOrder(
            "start",
            "in_valid",
            "in_ready",
            "in_data",
            "out_valid",
            "out_ready",
            "out_data",
            "phase",
            "gated_valid",
            "gated_ready",
            "odd_valid",
            "odd_ready",
            "next_data");
  }
}
