package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Diagnostic.Kind;

/** Registers that reset themselves at once, if resets are asynchronous. */
class ResetLoopMistakesTest extends MistakeTest {
  private static final String ADVICE = "make the reset of registers that it does not reset";

  private static final class Itself extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    Itself() {
      Bool clear = wire(Bool.of()); // clear of itself
      ClockDomain core = clockDomain().withReset("core", clear);
      Bool full = core.register(Bool.of()).reset(false); // at fault: itself
      full.set(in);
      clear.set(full);
      out.set(full);
    }
  }

  @Test
  void aRegisterThatIsItsOwnReset() {
    check(
        Itself::new,
        "itself",
        Kind.COMBINATIONAL_LOOP,
        with(
            """
            a loop through a reset, which may act without an edge, in itself:
                  clear at %s
                  full at %s""",
            "clear of itself", "at fault: itself"),
        ADVICE);
  }

  private static final class Inverted extends Module {
    final Bool out = output(Bool.of());

    Inverted() {
      Bool busy = wire(Bool.of()); // busy of inverted
      Bool clear = busy.not(); // clear of inverted
      ClockDomain raw = clockDomain().asynchronouslyReset().withReset("raw", clear);
      Bool started = raw.register(Bool.of()).reset(false); // at fault: inverted
      started.set(true);
      busy.set(started);
      out.set(started);
    }
  }

  @Test
  void aRegisterWhoseInverseIsItsAsynchronousReset() {
    check(
        Inverted::new,
        "inverted",
        Kind.COMBINATIONAL_LOOP,
        with(
            """
            a loop through a reset, which may act without an edge, in inverted:
                  busy at %s
                  clear at %s
                  started at %s""",
            "busy of inverted", "clear of inverted", "at fault: inverted"),
        ADVICE);
  }

  private static final class EachOther extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    EachOther() {
      Bool clearFirst = wire(Bool.of()); // clear of each other
      ClockDomain ofFirst = clockDomain().withReset("of_first", clearFirst);
      Bool first = ofFirst.register(Bool.of()).reset(false); // first of each other
      ClockDomain ofSecond = clockDomain().withReset("of_second", first);
      Bool second = ofSecond.register(Bool.of()).reset(false); // at fault: each other
      first.set(in);
      second.set(in);
      clearFirst.set(second);
      out.set(second);
    }
  }

  @Test
  void registersThatResetEachOther() {
    check(
        EachOther::new,
        "each other",
        Kind.COMBINATIONAL_LOOP,
        with(
            """
            a loop through a reset, which may act without an edge, in each_other:
                  clear_first at %s
                  first at %s
                  second at %s""",
            "clear of each other", "first of each other", "at fault: each other"),
        ADVICE);
  }

  private static final class Holder extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    Holder() {
      Bool held = register(Bool.of()).reset(false);
      held.set(in);
      out.set(held);
    }
  }

  private static final class Relay extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    Relay() {
      Holder holder = instance(new Holder());
      holder.in.set(in);
      out.set(holder.out);
    }
  }

  private static final class ThroughChildren extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    ThroughChildren() {
      Bool clear = wire(Bool.of()); // clear of children
      ClockDomain core = clockDomain().withReset("core", clear);
      Relay relay = core.instance(new Relay()); // at fault: children
      relay.in.set(in);
      clear.set(relay.out);
      out.set(relay.out);
    }
  }

  @Test
  void aChildWhoseRegisterIsItsReset() {
    check(
        ThroughChildren::new,
        "children",
        Kind.COMBINATIONAL_LOOP,
        with(
            """
            a loop through a reset, which may act without an edge, in through_children:
                  clear at %s
                  relay.out at %s""",
            "clear of children", "at fault: children"),
        ADVICE);
  }

  /** Has registers that are reset by an input. */
  private static final class Resettable extends Module {
    final Bool clear = input(Bool.of());
    final Bool out = output(Bool.of());

    Resettable() {
      ClockDomain own = clockDomain().withReset("own", clear);
      Bool ran = own.register(Bool.of()).reset(false);
      ran.set(true);
      out.set(ran);
    }
  }

  private static final class ThroughAnInput extends Module {
    final Bool out = output(Bool.of());

    ThroughAnInput() {
      Resettable child = instance(new Resettable()); // at fault: input
      child.clear.set(child.out);
      out.set(child.out);
    }
  }

  @Test
  void aChildThatIsResetByItsOwnOutput() {
    check(
        ThroughAnInput::new,
        "input",
        Kind.COMBINATIONAL_LOOP,
        with(
            """
            a loop through a reset, which may act without an edge, in through_an_input:
                  child.clear at %s
                  child.out at %s""",
            "at fault: input", "at fault: input"),
        ADVICE);
  }

  private static final class Watchdog extends Module {
    final Bool alive = input(Bool.of());
    final Bool out = output(Bool.of());

    Watchdog() {
      Bool expired = register(Bool.of()).reset(true);
      ClockDomain core = clockDomain().withReset("core", expired);
      Bool hung = core.register(Bool.of()).reset(false);
      hung.set(alive.not());
      expired.set(hung);
      out.set(hung);
    }
  }

  @Test
  void aResetThatARegisterMakesAnEdgeLaterIsNoLoop() {
    assertThatCode(() -> Elaborator.elaborate(new Watchdog())).doesNotThrowAnyException();
  }
}
