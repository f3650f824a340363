package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.lib.crossing.AsyncQueue;
import sluice.hdl.lib.crossing.Synchronizer;

/** Data that reaches another clock domain than its own. */
class ClockCrossingMistakesTest extends MistakeTest {
  private static final String CROSSING =
      "take it through a synchronizer, a queue or another part of hdl.lib.crossing";

  private static final class Direct extends Module {
    final ClockDomain write = clockDomain("write");
    final UInt data = write.input(UInt.of(4));
    final UInt out = output(UInt.of(5));

    Direct() {
      UInt held = write.register(UInt.of(4)); // source of direct
      held.set(data);
      UInt sum = held.plus(1); // between of direct
      UInt level = register(UInt.of(5)); // at fault: direct
      level.set(sum);
      out.set(level);
    }
  }

  @Test
  void aRegisterThatTakesAnotherDomainsData() {
    check(
        Direct::new,
        "direct",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of write_clock reaches a register of clock in direct:
                  held (write_clock) at %s
                  sum at %s
                  level (clock) at %s""",
            "source of direct", "between of direct", "at fault: direct"),
        CROSSING);
  }

  private static final class Stage extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4)); // output of stage

    Stage() {
      UInt kept = register(UInt.of(4)); // register of stage
      kept.set(in);
      out.set(kept);
    }
  }

  private static final class Children extends Module {
    final ClockDomain fast = clockDomain("fast");
    final UInt in = input(UInt.of(4));
    final UInt out = fast.output(UInt.of(4));

    Children() {
      Stage first = instance(new Stage()); // first of children
      Stage second = fast.instance(new Stage()); // at fault: children
      first.in.set(in);
      UInt turned = first.out.not(); // between of children
      second.in.set(turned);
      out.set(second.out);
    }
  }

  @Test
  void aWayFromChildToChildIsShownWhole() {
    check(
        Children::new,
        "children",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of clock reaches an input of a child of fast_clock in children:
                  first.kept (clock) at %s
                  first.out at %s
                  turned at %s
                  second.in at %s
                  second.kept (fast_clock) at %s""",
            "register of stage",
            "first of children",
            "between of children",
            "at fault: children",
            "register of stage"),
        CROSSING);
  }

  private static final class Foreign extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = fast.input(Bool.of()); // source of foreign
    final Bool out = output(Bool.of()); // at fault: foreign

    Foreign() {
      out.set(in);
    }
  }

  @Test
  void anOutputOfAnotherDomain() {
    check(
        Foreign::new,
        "foreign",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of fast_clock reaches an output of clock in foreign:
                  in (fast_clock) at %s
                  out (clock) at %s""",
            "source of foreign", "at fault: foreign"),
        "declare the output in the domain of its data, or take the data through a part of"
            + " hdl.lib.crossing");
  }

  private static final class Asynchronous extends Module {
    final Bool button = asynchronousInput(Bool.of()); // source of asynchronous
    final UInt presses = output(UInt.of(4));

    Asynchronous() {
      UInt count = register(UInt.of(4)).reset(0); // at fault: asynchronous
      when(button, () -> count.set(count.plusWrap(1)));
      presses.set(count);
    }
  }

  @Test
  void anAsynchronousInputWithoutSynchronizer() {
    check(
        Asynchronous::new,
        "asynchronous",
        Kind.CLOCK_CROSSING,
        with(
            """
            asynchronous data reaches a register of clock in asynchronous:
                  button (asynchronous) at %s
                  count (clock) at %s""",
            "source of asynchronous", "at fault: asynchronous"),
        CROSSING);
  }

  private static final class Glitch extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool a = fast.input(Bool.of());
    final Bool b = fast.input(Bool.of());
    final Bool out = output(Bool.of());

    Glitch() {
      Synchronizer<Bool> synchronizer = instance(Synchronizer.ofBool()); // at fault: glitch
      Bool either = a.or(b); // logic of glitch
      synchronizer.in.set(either);
      out.set(synchronizer.out);
    }
  }

  @Test
  void logicInFrontOfASynchronizer() {
    Supplier<Module> circuit = Glitch::new;
    assertThat(mistake(circuit).message())
        .startsWith(
            with(
                """
                logic, which may glitch, feeds the synchronizer behind an input of a child in glitch:
                      either at %s
                      synchronizer.in at %s
                      synchronizer.stage0 at Synchronizer.java:""",
                "logic of glitch", "at fault: glitch"));
    assertThat(mistake(circuit).kind()).isEqualTo(Kind.CLOCK_CROSSING);
    assertThat(mistake(circuit).site()).hasToString(line("at fault: glitch"));
    assertThat(mistake(circuit).advice())
        .isEqualTo("put a register of its own domain between them");
  }

  private static final class Compare extends Module {
    final UInt a = input(UInt.of(4));
    final Bool equal = output(Bool.of());

    Compare() {
      Bool same = a.eq(5); // logic of compare
      equal.set(same);
    }
  }

  private static final class GlitchInChild extends Module {
    final ClockDomain fast = clockDomain("fast");
    final UInt a = fast.input(UInt.of(4));
    final Bool out = output(Bool.of());

    GlitchInChild() {
      Compare compare = fast.instance(new Compare());
      compare.a.set(a);
      Bool stage = synchronizerStage(compare.equal); // at fault: glitch in child
      out.set(synchronizerStage(stage));
    }
  }

  @Test
  void logicOfAChildInFrontOfASynchronizer() {
    check(
        GlitchInChild::new,
        "glitch in child",
        Kind.CLOCK_CROSSING,
        with(
            """
            logic, which may glitch, feeds a synchronizer in glitch_in_child:
                  compare.same at %s
                  stage at %s""",
            "logic of compare", "at fault: glitch in child"),
        "put a register of its own domain between them");
  }

  private static final class Table extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool enable = fast.input(Bool.of()); // source of table
    final UInt address = input(UInt.of(3));
    final UInt data = input(UInt.of(8));
    final UInt out = output(UInt.of(8));

    Table() {
      Memory<UInt> table = memory(UInt.of(8), 8);
      table.write(enable, address, data); // at fault: table
      out.set(table.read(address, Bool.literal(true)));
    }
  }

  @Test
  void aMemoryPortThatTakesAnotherDomainsData() {
    check(
        Table::new,
        "table",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of fast_clock reaches a write port of clock in table:
                  enable (fast_clock) at %s
                  table (clock) at %s""",
            "source of table", "at fault: table"),
        CROSSING);
  }

  private static final class Many extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = fast.input(Bool.of()); // source of many
    final UInt out = output(UInt.of(3));

    Many() {
      Bool first = delayed(in); // at fault: many
      Bool second = delayed(in);
      Bool third = delayed(in);
      out.set(first.asUInt().concat(second.asUInt()).concat(third.asUInt()));
    }
  }

  @Test
  void aSourceIsReportedOnceHoweverOftenItIsTaken() {
    check(
        Many::new,
        "many",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of fast_clock reaches a register of clock in many:
                  in (fast_clock) at %s
                  first (clock) at %s
                  and in 2 more places""",
            "source of many", "at fault: many"),
        CROSSING);
  }

  private static final class LogicReset extends Module {
    final Bool a = input(Bool.of());
    final Bool b = input(Bool.of());
    final Bool out = output(Bool.of());

    LogicReset() {
      Bool both = a.and(b); // logic of reset
      ClockDomain core = clockDomain().withReset("core", both); // at fault: reset
      out.set(core.register(Bool.of()).reset(true));
    }
  }

  @Test
  void aResetThatLogicMakes() {
    check(
        LogicReset::new,
        "reset",
        Kind.CLOCK_CROSSING,
        with(
            """
            logic, which may glitch, feeds a reset in logic_reset:
                  both at %s
                  reset of core at %s""",
            "logic of reset", "at fault: reset"),
        "put a register of its own domain between them");
  }

  /** Two names of one clock: data goes between them as it likes. */
  private static final class OneClock extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    OneClock() {
      Bool clear = register(Bool.of()).reset(true);
      clear.set(in);
      ClockDomain core = clockDomain().withReset("core", clear);
      Bool inner = core.register(Bool.of()).reset(false);
      inner.set(in);
      AsyncQueue<UInt> queue = instance(new AsyncQueue<>(UInt.of(1), 4));
      queue.write.drivenBy(clockDomain());
      queue.read.drivenBy(core);
      queue.in.valid().set(inner);
      queue.in.payload().set(1);
      queue.out.ready().set(in);
      out.set(queue.out.valid());
    }
  }

  @Test
  void domainsOfOneClockAreOne() {
    assertThat(Elaborator.elaborate(new OneClock()).modules()).isNotEmpty();
  }

  private static final class Strobe extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = fast.input(Bool.of());
    final Bool out = asynchronousOutput(Bool.of());

    Strobe() {
      Bool seen = fast.delayed(in);
      out.set(seen); // any domain may drive it
    }
  }

  private static final class Listening extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = fast.input(Bool.of());
    final Bool out = output(Bool.of());

    Listening(boolean synchronized_) {
      Strobe strobe = instance(new Strobe());
      strobe.in.set(in);
      if (synchronized_) {
        Synchronizer<Bool> synchronizer = instance(Synchronizer.ofBool());
        synchronizer.in.set(strobe.out);
        out.set(synchronizer.out);
      } else {
        Bool heard = delayed(strobe.out); // at fault: listening
        out.set(heard);
      }
    }
  }

  @Test
  void anAsynchronousOutputNeedsASynchronizerAtItsReader() {
    assertThat(mistake(() -> new Listening(false)).message())
        .startsWith("asynchronous data reaches a register of clock in listening:")
        .contains("heard (clock) at " + line("at fault: listening"));
    assertThat(Elaborator.elaborate(new Listening(true)).modules()).isNotEmpty();
  }
}
