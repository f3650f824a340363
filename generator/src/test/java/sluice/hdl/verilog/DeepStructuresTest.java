package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.WhenChain;
import sluice.hdl.netlist.Design;

/** Deep and large circuits are built, checked and written in little stack and little time. */
class DeepStructuresTest {
  /** Far less than any default: a recursion over the netlist would not fit. */
  private static final int SMALL_STACK = 256 * 1024;

  /** The Verilog of a circuit that is built with little stack. */
  private static String write(Supplier<Module> circuit) {
    AtomicReference<String> text = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable build =
        () -> {
          Design design = Elaborator.elaborate(circuit.get());
          text.set(String.join("", new VerilogWriter("").write(design).values()));
        };
    Thread thread = new Thread(null, build, "small stack", SMALL_STACK);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(failure.get()).isNull();
    return text.get();
  }

  private static final class Operators extends Module {
    Operators(int length) {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      List<UInt> values = new ArrayList<>(List.of(in));
      for (int i = 0; i < length; i++) {
        UInt last = values.get(i);
        values.add(
            switch (i % 3) {
              case 0 -> last.plusWrap(1);
              case 1 -> last.xor(in);
              default -> last.not();
            });
      }
      out.set(values.get(length));
    }
  }

  @Test
  void aChainOfOperators() {
    assertThat(write(() -> new Operators(100_000))).contains("assign out = ");
  }

  private static final class Joined extends Module {
    Joined(int length) {
      UInt in = input(UInt.of(1));
      UInt out = output(UInt.of(length + 1));
      out.set(Collections.nCopies(length + 1, in).stream().reduce(UInt::concat).orElseThrow());
    }
  }

  @Test
  void aChainOfConcatenations() {
    assertThat(write(() -> new Joined(2_000))).contains("assign out = ");
  }

  private static final class Branches extends Module {
    Branches(int count) {
      UInt select = input(UInt.of(16));
      UInt out = output(UInt.of(16));
      UInt held = register(UInt.of(16)).reset(0);
      UInt other = register(UInt.of(16)).reset(0);
      UInt wired = output(UInt.of(16));
      WhenChain chain = when(select.eq(0), () -> wired.set(0));
      for (int i = 1; i < count; i++) {
        int value = i;
        chain =
            chain.elseWhen(
                select.eq(i),
                () -> {
                  wired.set(value);
                  (value % 3 == 0 ? held : other).set(value);
                });
      }
      chain.otherwise(() -> wired.set(1));
      out.set(held.xor(other));
    }
  }

  @Test
  void aChainOfBranches() {
    String text = write(() -> new Branches(5_000));
    assertThat(text).contains("end else if (select_is_4998) begin");
  }

  private static final class Nested extends Module {
    private final UInt select = input(UInt.of(16));
    private final UInt held = register(UInt.of(16)).reset(0);
    private final UInt out = output(UInt.of(16));

    Nested(int depth) {
      out.set(held);
      nest(depth);
    }

    private void nest(int depth) {
      if (depth > 0) {
        when(select.eq(depth), () -> nest(depth - 1))
            .elseWhen(select.eq(depth + 1000), () -> held.set(depth));
      } else {
        held.set(1);
      }
    }
  }

  @Test
  void conditionsWithinEachOther() {
    Module circuit = new Nested(500);
    assertThat(write(() -> circuit)).contains("output reg  [15:0] out").hasSizeLessThan(1_000_000);
  }

  private static final class Large extends Module {
    Large(int values) {
      UInt in = input(UInt.of(16));
      UInt out = output(UInt.of(16));
      UInt last = in;
      for (int i = 0; i < values / 4; i++) {
        UInt sum = last.plusWrap(i % 1000);
        UInt mixed = sum.xor(in);
        last = delayed(mixed);
      }
      out.set(last);
    }
  }

  @Test
  void aMillionNodes() {
    Design design = Elaborator.elaborate(new Large(1_000_000));
    assertThat(design.top().built().nodes()).hasSizeGreaterThan(1_000_000);
    assertThat(new VerilogWriter("").write(design)).hasSize(1);
  }
}
