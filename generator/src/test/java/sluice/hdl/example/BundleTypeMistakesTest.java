package sluice.hdl.example;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;

/** Records and classes that are no types of data. */
class BundleTypeMistakesTest extends MistakeTest {

  private static final class Tagged extends Module {
    /** Has a component that is no signal. */
    record Word(UInt value, Integer tag) implements Bundle {}

    Tagged() {
      input(new Word(UInt.of(8), 3), "in"); // at fault: tagged
    }
  }

  @Test
  void aBundleWithSomethingThatIsNoSignal() {
    check(
        Tagged::new,
        "tagged",
        Kind.PARAMETER,
        "Word has the component tag, which is no signal",
        "take signals, bundles, vectors or streams only");
  }

  private static final class Plain extends Module {
    /** A class, which has no components. */
    static final class Word implements Bundle {}

    Plain() {
      input(new Word(), "in"); // at fault: plain
    }
  }

  @Test
  void aBundleThatIsNoRecord() {
    check(
        Plain::new, "plain", Kind.PARAMETER, "Word is a Bundle but no record", "make it a record");
  }

  private static final class Choosy extends Module {
    /** Takes types only. */
    record Word(UInt value) implements Bundle {
      Word {
        if (!value.isType()) {
          throw new IllegalStateException("no type");
        }
      }
    }

    Choosy() {
      input(new Word(UInt.of(8)), "in"); // at fault: choosy
    }
  }

  @Test
  void aBundleThatDoesNotTakeItsSignals() {
    check(
        Choosy::new,
        "choosy",
        Kind.PARAMETER,
        "Word does not take the signals of its components: java.lang.IllegalStateException: no type",
        "let it take any");
  }
}
