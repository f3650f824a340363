package sluice.hdl.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Policy;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.StreamPorts;
import sluice.hdl.sim.Simulator;

class ModuleDeduplicationTest {

  /** Adds, with one detail or another. */
  private static class Adder extends Module {
    final UInt in = input(UInt.of(8));
    final UInt out = output(UInt.of(8));

    Adder(String name) {
      super(name);
    }
  }

  private static Adder plain() {
    return new Adder("adder") {
      {
        UInt total = in.plusWrap(3);
        UInt held = register(UInt.of(8)).reset(1);
        held.set(total);
        out.set(held);
      }
    };
  }

  private static Adder adder(int constant, int reset) {
    Adder adder =
        new Adder("adder") {
          {
            UInt total = in.plusWrap(constant);
            UInt held = register(UInt.of(8)).reset(reset);
            held.set(total);
            out.set(held);
          }
        };
    return adder;
  }

  private static Adder storing(int depth) {
    return new Adder("storing") {
      {
        Memory<UInt> words = memory(UInt.of(8), depth);
        words.write(in.bit(0), in.truncate(UInt.index(depth).width()), in);
        out.set(words.read(in.truncate(UInt.index(depth).width()), in.bit(1)));
      }
    };
  }

  private static final class Nest extends Adder {
    Nest(Supplier<Adder> inner) {
      super("nest");
      Adder child = instance(inner.get());
      child.in.set(in);
      out.set(child.out);
    }
  }

  private static final class Pair extends Module {
    final UInt in = input(UInt.of(8));
    final UInt out = output(UInt.of(8));
    final Adder first;
    final Adder second;

    Pair(Adder one, Adder other) {
      super("pair");
      first = instance(one);
      second = instance(other);
      first.in.set(in);
      second.in.set(first.out);
      out.set(second.out);
    }
  }

  /** The modules of a pair of adders, after deduplication alone. */
  private static List<String> modules(Adder one, Adder other) {
    Design design =
        Elaborator.elaborate(
            new Pair(one, other), Policy.quiet(), List.of(new ModuleDeduplication()));
    return design.modules().stream().map(Netlist::name).toList();
  }

  @Test
  void equalModulesBecomeOneWhereverTheyAreWritten() {
    assertThat(modules(plain(), adder(3, 1))).containsExactly("adder", "pair");
  }

  @Test
  void bothInstancesAreOfTheModuleThatStays() {
    Netlist top = Elaborator.elaborate(new Pair(plain(), plain()), Policy.quiet()).top();
    Instance first = top.instances().get(0);
    Instance second = top.instances().get(1);

    assertThat(top.child(first)).isSameAs(top.child(second));
    assertThat(first.child()).isNotSameAs(second.child());
  }

  @Test
  void aDifferenceInAnyDetailKeepsModulesApart() {
    assertThat(modules(adder(3, 1), adder(4, 1))).hasSize(3);
    assertThat(modules(adder(3, 1), adder(3, 2))).hasSize(3);
    assertThat(modules(storing(16), storing(32))).hasSize(3);
    assertThat(modules(storing(16), storing(16))).hasSize(2);
  }

  private static Adder storing(UnaryOperator<Memory<UInt>> options) {
    return new Adder("storing") {
      {
        Memory<UInt> words = options.apply(memory(UInt.of(8), 16));
        words.write(in.bit(0), in.truncate(4), in);
        out.set(words.read(in.truncate(4), in.bit(1)));
      }
    };
  }

  @Test
  void memoriesDifferInLatencyContentsAndLanes() {
    assertThat(modules(storing(m -> m.contents(1, 2)), storing(m -> m.contents(1, 2)))).hasSize(2);
    assertThat(modules(storing(m -> m.contents(1, 2)), storing(m -> m.contents(1, 3)))).hasSize(3);
    assertThat(modules(storing(m -> m.latency(2)), storing(m -> m.latency(3)))).hasSize(3);
    assertThat(modules(storing(m -> m.maskedBy(4)), storing(m -> m.maskedBy(2)))).hasSize(3);
  }

  private static Adder shared(boolean mode) {
    return new Adder("shared") {
      {
        Memory<UInt> words = memory(UInt.of(8), 16);
        Bool first = in.bit(0);
        Bool second = in.bit(1);
        out.set(words.readWrite(in.truncate(4), in.bit(2), mode ? first : second, in));
      }
    };
  }

  private static Adder saying(String text, boolean first) {
    return new Adder("saying") {
      {
        Bool low = in.bit(0);
        Bool high = in.bit(7);
        out.set(in);
        always(first ? low : high, text);
      }
    };
  }

  private static final class Box extends BlackBox {
    final UInt in = input(UInt.of(8));
    final UInt out = output(UInt.of(8));

