package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.lib.crossing.Synchronizer;

/** Clock domains are crossed at memories, black boxes and properties. */
class DomainPartsMistakesTest extends MistakeTest {
  private static final String CROSSING =
      "take it through a synchronizer, a queue or another part of hdl.lib.crossing";

  private static final class Lanes extends Module {
    final ClockDomain fast = clockDomain("fast");
    final UInt data = fast.input(UInt.of(8));
    final UInt mask = input(UInt.of(2)); // source of lanes
    final UInt out = fast.output(UInt.of(8));

    Lanes() {
      Memory<UInt> words = memory(UInt.of(8), 2).maskedBy(4);
      Bool high = Bool.literal(true);
      UInt first = UInt.literal(0, 1);
      out.set(words.in(fast).readWrite(first, high, high, data, mask)); // at fault: lanes
    }
  }

  @Test
  void aMaskOfAnotherDomain() {
    check(
        Lanes::new,
        "lanes",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of clock reaches a port of fast_clock in lanes:
                  mask (clock) at %s
                  words (fast_clock) at %s""",
            "source of lanes", "at fault: lanes"),
        CROSSING);
  }

  private static final class Reader extends Module {
    final ClockDomain fast = clockDomain("fast");
    final UInt data = fast.input(UInt.of(8));
    final UInt out = output(UInt.of(8)); // at fault: reader

    Reader() {
      Memory<UInt> words = memory(UInt.of(8), 2).contents(1, 2);
      Bool high = Bool.literal(true);
      UInt first = UInt.literal(0, 1);
      UInt word = words.in(fast).readWrite(first, high, high, data); // source of reader
      out.set(word);
    }
  }

  @Test
  void theDataOfASharedPortInAnotherDomain() {
    check(
        Reader::new,
        "reader",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of fast_clock reaches an output of clock in reader:
                  word (fast_clock) at %s
                  out (clock) at %s""",
            "source of reader", "at fault: reader"),
        "declare the output in the domain of its data, or take the data through a part of"
            + " hdl.lib.crossing");
  }

  private static final class Said extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = fast.input(Bool.of()); // source of said
    final Bool out = fast.output(Bool.of());

    Said() {
      out.set(in);
      always(in, "high"); // at fault: said
    }
  }

  @Test
  void aPropertyOfAnotherDomain() {
    check(
        Said::new,
        "said",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of fast_clock reaches a property of clock in said:
                  in (fast_clock) at %s
                  "high" (clock) at %s""",
            "source of said", "at fault: said"),
        "declare the property in the domain of what it speaks of, with inDomain(...)");
  }

  private static final class Box extends BlackBox {
    final Bool in = input(Bool.of());
    final Bool out;

    Box(boolean registered) {
      super("BOX");
      clock("CLK");
      Bool port = output(Bool.of());
      out = registered ? registered(port) : port;
    }
  }

  private static final class IntoBox extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = input(Bool.of()); // source of box
    final Bool out = fast.output(Bool.of());

    IntoBox() {
      Box box = fast.instance(new Box(true)); // at fault: box
      box.in.set(in);
      out.set(box.out);
    }
  }

  @Test
  void anInputOfABoxOfAnotherDomain() {
    check(
        IntoBox::new,
        "box",
        Kind.CLOCK_CROSSING,
        with(
            """
            data of clock reaches an input of a child of fast_clock in into_box:
                  in (clock) at %s
                  box.in (fast_clock) at %s""",
            "source of box", "at fault: box"),
        CROSSING);
  }

  private static final class Synchronized extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool in = fast.input(Bool.of());
    final Bool out = output(Bool.of());

    Synchronized(boolean registered) {
      Box box = fast.instance(new Box(registered));
      box.in.set(in);
      Synchronizer<Bool> level = instance(Synchronizer.ofBool());
      level.in.set(box.out);
      out.set(level.out);
    }
  }

  @Test
  void anOutputOfABoxGoesIntoASynchronizerIfItIsARegister() {
    Elaborator.elaborate(new Synchronized(true));
    assertThat(mistake(() -> new Synchronized(false)).message())
        .startsWith("logic, which may glitch, feeds the synchronizer behind an input of a child");
  }

  private static final class Unreset extends Module {
    final ClockDomain pad = clockDomain("pad").withoutReset();

    Unreset() {
      pad.instance(new ResetBox()); // at fault: reset box
    }
  }

  private static final class ResetBox extends BlackBox {
    ResetBox() {
      super("RESET_BOX");
      clock("CLK");
      resetHigh("RST");
    }
  }

  @Test
  void aBoxWithAResetInADomainWithoutOne() {
    assertThat(mistake(Unreset::new).kind()).isEqualTo(Kind.CLOCK_DOMAIN);
    assertThat(mistake(Unreset::new).site()).hasToString(line("at fault: reset box"));
  }

  /** A stream that goes through a black box within the cycle. */
  private static final class Filter extends BlackBox {
    final Stream<UInt> in = input(Stream.of(UInt.of(4)));
    final Stream<UInt> out = output(Stream.of(UInt.of(4)));

    Filter() {
      super("FILTER");
    }
  }

  private static final class Filtered extends Module {
    final Stream<UInt> in = input(Stream.of(UInt.of(4)));
    final Stream<UInt> out = output(Stream.of(UInt.of(4)));

    Filtered() {
      Filter filter = instance(new Filter());
      in.to(filter.in);
      filter.out.to(out);
    }
  }

  @Test
  void theStreamsOfABoxKeepTheirContract() {
    assertThat(Elaborator.elaborate(new Filtered()).modules()).hasSize(2);
  }
}
