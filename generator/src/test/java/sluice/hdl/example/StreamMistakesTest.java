package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.lib.Queue;

/** Streams whose valid waits for ready. */
class StreamMistakesTest extends MistakeTest {
  private static final String ADVICE =
      "offer the value without looking at ready; a register or a queue breaks the path";

  private static final class Waiting extends Module {
    final Stream<UInt> in = input(Stream.of(UInt.of(4)));
    final Stream<UInt> out = output(Stream.of(UInt.of(4))); // at fault: waiting

    Waiting() {
      Bool goes = in.valid().and(out.ready()); // goes
      in.ready().set(goes);
      out.valid().set(goes);
      out.payload().set(in.payload());
    }
  }

  @Test
  void anOutputWhoseValidDependsOnItsReady() {
    check(
        Waiting::new,
        "waiting",
        Kind.VALID_WAITS_FOR_READY,
        "out_valid of waiting depends on out_ready within the cycle:\n"
            + "      out_ready at %s\n      goes at %s\n      out_valid at %s"
                .formatted(line("at fault: waiting"), line("goes"), line("at fault: waiting")),
        ADVICE);
  }

  private static final class PassThrough extends Module {
    final Bool asked = input(Bool.of());
    final Bool given = output(Bool.of());

    PassThrough() {
      given.set(asked);
    }
  }

  private static final class ThroughChild extends Module {
    ThroughChild() {
      Stream<UInt> in = input(Stream.of(UInt.of(4)));
      Stream<UInt> out = output(Stream.of(UInt.of(4))); // at fault: through child
      PassThrough child = instance(new PassThrough()); // child
      child.asked.set(out.ready());
      in.ready().set(out.ready());
      out.valid().set(in.valid().and(child.given)); // and
      out.payload().set(in.payload());
    }
  }

  @Test
  void thePathLeadsThroughChildren() {
    check(
        ThroughChild::new,
        "through child",
        Kind.VALID_WAITS_FOR_READY,
        "out_valid of through_child depends on out_ready within the cycle:\n"
            + "      out_ready at %s\n      child.asked at %s\n      child.given at %s\n"
                .formatted(line("at fault: through child"), line("child"), line("child"))
            + "      a value (and) at %s\n      out_valid at %s"
                .formatted(line("and"), line("at fault: through child")),
        ADVICE);
  }

  private static final class Feeder extends Module {
    Feeder() {
      Bool more = input(Bool.of());
      Stream<UInt> out = output(Stream.of(UInt.of(4)));
      Queue<UInt> queue = instance(new Queue<>(UInt.of(4), 2));
      queue.in.valid().set(more.and(queue.in.ready()));
      queue.in.payload().set(3);
      queue.out.to(out);
    }
  }

  @Test
  void aParentMayTakeRoomInAQueueTogetherWithSomethingElse() {
    assertThat(Elaborator.elaborate(new Feeder()).modules()).hasSize(2);
  }

  private static final class Around extends Module {
    Around() {
      Stream<UInt> in = input(Stream.of(UInt.of(4)));
      Stream<UInt> out = output(Stream.of(UInt.of(4)));
      Waiting child = instance(new Waiting());
      in.to(child.in);
      child.out.to(out);
    }
  }

  @Test
  void aParentOfAModuleThatIsReportedIsNotReportedToo() {
    ElaborationException exception =
        catchThrowableOfType(ElaborationException.class, () -> Elaborator.elaborate(new Around()));
    assertThat(exception.diagnostics()).hasSize(1);
    assertThat(exception.diagnostics().get(0).message()).startsWith("out_valid of waiting ");
  }
}
