package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.Diagnostic.Kind;

/** Mistakes in what drives what, and in names. */
class StructureMistakesTest extends MistakeTest {

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
      Bool other = input(Bool.of());
      when(in, () -> out.set(1)) // first of some paths
          .elseWhen(other.not(), () -> out.set(2)); // second of some paths
    }
  }

  @Test
  void aSignalWithoutValueOnSomePath() {
    check(
        SomePaths::new,
        "some paths",
        Kind.NOT_ON_EVERY_PATH,
        "out of some_paths has no value when in is false (%s) and other is true (%s)"
            .formatted(line("first of some paths"), line("second of some paths")),
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
        .contains("back at StructureMistakesTest.java:")
        .contains("inverter.in at StructureMistakesTest.java:")
        .contains("inverter.out at StructureMistakesTest.java:");
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
}
