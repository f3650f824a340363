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
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Hardware is named after the Java variables that hold it. */
class NamingTest {

  private static Netlist netlist(Module module) {
    return Elaborator.elaborate(module).top();
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
}
