package sluice.hdl.lib;

import java.util.function.Function;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * The hand-shake of a pipeline that stalls as a whole: all of its stages advance together whenever
 * the last one is empty or is taken. The registers of the data are the user's own, each assigned
 * under {@code when(pipeline.advance(), ...)}.
 */
public final class Pipeline {
  private final Module module;
  private final int stages;
  private final Bool valid;
  private final Bool advance;

  /**
   * A pipeline that begins and ends within a module.
   *
   * @param enters whether a value enters when the stages advance
   * @param leaves whether the value of the last stage is taken, if there is one
   * @param stages registers that a value passes, at least 1
   */
  public Pipeline(Bool enters, Bool leaves, int stages) {
    Parameter.of("Pipeline", "stages", stages).atLeast(1);
    this.module = enters.module();
    this.stages = stages;
    UInt validStages = module.register(UInt.of(stages)).reset(0);
    valid = validStages.bit(stages - 1);
    advance = valid.not().or(leaves).named("advance");
    shift(validStages, enters);
  }

  /** A pipeline from one stream to another; the payload of the second remains to be assigned. */
  public static Pipeline between(Stream<?> in, Stream<?> out, int stages) {
    Pipeline pipeline = new Pipeline(in.valid(), out.ready(), stages);
    in.ready().set(pipeline.advance);
    out.valid().set(pipeline.valid);
    return pipeline;
  }

  /**
   * A pipeline from one stream to another whose registers the language puts; see {@link Balanced}.
   * It stalls as a whole; the valid bits have a reset, the data has none.
   *
   * @param function combinational, from the payload of the first to that of the second
   */
  public static <I extends Data, O extends Data> Balanced<O> balanced(
      Stream<I> in, Stream<O> out, Depth depth, Function<I, O> function) {
    return balanced(in, out, depth, function, in.valid().module().wire(Bool.of()));
  }

  private static <I extends Data, O extends Data> Balanced<O> balanced(
      Stream<I> in, Stream<O> out, Depth depth, Function<I, O> function, Bool advances) {
    Balanced<O> balanced = Balanced.pipeline(in.payload(), advances, depth, function);
    if (balanced.latency() == 0) {
      advances.set(true);
      in.ready().set(out.ready());
      out.valid().set(in.valid());
    } else {
      advances.set(between(in, out, balanced.latency()).advance);
    }
    Module.connect(out.payload(), balanced.output());
    return balanced;
  }

  /** Whether all stages advance at the end of this cycle. */
  public Bool advance() {
    return advance;
  }

  /** Whether there is a value in the last stage. */
  public Bool valid() {
    return valid;
  }

  /**
   * A flag carried along: what it was when the value of the last stage entered.
   *
   * @param name of the registers
   */
  public Bool carry(Bool flag, String name) {
    UInt carried = module.register(UInt.of(stages)).named(name);
    shift(carried, flag);
    return carried.bit(stages - 1);
  }

  private void shift(UInt register, Bool enters) {
    Module.when(advance, () -> register.set(ShiftRegister.next(register, enters)));
  }
}
