package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.lib.Queue;

/** Mistakes as people make them who come from other languages: each leads to the line to mend. */
class TypicalMistakesTest extends MistakeTest {

  private static final class CountingUp extends Module {
    CountingUp() {
      UInt count = register(UInt.of(8)).reset(0);
      count.set(count.plus(1)); // at fault: counter
      output(UInt.of(8), "value").set(count);
    }
  }

  @Test
  void aCounterThatGrows() {
    check(
        CountingUp::new,
        "counter",
        Kind.WIDTH_MISMATCH,
        "9 bits are assigned to 8 bits",
        "narrow the value with truncate(8) or widen the target");
  }

  private static final class Decoder extends Module {
    Decoder() {
      UInt opcode = input(UInt.of(2));
      Bool write = output(Bool.of()); // at fault: decoder
      when(opcode.eq(1), () -> write.set(true)) // first case
          .elseWhen(opcode.eq(2), () -> write.set(false)); // second case
    }
  }

  @Test
  void aDecoderWithoutDefault() {
    check(
        Decoder::new,
        "decoder",
        Kind.NOT_ON_EVERY_PATH,
        "write of decoder has no value when opcode is not 1 ("
            + line("first case")
            + ") and opcode is not 2 ("
            + line("second case")
            + ")",
        "assign a default before the when(...), or add otherwise(...)");
  }

  private static final class Unread extends Module {
    Unread() {
      Stream<UInt> words = input(Stream.of(UInt.of(8)));
      Stream<UInt> out = output(Stream.of(UInt.of(8)));
      Queue<UInt> queue = instance(new Queue<>(UInt.of(8), 4)); // at fault: ready
      words.to(queue.in);
      out.valid().set(queue.out.valid());
      out.payload().set(queue.out.payload());
    }
  }

  @Test
  void aStreamWhoseReadyIsForgotten() {
    check(
        Unread::new,
        "ready",
        Kind.UNDRIVEN,
        "queue.out_ready of unread is never assigned",
        "assign it with set(...)");
  }

  private static final class TwoWriters extends Module {
    TwoWriters() {
      Bool start = input(Bool.of());
      Bool stop = input(Bool.of());
      Bool running = register(Bool.of()).reset(false);
      running.set(running.or(start)); // see also: writers
      running.set(running.andNot(stop)); // at fault: writers
      output(Bool.of(), "busy").set(running);
    }
  }

  @Test
  void aRegisterWrittenInTwoPlaces() {
    check(
        TwoWriters::new,
        "writers",
        Kind.DOUBLE_DRIVER,
        "a signal is assigned twice",
        "assign once, or the default first and the exceptions under when(...)");
    checkOther(TwoWriters::new, "writers");
  }

  private static final class Accumulating extends Module {
    Accumulating() {
      UInt term = input(UInt.of(8));
      UInt sum = output(UInt.of(8)); // at fault: accumulator
      sum.set(sum.plusWrap(term)); // sum
    }
  }

  @Test
  void anAccumulatorWithoutRegister() {
    check(
        Accumulating::new,
        "accumulator",
        Kind.COMBINATIONAL_LOOP,
        "a loop without a register in accumulating:\n      a value (add) at "
            + line("sum")
            + "\n      sum at "
            + line("at fault: accumulator"),
        "break the loop with a register");
  }

  private static final class NotPlaced extends Module {
    NotPlaced() {
      Stream<UInt> words = input(Stream.of(UInt.of(8)));
      Queue<UInt> queue = new Queue<>(UInt.of(8), 4);
      words.to(queue.in); // at fault: placed
    }
  }

  @Test
  void aChildThatIsBuiltButNotPlaced() {
    check(
        NotPlaced::new,
        "placed",
        Kind.WRONG_MODULE,
        "a signal of module not_placed (NotPlaced) is used in module queue4x8 (Queue)",
        "pass it through a port; a child is usable after instance(child)");
  }

  private static final class LateRead extends Module {
    LateRead() {
      UInt address = input(UInt.of(4));
      Memory<UInt> table = memory(UInt.of(8), 16); // see also: memory
      table.write(input(Bool.of(), "write"), address, input(UInt.of(8), "word"));
      UInt word = output(UInt.of(8));
      word.set(table.read(address)); // at fault: memory
    }
  }

  @Test
  void aMemoryReadAsIfItWereRegisters() {
    check(
        LateRead::new,
        "memory",
        Kind.MEMORY,
        "a memory is read with enable",
        "use read(address, enable)");
    checkOther(LateRead::new, "memory");
  }

  private static final class TypeForSignal extends Module {
    TypeForSignal() {
      UInt total = UInt.of(8);
      UInt value = output(UInt.of(8));
      value.set(total); // at fault: type
    }
  }

  @Test
  void aVariableThatIsOnlyAType() {
    check(
        TypeForSignal::new,
        "type",
        Kind.UNBOUND,
        "a type or constant is used where a signal is needed",
        "make it hardware first: input(...), wire(...), register(...)");
  }

  private static final class LargeReset extends Module {
    LargeReset() {
      UInt timer = register(UInt.of(8)).reset(256); // at fault: reset
      output(UInt.of(8), "value").set(timer);
    }
  }

  @Test
  void aResetValueThatDoesNotFit() {
    check(
        LargeReset::new,
        "reset",
        Kind.OUT_OF_RANGE,
        "256 does not fit into 8 bits",
        "allowed is 0 to 255");
  }

  private static final class Selecting extends Module {
    Selecting() {
      UInt word = input(UInt.of(8));
      List<Bool> bits = new ArrayList<>();
      for (int i = 0; i <= 8; i++) {
        bits.add(word.bit(i)); // at fault: bit
      }
      output(Bool.of(), "last").set(bits.get(8));
    }
  }

  @Test
  void oneBitTooMany() {
    check(
        Selecting::new,
        "bit",
        Kind.OUT_OF_RANGE,
        "bits 8 down to 8 of a signal of 8 bits",
        "allowed is 0 to 7");
  }

  @Test
  void theMessageIsAllThatIsPrinted() {
    StringWriter printed = new StringWriter();
    try {
      Elaborator.elaborate(new LargeReset());
    } catch (ElaborationException refused) {
      refused.printStackTrace(new PrintWriter(printed, true));
    }
    assertThat(printed.toString())
        .isEqualToNormalizingNewlines(
            """
            sluice.hdl.check.ElaborationException: %s: out-of-range: 256 does not fit into 8 bits
                allowed is 0 to 255
            """
                .formatted(line("at fault: reset")));
  }
}
