package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;

/** Mistakes in the declaration and the use of black boxes. */
class BlackBoxMistakesTest extends MistakeTest {

  /** A box with one input and one output, and what else a test declares. */
  private static final class Box extends BlackBox {
    final Bool in = input(Bool.of());
    final Bool out;

    Box(boolean registered, Consumer<Box> more) {
      super("box");
      Bool port = output(Bool.of());
      out = registered ? registered(port) : port;
      more.accept(this);
    }

    void set(String name, String value) {
      parameter(name, value); // at fault: text parameter
    }

    void set(String name, int value, int width) {
      parameter(name, BigInteger.valueOf(value), width); // at fault: bits parameter
    }

    void clockAndReset(String clock, String reset) {
      clock(clock);
      resetLow(reset);
    }
  }

  private static final class Around extends Module {
    Around(Box box) {
      instance(box).in.set(true);
      output(Bool.of(), "result").set(box.out);
    }
  }

  private void refused(Consumer<Box> more, String name, String message, String advice) {
    check(() -> new Around(new Box(false, more)), name, Kind.BLACK_BOX, message, advice);
  }

  private static final String PORTS_ONLY =
      "declare its ports only; what it does is written elsewhere";

  @Test
  void aBoxWithARegister() {
    refused(
        box -> box.register(UInt.of(3)), // at fault: register
        "register",
        "module box (Box) is a black box and has contents",
        PORTS_ONLY);
  }

  @Test
  void aBoxThatAssignsItsOutput() {
    refused(
        box -> box.out.set(box.in.not()), // at fault: assigns
        "assigns",
        "module box (Box) is a black box and has contents",
        PORTS_ONLY);
  }

  @Test
  void aBoxWithAMemory() {
    refused(
        box -> box.memory(UInt.of(3), 8), // at fault: memory
        "memory",
        "module box (Box) is a black box and has contents",
        PORTS_ONLY);
  }

  @Test
  void aParameterWithTwoValues() {
    refused(
        box -> {
          box.set("MODE", "a");
          box.set("MODE", "b");
        },
        "text parameter",
        "parameter MODE has two values",
        "set it once");
  }

  @Test
  void aParameterThatVerilogCannotName() {
    refused(
        box -> box.set("a-b", "c"),
        "text parameter",
        "a parameter of a black box is called 'a-b'",
        "take a name of Verilog: letters, digits and underscores");
  }

  @Test
  void aStringThatVerilogCannotHold() {
    refused(
        box -> box.set("TEXT", "a\nb"),
        "text parameter",
        "parameter TEXT has characters that Verilog has not",
        "take printable ASCII characters");
  }

  @Test
  void aParameterTooWide() {
    check(
        () -> new Around(new Box(false, box -> box.set("BITS", 16, 4))),
        "bits parameter",
        Kind.OUT_OF_RANGE,
        "16 does not fit into 4 bits",
        "allowed is 0 to 15");
  }

  @Test
  void aClockThatIsAPortToo() {
    var diagnostic = mistake(() -> new Around(new Box(false, box -> box.clockAndReset("in", "r"))));
    assertThat(diagnostic.toString())
        .contains("black-box: module box (Box) has two ports called in")
        .endsWith("declare neither clock nor reset as an input");
  }

  @Test
  void aBoxAtTheTop() {
    var diagnostic = mistake(() -> new Box(false, box -> {}));
    assertThat(diagnostic.toString())
        .contains("black-box: module box (Box) is a black box and the top")
        .endsWith("place it in a module with instance(...)");
  }

  private static final class Open extends Module {
    Open() {
      Box box = instance(new Box(false, b -> {})); // at fault: open
      output(Bool.of(), "result").set(box.out);
    }
  }

  @Test
  void anInputOfABoxWithoutDriver() {
    check(
        Open::new,
        "open",
        Kind.UNDRIVEN,
        "box.in of open is never assigned",
        "assign it with set(...)");
  }

  private static final class Loop extends Module {
    Loop(boolean registered) {
      Box box = instance(new Box(registered, b -> {})); // at fault: loop
      box.in.set(box.out);
      output(Bool.of(), "result").set(box.out);
    }
  }

  @Test
  void aLoopThroughABoxUnlessItsOutputIsRegistered() {
    Elaborator.elaborate(new Loop(true));
    var diagnostic = mistake(() -> new Loop(false));
    assertThat(diagnostic.kind()).isEqualTo(Kind.COMBINATIONAL_LOOP);
    assertThat(diagnostic.message()).contains("box.in at " + line("at fault: loop"));
  }
}
