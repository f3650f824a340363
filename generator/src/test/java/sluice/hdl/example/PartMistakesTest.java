package sluice.hdl.example;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.lib.Counter;
import sluice.hdl.lib.Timer;

/** What is wrong within a part is reported at the line that uses the part. */
class PartMistakesTest extends MistakeTest {

  /** A part of the user's own. */
  private static final class Window extends Module {
    Window(int taps) {
      super("window" + taps);
      check(taps);
    }

    private static void check(int taps) {
      Parameter.of("Window", "taps", taps)
          .require(taps % 2 == 1, "an odd number", "give " + (taps + 1));
    }
  }

  private static final class EvenWindow extends Module {
    EvenWindow() {
      instance(new Window(4)); // at fault: even window
    }
  }

  @Test
  void aPartOfOnesOwnIsReportedWhereItIsUsed() {
    check(
        EvenWindow::new,
        "even window",
        Kind.PARAMETER,
        "taps of Window is 4; allowed is an odd number",
        "give 5");
  }

  private static final class LongTime extends Module {
    LongTime() {
      Timer timer = new Timer(register(UInt.of(4)).named("left").reset(0));
      timer.start(16); // at fault: long time
    }
  }

  @Test
  void aMistakeThatShowsWithinThePartIsReportedWhereItIsUsed() {
    check(
        LongTime::new,
        "long time",
        Kind.OUT_OF_RANGE,
        "16 does not fit into 4 bits",
        "allowed is 0 to 15");
  }

  private static final class WideLoad extends Module {
    WideLoad() {
      UInt place = register(UInt.index(12)).reset(0);
      Counter places = new Counter(place, 12);
      when(
          input(Bool.of(), "restart"),
          () -> places.load(UInt.literal(3, 5))); // at fault: wide load
      output(places.value(), "out").set(place);
    }
  }

  @Test
  void anAssignmentWithinThePartIsReportedWhereItIsUsed() {
    check(
        WideLoad::new,
        "wide load",
        Kind.WIDTH_MISMATCH,
        "5 bits are assigned to 4 bits",
        "narrow the value with truncate(4) or widen the target");
  }
}