    Box(int level) {
      super("BOX");
      parameter("LEVEL", level);
      model(ports -> ports.poke(out, ports.peek(in)));
    }
  }

  private static Adder boxing(int level) {
    return new Adder("boxing") {
      {
        Box box = instance(new Box(level));
        box.in.set(in);
        out.set(box.out);
      }
    };
  }

  @Test
  void sharedPortsPropertiesAndBlackBoxesAreCompared() {
    assertThat(modules(shared(true), shared(true))).hasSize(2);
    assertThat(modules(shared(true), shared(false))).hasSize(3);
    assertThat(modules(saying("so", true), saying("so", true))).hasSize(2);
    assertThat(modules(saying("so", true), saying("so", false))).hasSize(3);
    assertThat(modules(saying("so", true), saying("else", true))).hasSize(3);
    assertThat(modules(boxing(1), boxing(1))).containsExactly("BOX", "boxing", "pair");
    assertThat(modules(boxing(1), boxing(2)))
        .containsExactly("BOX", "boxing", "BOX", "boxing", "pair");
  }

  @Test
  void wishedNamesAreKept() {
    Adder left =
        new Adder("left") {
          {
            out.set(in);
          }
        };
    Adder right =
        new Adder("right") {
          {
            out.set(in);
          }
        };

    assertThat(modules(left, right)).containsExactly("left", "right", "pair");
  }

  @Test
  void childrenAreMadeEqualFirst() {
    assertThat(modules(new Nest(() -> adder(3, 1)), new Nest(() -> adder(3, 1))))
        .containsExactly("adder", "nest", "pair");
    assertThat(modules(new Nest(() -> adder(3, 1)), new Nest(() -> adder(4, 1))))
        .containsExactly("adder", "nest", "adder", "nest", "pair");
  }

  @Test
  void theSimulatorKeepsTheStateOfEachInstance() {
    Pair pair = new Pair(adder(3, 1), adder(3, 1));
    Design design = Elaborator.elaborate(pair);
    Simulator simulator = Simulator.of(design, 1);
    simulator.reset();
    simulator.step();

    assertThat(simulator.peek("first.held")).isEqualTo(3);
    assertThat(simulator.peek("second.held")).isEqualTo(4);
  }

  /**
   * A new field of the netlist may make modules different: {@link ModuleShape} has to know it, and
   * then this list.
   */
  @Test
  void theShapeKnowsAllFieldsOfTheNetlist() {
    assertThat(fields(Netlist.class))
        .containsExactlyInAnyOrder(
            "name",
            "site",
            "description",
            "nodes",
            "ports",
            "instances",
            "memories",
            "properties",
            "blackBox",
            "streams",
            "stateMachines",
            "clocks",
            "built",
            "present",
            "children");
    assertThat(fields(Clock.class))
        .containsExactly("name", "base", "asynchronousReset", "site", "withReset", "reset");
    assertThat(fields(StreamPorts.class)).containsExactly("valid", "ready");
    assertThat(fields(Instance.class))
        .containsExactly("child", "site", "name", "named", "clocks", "inputs", "outputs");
    assertThat(fields(MemoryBlock.class))
        .containsExactly(
            "depth",
            "width",
            "synchronous",
            "site",
            "name",
            "latency",
            "maskGranularity",
            "contents",
            "reads",
            "writes",
            "readWrites");
    assertThat(fields(MemoryBlock.Write.class))
        .containsExactly("enable", "address", "data", "mask", "clock", "site");
    assertThat(fields(MemoryBlock.ReadWrite.class))
        .containsExactly("read", "mode", "data", "mask", "site");
    assertThat(fields(Property.class))
        .containsExactly("kind", "clock", "enable", "condition", "text", "site");
    assertThat(fields(sluice.hdl.netlist.BlackBox.class))
        .containsExactly(
            "parameters", "registered", "clock", "reset", "resetActiveLow", "behaviour");
    assertThat(fields(Port.class)).containsExactly("name", "direction", "node", "group", "clock");
    assertThat(fields(Node.class)).containsExactly("id", "width", "site", "name", "nameLevel");
    assertThat(
            Stream.of(Node.class.getPermittedSubclasses())
                .flatMap(kind -> fields(kind).map(field -> kind.getSimpleName() + "." + field)))
        .containsExactly(
            "Constant.value",
            "Constant.symbol",
            "Operation.operator",
            "Operation.operands",
            "Slice.source",
            "Slice.low",
            "Register.clock",
            "Register.crossing",
            "Register.next",
            "Register.resetValue",
            "Wire.driver",
            "MemoryRead.clock",
            "MemoryRead.memory",
            "MemoryRead.address",
            "MemoryRead.enable",
            "InstanceOutput.instance",
            "InstanceOutput.port");
  }

  private static Stream<String> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .map(Field::getName);
  }
}
