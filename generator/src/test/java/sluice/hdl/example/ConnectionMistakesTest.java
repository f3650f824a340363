package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Elaborator;
import sluice.hdl.Flipped;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;

/** Structured data that does not fit together. */
class ConnectionMistakesTest extends MistakeTest {
  private static final String CONNECT = "connect data of one structure, or its parts one by one";

  private record Request(UInt address, UInt length, Vec<UInt> lanes, @Flipped Bool grant)
      implements Bundle {}

  private record OtherRequest(UInt address, SInt length, Vec<UInt> lanes, Bool grant, Bool urgent)
      implements Bundle {}

  private static Request request(int addressBits) {
    return new Request(UInt.of(addressBits), UInt.of(4), Vec.of(3, UInt.of(2)), Bool.of());
  }

  private static final class Several extends Module {
    Several() {
      OtherRequest from =
          input(
              new OtherRequest(
                  UInt.of(12), SInt.of(4), Vec.of(2, UInt.of(2)), Bool.of(), Bool.of())); // from
      Request to = wire(request(10)); // to
      Module.<Bundle>connect(to, from); // connect
    }
  }

  @Test
  void everyDifferenceIsReportedWithBothLines() {
    ElaborationException exception =
        catchThrowableOfType(ElaborationException.class, () -> Elaborator.elaborate(new Several()));
    assertThat(exception.diagnostics().stream().limit(5).map(Diagnostic::toString))
        .containsExactly(
            "%s: width-mismatch: 12 bits are assigned to 10 bits in address (see also %s)\n    %s"
                .formatted(
                    line("connect"),
                    line("to"),
                    "narrow the value with truncate(10) or widen the target"),
            difference("length is a UInt in the sink and a SInt in the source", "to"),
            difference("lanes has 3 elements in the sink and 2 in the source", "to"),
            difference("grant is flipped in the sink only", "to"),
            difference("urgent is in the source and not in the sink", "from"));
  }

  private String difference(String what, String declared) {
    // A declaration of several lines counts from the line of its call.
    String other = declared.equals("from") ? lineBefore(line("from"), 2) : line(declared);
    return "%s: connection-mismatch: %s (see also %s)\n    %s"
        .formatted(line("connect"), what, other, CONNECT);
  }

  private static String lineBefore(String line, int count) {
    int colon = line.lastIndexOf(':');
    return line.substring(0, colon + 1) + (Integer.parseInt(line.substring(colon + 1)) - count);
  }

  private static final class Alike extends Module {
    private record Renamed(UInt address, UInt length, Vec<UInt> lanes, @Flipped Bool grant)
        implements Bundle {}

    final Request in = input(request(10));
    final Renamed out =
        output(new Renamed(UInt.of(11), UInt.of(4), Vec.of(3, UInt.of(2)), Bool.of()));

    Alike() {
      Module.<Bundle>connect(out, in);
    }
  }

  @Test
  void recordsOfEqualComponentsConnectAndNarrowerSignalsAreExtended() {
    assertThat(Elaborator.elaborate(new Alike()).modules()).hasSize(1);
  }

  private static final class StreamPayload extends Module {
    StreamPayload() {
      Stream<UInt> in = input(Stream.of(UInt.of(9)));
      Stream<UInt> out = output(Stream.of(UInt.of(8))); // see also: stream payload
      in.to(out); // at fault: stream payload
    }
  }

  @Test
  void aStreamIntoANarrowerOne() {
    check(
        StreamPayload::new,
        "stream payload",
        Kind.WIDTH_MISMATCH,
        "9 bits are assigned to 8 bits",
        "narrow the value with truncate(8) or widen the target");
    checkOther(StreamPayload::new, "stream payload");
  }

  private static final class Choice extends Module {
    Choice() {
      Bool choose = input(Bool.of());
      Vec<UInt> two = input(Vec.of(2, UInt.of(4))); // see also: choice
      Vec<UInt> three = input(Vec.of(3, UInt.of(4)));
      Vec<UInt> chosen = mux(choose, two, three); // at fault: choice
    }
  }

  @Test
  void aChoiceBetweenDifferentStructures() {
    check(
        Choice::new,
        "choice",
        Kind.CONNECTION_MISMATCH,
        "the data has 2 elements in the first value and 3 in the second",
        "choose between data of one structure");
    checkOther(Choice::new, "choice");
  }

  private static final class Elements extends Module {
    Elements() {
      UInt index = input(UInt.of(1));
      UInt four = input(UInt.of(4));
      UInt five = input(UInt.of(5));
      UInt chosen = Vec.from(List.of(four, five)).get(index); // at fault: elements
    }
  }

  @Test
  void aVectorOfDifferentWidthsWithAnIndexOfASignal() {
    check(
        Elements::new,
        "elements",
        Kind.WIDTH_MISMATCH,
        "a choice between 4 and 5 bits",
        "extend(...) or truncate(...) one of them");
  }

  private static final class UnfixedReset extends Module {
    UnfixedReset() {
      UInt in = input(UInt.of(4));
      UInt value = register(UInt.of(4), in); // at fault: unfixed reset
      output(UInt.of(4), "out").set(value);
    }
  }

  @Test
  void aResetValueThatIsNoConstant() {
    check(
        UnfixedReset::new,
        "unfixed reset",
        Kind.NOT_ASSIGNABLE,
        "a reset value is no constant",
        "take literals: the value after reset is fixed");
  }
}
