package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;

/**
 * Every mistake is refused with the line at fault and what to do. The lines are marked in this file
 * by comments: {@code // at fault: name} and, for a second line, {@code // see also: name}.
 */
class MistakesTest {

  private static Diagnostic mistake(Supplier<Module> circuit) {
    ElaborationException exception =
        catchThrowableOfType(ElaborationException.class, () -> Elaborator.elaborate(circuit.get()));
    assertThat(exception).isNotNull();
    assertThat(exception.diagnostics()).hasSize(1);
    return exception.diagnostics().get(0);
  }

  private static int line(String marker) {
    Path source = Path.of("src/test/java/sluice/hdl/example/MistakesTest.java");
    try {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).endsWith("// " + marker)) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalArgumentException("no line is marked " + marker);
  }

  private static void check(
      Supplier<Module> circuit, String name, Kind kind, String message, String advice) {
    Diagnostic diagnostic = mistake(circuit);
    assertThat(diagnostic.kind()).isEqualTo(kind);
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.advice()).isEqualTo(advice);
    assertThat(diagnostic.site()).hasToString("MistakesTest.java:" + line("at fault: " + name));
  }

  private static void checkOther(Supplier<Module> circuit, String name) {
    assertThat(mistake(circuit).other())
        .hasToString("MistakesTest.java:" + line("see also: " + name));
  }

  private static final class TooWide extends Module {
    TooWide() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8)); // see also: too wide
      out.set(in.plus(1)); // at fault: too wide
    }
  }

  @Test
  void aValueWiderThanItsTarget() {
    check(
        TooWide::new,
        "too wide",
        Kind.WIDTH_MISMATCH,
        "9 bits are assigned to 8 bits",
        "narrow the value with truncate(8) or widen the target");
    checkOther(TooWide::new, "too wide");
  }

  @Test
  void theTextHasBothLinesAndTheAdvice() {
    assertThat(mistake(TooWide::new))
        .hasToString(
            "MistakesTest.java:%d: width-mismatch: 9 bits are assigned to 8 bits (see also MistakesTest.java:%d)\n    narrow the value with truncate(8) or widen the target"
                .formatted(line("at fault: too wide"), line("see also: too wide")));
  }

  private static final class Unequal extends Module {
    Unequal() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      out.set(in.and(in.truncate(4))); // at fault: unequal
    }
  }

  @Test
  void operandsOfDifferentWidths() {
    check(
        Unequal::new,
        "unequal",
        Kind.WIDTH_MISMATCH,
        "operands of 8 and 4 bits",
        "extend(...) or truncate(...) one of them");
  }

  private static final class UnequalChoice extends Module {
    UnequalChoice() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt chosen = mux(in.bit(0), in, UInt.literal(0)); // at fault: unequal choice
      out.set(chosen);
    }
  }

  @Test
  void aChoiceBetweenDifferentWidths() {
    check(
        UnequalChoice::new,
        "unequal choice",
        Kind.WIDTH_MISMATCH,
        "a choice between 8 and 1 bits",
        "extend(...) or truncate(...) one of them");
  }

  private static final class Twice extends Module {
    Twice() {
      Bool out = output(Bool.of());
      out.set(true); // see also: twice
      out.set(false); // at fault: twice
    }
  }

  @Test
  void aSignalWithTwoDrivers() {
    check(
        Twice::new,
        "twice",
        Kind.DOUBLE_DRIVER,
        "a signal is assigned twice",
        "assign once, or the default first and the exceptions under when(...)");
    checkOther(Twice::new, "twice");
  }

  private static final class Overridden extends Module {
    Overridden() {
      Bool in = input(Bool.of());
      Bool out = output(Bool.of());
      when(in, () -> out.set(true)); // see also: overridden
      out.set(false); // at fault: overridden
    }
  }

  @Test
  void anAssignmentThatMakesAConditionalOneVain() {
    check(
        Overridden::new,
        "overridden",
        Kind.DOUBLE_DRIVER,
        "this assignment overrides the conditional one before it",
        "assign once, or the default first and the exceptions under when(...)");
    checkOther(Overridden::new, "overridden");
  }

  private static final class Undriven extends Module {
    Undriven() {
      UInt result = output(UInt.of(8), "result"); // at fault: undriven
    }
  }

  @Test
  void anOutputWithoutDriver() {
    check(
        Undriven::new,
        "undriven",
        Kind.UNDRIVEN,
        "result of undriven is never assigned",
        "assign it with set(...)");
  }

  private static final class ChildOpen extends Module {
    ChildOpen() {
      Inverter inverter = instance(new Inverter()); // at fault: child open
      output(Bool.of(), "out").set(inverter.out);
    }
  }

  private static final class Inverter extends Module {
    final Bool in;
    final Bool out;

    Inverter() {
      in = input(Bool.of());
      out = output(Bool.of());
      out.set(in.not());
    }
  }

  @Test
  void anInputOfAChildWithoutDriver() {
    check(
        ChildOpen::new,
        "child open",
        Kind.UNDRIVEN,
        "inverter.in of child_open is never assigned",
        "assign it with set(...)");
  }

  private static final class SomePaths extends Module {
    SomePaths() {
      Bool in = input(Bool.of());
      UInt out = output(UInt.of(8)); // at fault: some paths
      when(in, () -> out.set(1)).elseWhen(in.not(), () -> out.set(2));
    }
  }

  @Test
  void aSignalWithoutValueOnSomePath() {
    check(
        SomePaths::new,
        "some paths",
        Kind.NOT_ON_EVERY_PATH,
        "out of some_paths has no value where no condition holds",
        "assign a default before the when(...), or add otherwise(...)");
  }

  private static final class Loop extends Module {
    Loop() {
      Inverter inverter = instance(new Inverter());
      Bool out = output(Bool.of());
      Bool back = inverter.out.and(inverter.out);
      inverter.in.set(back);
      out.set(back);
    }
  }

  @Test
  void aLoopThroughAChildIsShownWhole() {
    Diagnostic diagnostic = mistake(Loop::new);
    assertThat(diagnostic.kind()).isEqualTo(Kind.COMBINATIONAL_LOOP);
    assertThat(diagnostic.message())
        .startsWith("a loop without a register in loop:")
        .contains("back at MistakesTest.java:")
        .contains("inverter.in at MistakesTest.java:")
        .contains("inverter.out at MistakesTest.java:");
    assertThat(diagnostic.advice()).isEqualTo("break the loop with a register");
  }

  private static final class OwnInput extends Module {
    OwnInput() {
      Bool in = input(Bool.of()); // see also: own input
      in.set(true); // at fault: own input
    }
  }

  @Test
  void aModuleThatAssignsItsOwnInput() {
    check(
        OwnInput::new,
        "own input",
        Kind.PORT_DIRECTION,
        "a module assigns its own input",
        "inputs are assigned by the parent, outputs by the module itself");
    checkOther(OwnInput::new, "own input");
  }

  private static final class ChildOutput extends Module {
    ChildOutput() {
      Inverter inverter = instance(new Inverter());
      inverter.in.set(true);
      inverter.out.set(true); // at fault: child output
    }
  }

  @Test
  void aParentThatAssignsAnOutputOfItsChild() {
    check(
        ChildOutput::new,
        "child output",
        Kind.PORT_DIRECTION,
        "an output of a child is assigned",
        "inputs are assigned by the parent, outputs by the module itself");
  }

  private static final class Computed extends Module {
    Computed() {
      Bool in = input(Bool.of());
      in.not().set(true); // at fault: computed
    }
  }

  @Test
  void anAssignmentToAComputedValue() {
    check(
        Computed::new,
        "computed",
        Kind.NOT_ASSIGNABLE,
        "a computed value is assigned",
        "assign to wires, registers and ports");
  }

  private static final class Foreign extends Module {
    Foreign() {
      Inverter stranger = new Inverter();
      Bool in = input(Bool.of());
      Bool out = output(Bool.of());
      out.set(in.and(stranger.out)); // at fault: foreign
    }
  }

  @Test
  void aSignalOfAnotherModule() {
    check(
        Foreign::new,
        "foreign",
        Kind.WRONG_MODULE,
        "a signal of module inverter (Inverter) is used in module foreign (Foreign)",
        "pass it through a port; a child is usable after instance(child)");
  }

  private static final class Shared extends Module {
    Shared(Inverter child) {
      instance(child).in.set(true); // at fault: shared
      output(Bool.of(), "out").set(child.out);
    }
  }

  @Test
  void oneObjectAsTwoChildren() {
    Inverter inverter = new Inverter();
    Elaborator.elaborate(new Shared(inverter));
    check(
        () -> new Shared(inverter),
        "shared",
        Kind.WRONG_MODULE,
        "module inverter (Inverter) is already a child of module shared (Shared)",
        "build one object for each instance");
  }

  private static final class Clash extends Module {
    Clash() {
      Bool dataValid = input(Bool.of()); // see also: clash
      Bool second = input(Bool.of(), "data_valid"); // at fault: clash
    }
  }

  @Test
  void twoPortsOfOneName() {
    check(
        Clash::new,
        "clash",
        Kind.NAME_CLASH,
        "two ports are called data_valid",
        "rename one of them");
    checkOther(Clash::new, "clash");
  }

  private static final class OwnClock extends Module {
    OwnClock() {
      Bool clock = input(Bool.of()); // at fault: own clock
    }
  }

  @Test
  void aPortWithTheNameOfTheClock() {
    check(
        OwnClock::new,
        "own clock",
        Kind.NAME_CLASH,
        "a port is called clock, which every module has by itself",
        "rename it");
  }

  private static final class Unnamed extends Module {
    Unnamed() {
      output(Bool.of()).set(true); // at fault: unnamed
    }
  }

  @Test
  void aPortThatNothingNames() {
    check(
        Unnamed::new,
        "unnamed",
        Kind.UNNAMED_PORT,
        "a port of module unnamed (Unnamed) is held by no field",
        "keep it in a field, or give a name: input(type, \"name\")");
  }

  private static final class BitRange extends Module {
    BitRange() {
      UInt in = input(UInt.of(8));
      UInt high = in.bits(8, 4); // at fault: bit range
    }
  }

  @Test
  void bitsThatASignalDoesNotHave() {
    check(
        BitRange::new,
        "bit range",
        Kind.OUT_OF_RANGE,
        "bits 8 down to 4 of a signal of 8 bits",
        "allowed is 0 to 7");
  }

  private static final class Constant extends Module {
    Constant() {
      SInt out = output(SInt.of(8));
      out.set(128); // at fault: constant
    }
  }

  @Test
  void aConstantThatDoesNotFit() {
    check(
        Constant::new,
        "constant",
        Kind.OUT_OF_RANGE,
        "128 does not fit into 8 signed bits",
        "allowed is -128 to 127");
  }

  private static final class Element extends Module {
    Element() {
      Vec<Bool> lanes = input(Vec.of(4, Bool.of()));
      output(Bool.of(), "out").set(lanes.get(4)); // at fault: element
    }
  }

  @Test
  void anElementThatAVectorDoesNotHave() {
    check(
        Element::new,
        "element",
        Kind.OUT_OF_RANGE,
        "element 4 of a vector of 4",
        "allowed is 0 to 3");
  }

  private static final class Empty extends Module {
    Empty() {
      UInt none = input(UInt.of(0)); // at fault: empty
    }
  }

  @Test
  void aSignalWithoutBits() {
    check(
        Empty::new,
        "empty",
        Kind.OUT_OF_RANGE,
        "a signal of 0 bits",
        "a signal has at least one bit");
  }

  private static final class JustAType extends Module {
    JustAType() {
      Bool out = output(Bool.of());
      out.set(Bool.of().not()); // at fault: just a type
    }
  }

  @Test
  void aTypeWhereASignalIsNeeded() {
    check(
        JustAType::new,
        "just a type",
        Kind.UNBOUND,
        "a type or constant is used where a signal is needed",
        "make it hardware first: input(...), wire(...), register(...)");
  }

  private static final class WireReset extends Module {
    WireReset() {
      wire(UInt.of(4)).reset(3); // at fault: wire reset
    }
  }

  @Test
  void aResetValueForSomethingElseThanARegister() {
    check(
        WireReset::new,
        "wire reset",
        Kind.NOT_ASSIGNABLE,
        "only a register has a reset value",
        "make it a register(...)");
  }

  private static final class ReadOnly extends Module {
    ReadOnly() {
      Memory<UInt> table = registerFile(UInt.of(8), 4); // at fault: read only
      UInt address = input(UInt.of(2));
      output(UInt.of(8), "out").set(table.read(address));
    }
  }

  @Test
  void aMemoryThatIsNeverWritten() {
    check(
        ReadOnly::new,
        "read only",
        Kind.MEMORY,
        "memory table of read_only is never written",
        "write it, or use constants");
  }

  private static final class WrongAddress extends Module {
    WrongAddress() {
      Memory<UInt> table = memory(UInt.of(8), 100); // see also: wrong address
      Bool enable = input(Bool.of());
      UInt data = table.read(UInt.literal(0, 8), enable); // at fault: wrong address
    }
  }

  @Test
  void anAddressOfAnotherWidth() {
    check(
        WrongAddress::new,
        "wrong address",
        Kind.MEMORY,
        "an address of 8 bits for a depth of 100",
        "the address has 7 bits");
    checkOther(WrongAddress::new, "wrong address");
  }
}
