package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Encoding;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.check.Policy;
import sluice.hdl.check.Severity;
import sluice.hdl.lib.Queue;

/** Doubtful places: told, refused or let pass, as a policy says. */
class WarningsTest extends MistakeTest {

  private static List<String> warnings(Module circuit, Policy policy) {
    List<String> told = new ArrayList<>();
    Elaborator.elaborate(circuit, policy.tell(warning -> told.add(warning.toString())));
    return told;
  }

  private static List<String> warnings(Module circuit) {
    return warnings(circuit, Policy.standard());
  }

  private static final class Split extends Module {
    final UInt in = input(UInt.of(8));
    final UInt high = output(UInt.of(4));
    final UInt low = output(UInt.of(4));

    Split() {
      high.set(in.bits(7, 4));
      low.set(in.bits(3, 0));
    }
  }

  private static final class Vain extends Module {
    Vain() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(4));
      Split vain = instance(new Split()); // vain
      vain.in.set(in);
      Split half = instance(new Split()); // half
      half.in.set(in);
      out.set(half.high);
    }
  }

  @Test
  void anUnusedInstance() {
    assertThat(warnings(new Vain()))
        .containsExactly(
            line("vain")
                + ": unused-instance: no output of child vain of vain is used\n"
                + "    use an output, or leave the child out");
  }

  @Test
  void aDroppedOutputIsOnlyToldOnDemand() {
    Policy policy =
        Policy.standard()
            .with(Kind.UNUSED_INSTANCE, Severity.OFF)
            .with(Kind.DROPPED_OUTPUT, Severity.WARNING);
    assertThat(warnings(new Vain(), policy))
        .containsExactly(
            line("half")
                + ": dropped-output: of child half of vain these outputs are not used: low\n"
                + "    use them, or silence this kind for the module");
  }

  private static final class Leftovers extends Module {
    Leftovers() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt count = register(UInt.of(8)).reset(0); // count
      count.set(count.plusWrap(1));
      Vec<UInt> spare = wire(Vec.of(3, UInt.of(8))); // spare
      Vec<UInt> partly = wire(Vec.of(3, UInt.of(8)));
      for (int i = 0; i < 3; i++) {
        spare.get(i).set(in);
        partly.get(i).set(in);
      }
      Memory<UInt> table = registerFile(UInt.of(8), 4); // table
      table.write(in.bit(0), in.bits(1, 0), in);
      out.set(partly.get(1));
    }
  }

  @Test
  void registersWiresAndMemoriesThatReachNothing() {
    assertThat(warnings(new Leftovers()))
        .containsExactly(
            line("count")
                + ": unused-signal: register count of leftovers reaches no output and no"
                + " child\n    use it, or leave it out",
            line("spare")
                + ": unused-signal: wire spare_0 and 2 more of leftovers reach no output"
                + " and no child\n    use it, or leave it out",
            line("table")
                + ": unused-signal: memory table of leftovers reaches no output and no"
                + " child\n    use it, or leave it out");
  }

  private static final class Unknown extends Module {
    Unknown() {
      Bool enable = input(Bool.of());
      Stream<UInt> out = output(Stream.of(UInt.of(4)));
      UInt left = register(UInt.of(4)); // left
      UInt count = register(UInt.of(4)).reset(0);
      when(enable, () -> left.set(left.minusWrap(1)));
      when(left.eq(0), () -> count.set(count.plusWrap(1))); // counts
      Bool settles = delayed(delayed(enable));
      out.payload().set(count);
      out.valid().set(settles);
    }
  }

  @Test
  void controlByARegisterWithoutReset() {
    assertThat(warnings(new Unknown()))
        .containsExactly(
            "%s: resetless-control: left of unknown has no reset value and controls register count (see also %s)\n    give it a reset value, or gate it by a signal that has one"
                .formatted(line("left"), line("counts")));
  }

  /** Its hand-shakes have names of their own; a signal called valid is none. */
  private static final class Handshakes extends Module {
    Handshakes() {
      Stream<UInt> requests = input(Stream.compact(UInt.of(4)), "s_axis_t");
      Bool stale = output(Bool.of(), "old_valid");
      Queue<UInt> queue = instance(new Queue<>(UInt.of(4), 2)); // queue
      Bool taking = register(Bool.of()); // taking
      Bool offering = register(Bool.of()); // offering
      Bool flag = register(Bool.of());
      taking.set(taking.not());
      offering.set(offering.not());
      flag.set(flag.not());
      requests.ready().set(taking);
      queue.in.valid().set(offering);
      queue.in.payload().set(requests.payload());
      queue.out.to(output(queue.out, "m_axis_t"));
      stale.set(flag);
    }
  }

  @Test
  void onlyStreamsAreHandshakes() {
    assertThat(warnings(new Handshakes()))
        .hasSize(2)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(line("taking"))
                    .contains(
                        "taking of handshakes has no reset value and controls output s_axis_tready"))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(line("offering"))
                    .contains(
                        "offering of handshakes has no reset value and controls input queue.in_valid"));
  }

  private enum Step {
    IDLE,
    FETCH,
    STALL,
    DONE
  }

  private static final class Stuck extends Module {
    Stuck(Encoding encoding, boolean stalls, boolean ends) {
      Bool enable = input(Bool.of());
      Bool busy = output(Bool.of());
      StateRegister<Step> step = stateRegister(Step.class, Step.IDLE, encoding); // step
      step.on(Step.IDLE, () -> when(enable, () -> step.set(Step.FETCH)))
          .on(
              Step.FETCH,
              () -> {
                if (ends) {
                  step.set(Step.DONE);
                }
                if (stalls) {
                  when(enable, () -> step.set(Step.STALL));
                }
              })
          .otherwise(() -> step.set(Step.IDLE));
      busy.set(step.is(Step.IDLE).not());
    }
  }

  @ParameterizedTest
  @EnumSource
  void statesThatNothingGoesTo(Encoding encoding) {
    assertThat(warnings(new Stuck(encoding, true, true))).isEmpty();
    assertThat(warnings(new Stuck(encoding, false, true)))
        .containsExactly(
            line("step")
                + ": unentered-state: state STALL of step in stuck is never entered\n"
                + "    go there with set(STALL), or leave the state out");
    assertThat(warnings(new Stuck(encoding, false, false)))
        .containsExactly(
            line("step")
                + ": unentered-state: states STALL, DONE of step in stuck are never entered\n"
                + "    go there with set(...), or leave the states out");
  }

  private static final class Gated extends Module {
    Gated() {
      Bool enable = input(Bool.of());
      UInt out = output(UInt.of(4));
      Bool valid = register(Bool.of()).reset(false);
      UInt data = register(UInt.of(4));
      UInt sum = register(UInt.of(4)).reset(0);
      valid.set(enable);
      when(enable, () -> data.set(sum));
      when(valid, () -> when(data.eq(3), () -> sum.set(data)));
      when(valid.and(data.eq(4)), () -> sum.set(2));
      out.set(sum);
    }
  }

  @Test
  void dataThatAValidGatesIsNoControl() {
    assertThat(warnings(new Gated())).isEmpty();
  }

  @Test
  void aWarningIsPromotedForSomeModules() {
    Policy promoted = Policy.quiet().with(Kind.UNUSED_INSTANCE, "va*", Severity.ERROR);
    assertThatThrownBy(() -> Elaborator.elaborate(new Vain(), promoted))
        .isInstanceOf(ElaborationException.class)
        .hasMessage(
            line("vain")
                + ": unused-instance: no output of child vain of vain is used\n"
                + "    use an output, or leave the child out");
    Policy others = Policy.quiet().with(Kind.UNUSED_INSTANCE, "vainly", Severity.ERROR);
    assertThat(warnings(new Vain(), others)).isEmpty();
  }

  @Test
  void theLastWordOfAPolicyHolds() {
    Policy policy =
        Policy.standard()
            .with(Kind.UNUSED_INSTANCE, Severity.ERROR)
            .with(Kind.UNUSED_INSTANCE, "vain", Severity.OFF);
    assertThat(warnings(new Vain(), policy)).isEmpty();
  }

  @Test
  void anErrorIsNeverSilenced() {
    assertThatThrownBy(() -> Policy.standard().with(Kind.UNDRIVEN, Severity.OFF))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("undriven is always an error");
  }

  @Test
  void theTextOfAKindIsComplete() {
    for (Kind kind : Kind.values()) {
      assertThat(kind.cause()).endsWith(".");
      assertThat(kind.remedy()).endsWith(".");
    }
  }
}
