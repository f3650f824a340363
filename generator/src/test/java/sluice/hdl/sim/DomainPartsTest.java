package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.BoxModel;
import sluice.hdl.ClockDomain;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Memories, black boxes and properties follow the clocks and resets of their domains. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class DomainPartsTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  /** Counts edges of its clock outside of reset. */
  private static final class EdgeCounter extends BlackBox {
    final UInt count = registered(output(UInt.of(8), "COUNT"));

    EdgeCounter() {
      super("EDGE_COUNTER");
      clock("CLK");
      resetLow("RST_N");
      model(
          new BoxModel() {
            private long value;

            @Override
            public void settle(Ports ports) {
              ports.poke(count, value);
            }

            @Override
            public void clockEdge(Ports ports) {
              value = ports.inReset() ? 0 : value + 1;
            }
          });
    }
  }

  private static final class Boxes extends Module {
    final ClockDomain other = clockDomain("other");
    final UInt mine = output(UInt.of(8));
    final UInt others = other.output(UInt.of(8));

    Boxes() {
      mine.set(instance(new EdgeCounter()).count);
      others.set(other.instance(new EdgeCounter()).count);
    }
  }

  @Test
  void aBoxHasTheClockAndTheResetOfItsDomain() {
    Boxes boxes = new Boxes();
    Simulator simulator = Simulator.of(boxes, options());
    simulator.reset();
    simulator.step(3);
    simulator.step(boxes.other, 5);
    assertThat(simulator.peek(boxes.mine)).isEqualTo(3);
    assertThat(simulator.peek(boxes.others)).isEqualTo(5);
    simulator.reset(boxes.other);
    assertThat(simulator.peek(boxes.mine)).isEqualTo(3);
    assertThat(simulator.peek(boxes.others)).isZero();
  }

  private static final class Checked extends Module {
    final ClockDomain other = clockDomain("other");
    final UInt limit = other.input(UInt.of(4));
    final UInt value = other.output(UInt.of(4));
    final UInt steps = output(UInt.of(4));

    Checked() {
      UInt mine = register(UInt.of(4)).reset(0);
      mine.set(mine.plusWrap(1));
      steps.set(mine);
      cover(mine.bit(0), "odd");
      UInt count = other.register(UInt.of(4)).reset(0);
      count.set(count.plusWrap(1));
      value.set(count);
      inDomain(
          other,
          () -> {
            cover(count.bit(0), "odd there");
            always(count.lt(limit), "below the limit");
          });
    }
  }

  @Test
  void aPropertyIsLookedAtWhenItsClockRises() {
    Checked checked = new Checked();
    Simulator simulator = Simulator.of(checked, options());
    simulator.poke(checked.limit, 3);
    simulator.reset();
    simulator.step(6);
    assertThat(simulator.covers()).extracting(Cover::cycles).containsExactly(3L, 0L);
    simulator.step(checked.other, 3);
    assertThat(simulator.covers()).extracting(Cover::cycles).containsExactly(3L, 1L);
    simulator.step();
    assertThatThrownBy(() -> simulator.step(checked.other))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "assertion failed in cycle \\d+: below the limit \\(DomainPartsTest\\.java:\\d+\\)");
  }

  @Test
  void aPropertyIsNotLookedAtInTheResetOfItsDomain() {
    Checked checked = new Checked();
    Simulator simulator = Simulator.of(checked, options());
    simulator.poke(checked.limit, 9);
    simulator.reset();
    simulator.poke(checked.limit, 0);
    simulator.reset(checked.other);
    simulator.poke(checked.limit, 1);
    simulator.step(checked.other);
    assertThat(simulator.peek(checked.value)).isEqualTo(1);
  }

  /** Lanes that are written with one clock, and read with another through a register more. */
  private static final class Ports extends Module {
    final ClockDomain other = clockDomain("other");
    final Bool write = other.input(Bool.of());
    final UInt mask = other.input(UInt.of(2));
    final UInt data = other.input(UInt.of(8));
    final UInt echo = other.output(UInt.of(8));
    final UInt word = output(UInt.of(8));

    Ports() {
      Memory<UInt> lanes = memory(UInt.of(8), 2).latency(2).maskedBy(4).contents(0x12, 0x34);
      Bool high = Bool.literal(true);
      echo.set(lanes.in(other).readWrite(UInt.literal(1, 1), high, write, data, mask));
      word.set(lanes.read(UInt.literal(1, 1), high));
    }
  }

  @Test
  void portsOfAMemoryFollowTheirClocks() {
    Ports ports = new Ports();
    Simulator simulator = Simulator.of(ports, options());
    simulator.step(2);
    assertThat(simulator.peek(ports.word)).isEqualTo(0x34);
    simulator.step(ports.other);
    assertThat(simulator.peek(ports.word)).isEqualTo(0x34);
    simulator.poke(ports.write, true);
    simulator.poke(ports.mask, 2);
    simulator.poke(ports.data, 0xff);
    simulator.step(ports.other);
    assertThat(simulator.peek(ports.echo)).isEqualTo(0x34);
    simulator.poke(ports.write, false);
    assertThat(simulator.peek(ports.word)).isEqualTo(0x34);
    simulator.step();
    assertThat(simulator.peek(ports.word)).isEqualTo(0x34);
    simulator.step();
    assertThat(simulator.peek(ports.word)).isEqualTo(0xf4);
  }
}
