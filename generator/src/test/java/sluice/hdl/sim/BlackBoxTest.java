package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.BoxModel;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;

/** Black boxes in the simulator. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class BlackBoxTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  /** One more than its input. */
  private static final class Increment extends BlackBox {
    final UInt in = input(UInt.of(70));
    final UInt out = output(UInt.of(70));

    Increment() {
      super("increment");
    }

    Increment withModel() {
      model(ports -> ports.poke(out, ports.peekBig(in).add(java.math.BigInteger.ONE)));
      return this;
    }
  }

  /** Boxes in a row, the last one first in the order of instances. */
  private static final class Row extends Module {
    final UInt in = input(UInt.of(70));
    final UInt out = output(UInt.of(70));

    Row(int length) {
      UInt next = wire(UInt.of(70));
      out.set(next);
      UInt target = next;
      for (int i = 0; i < length; i++) {
        Increment box = instance(new Increment().withModel());
        target.set(box.out);
        UInt before = wire(UInt.of(70));
        box.in.set(before);
        target = before;
      }
      target.set(in);
    }
  }

  @Test
  void boxesInARowSettleInAnyOrder() {
    Row row = new Row(7);
    Simulator simulator = Simulator.of(row, options());
    simulator.poke(row.in, 100);
    assertThat(simulator.peekBig(row.out)).isEqualTo(107);
    simulator.poke(row.in, 200);
    assertThat(simulator.peekBig(row.out)).isEqualTo(207);
  }

  /** A register of a box behind one of the circuit, and one of the circuit behind that. */
  private static final class Delays extends Module {
    final UInt in = input(UInt.of(8));
    final UInt out = output(UInt.of(8));

    Delays(Delay box) {
      Delay placed = instance(box);
      placed.in.set(delayed(in));
      out.set(delayed(box.out));
    }
  }

  private static class Delay extends BlackBox {
    final UInt in = input(UInt.of(8));
    final UInt out = registered(output(UInt.of(8)));
    final Bool inReset = registered(output(Bool.of()));

    Delay() {
      super("delay");
      clock("clk");
      resetLow("rst_n");
      model(
          new BoxModel() {
            private long held;

            @Override
            public void settle(Ports ports) {
              ports.poke(out, held);
              ports.poke(inReset, ports.inReset() ? 1 : 0);
            }

            @Override
            public void clockEdge(Ports ports) {
              held = ports.peek(in);
            }
          });
    }
  }

  @Test
  void aBoxTakesWhatWasThereBeforeTheEdge() {
    Delays delays = new Delays(new Delay());
    Simulator simulator = Simulator.of(delays, options());
    for (int i = 0; i < 10; i++) {
      simulator.poke(delays.in, 50 + i);
      simulator.step();
      if (i >= 2) {
        assertThat(simulator.peek(delays.out)).isEqualTo(50 + i - 2);
      }
    }
  }

  @Test
  void portsOfABoxAreSeenByNameAndTheResetByTheModel() {
    Simulator simulator = Simulator.of(new Delays(new Delay()), options());
    assertThat(simulator.signalNames()).contains("placed.in", "placed.out");
    assertThat(simulator.peek("placed.in_reset")).isZero();
    simulator.setReset(true);
    assertThat(simulator.peek("placed.in_reset")).isOne();
  }

  private static final class NoModel extends Module {
    NoModel() {
      UInt value = input(UInt.of(70));
      Increment step = instance(new Increment()); // place
      step.in.set(value);
      output(UInt.of(70), "out").set(step.out);
    }
  }

  @Test
  void aBoxWithoutModelIsRefused() {
    ElaborationException exception =
        catchThrowableOfType(
            ElaborationException.class, () -> Simulator.of(new NoModel(), options()));
    assertThat(exception.diagnostics()).hasSize(1);
    Diagnostic diagnostic = exception.diagnostics().get(0);
    assertThat(diagnostic.kind()).isEqualTo(Diagnostic.Kind.BLACK_BOX);
    assertThat(diagnostic.message()).isEqualTo("black box step (increment) has no model");
    assertThat(diagnostic.advice())
        .isEqualTo("say what it does with model(...), or simulate its Verilog");
    assertThat(diagnostic.site().file()).isEqualTo("BlackBoxTest.java");
    assertThat(diagnostic.site().line()).isGreaterThan(diagnostic.other().line());
  }

  private static final class Wrong extends Delay {
    Wrong(BoxModel model) {
      model(model);
    }
  }

  @Test
  void aModelThatSetsWhatItMayNotIsRefused() {
    Wrong[] box = new Wrong[1];
    box[0] = new Wrong(ports -> ports.poke(box[0].in, 1));
    assertThatThrownBy(() -> Simulator.of(new Delays(box[0]), options()).step())
        .hasMessage("the model of placed sets what is no output");
    BoxModel atTheEdge =
        new BoxModel() {
          @Override
          public void settle(Ports ports) {}

          @Override
          public void clockEdge(Ports ports) {
            ports.poke(box[0].out, 1);
          }
        };
    box[0] = new Wrong(atTheEdge);
    assertThatThrownBy(() -> Simulator.of(new Delays(box[0]), options()).step())
        .hasMessage("the model of placed sets an output at the clock edge: settle sets outputs");
    box[0] = new Wrong(ports -> ports.poke(box[0].out, 256));
    assertThatThrownBy(() -> Simulator.of(new Delays(box[0]), options()).step())
        .hasMessage("256 does not fit into 8 bits");
  }

  @Test
  void aModelThatNeverSettlesIsRefused() {
    Delay[] box = new Delay[1];
    box[0] = new Wrong(ports -> ports.poke(box[0].out, (ports.peek(box[0].out) + 1) % 256));
    assertThatThrownBy(() -> Simulator.of(new Delays(box[0]), options()).step())
        .hasMessage(
            "the outputs of black boxes do not settle: a registered one follows its inputs, or"
                + " settle changes the state");
  }
}
