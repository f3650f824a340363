package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.accel.Accelerator;
import sluice.config.Presets;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.netlist.Design;

/** Methods of generated code stay so short that the JVM compiles them, whatever the circuit is. */
class CodeSizeTest {

  /** The JVM leaves methods of more than 8000 bytes to its interpreter. */
  private static final int MOST_BYTES = 6000;

  private static int longestMethod(Module circuit) {
    Design design = Elaborator.forSimulation(circuit);
    Program program = Program.of(design, new Hierarchy(design), Tuning.standard());
    Random random = new Random(1);
    SimulatedMemory[] memories = new SimulatedMemory[program.memories().size()];
    program
        .memories()
        .forEach(
            (block, number) ->
                memories[number] = new SimulatedMemory(block, random, Undefined.PATTERN, () -> {}));
    long[] values = new long[program.words()];
    BytecodeCompiler compiler =
        new BytecodeCompiler(
            program,
            new Consumers(program),
            values,
            new long[program.state()],
            new PartFlags(program.schedule().parts(), program.lines()),
            memories,
            new Interpreter(program, memories, values).tables());
    compiler.compile(true);
    return compiler.longestMethod();
  }

  /** A wide register, and wide arithmetic. */
  private static final class Wide extends Module {
    Wide(int width) {
      UInt a = input(UInt.of(width));
      UInt b = input(UInt.of(width));
      UInt sum = register(UInt.of(width)).reset(1);
      sum.set(a.plusWrap(b).xor(sum));
      UInt product = output(UInt.of(2 * width));
      product.set(sum.times(b));
    }
  }

  @Test
  void aWideRegister() {
    assertThat(longestMethod(new Wide(2000))).isPositive().isLessThan(MOST_BYTES);
  }

  /** A signal that is used everywhere. */
  private static final class Popular extends Module {
    Popular(int users) {
      Bool enable = input(Bool.of());
      UInt step = input(UInt.of(8));
      Bool go = delayed(enable.and(step.ne(0)));
      UInt last = step;
      for (int i = 0; i < users; i++) {
        UInt count = register(UInt.of(8)).reset(0);
        UInt next = count.plusWrap(last).times(step).truncate(8);
        when(go, () -> count.set(next));
        last = count;
      }
      UInt out = output(UInt.of(8));
      out.set(last);
    }
  }

  @Test
  void aSignalThatAllPartsUse() {
    assertThat(longestMethod(new Popular(20_000))).isPositive().isLessThan(MOST_BYTES);
  }

  @Test
  void theAccelerator() {
    assertThat(longestMethod(new Accelerator(Presets.get("edge"))))
        .isPositive()
        .isLessThan(MOST_BYTES);
  }
}
