package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.ClockDomain;
import sluice.hdl.Depth;
import sluice.hdl.Encoding;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Pipeline;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.crossing.ResetSynchronizer;
import sluice.hdl.lib.crossing.Synchronizer;

/** Circuits that the tests emit and give to other tools. */
final class Circuits {
  private Circuits() {}

  /** A counter with enable. */
  static final class Counter extends Module {
    final Bool enable;
    final UInt count;
    final Bool last;

    Counter(int limit) {
      super("counter" + limit);
      describe("Counts the cycles with enable, from 0 to " + (limit - 1) + " and around.");
      enable = input(Bool.of());
      count = register(UInt.index(limit)).reset(0);
      last = output(Bool.of());
      UInt value = output(UInt.index(limit), "value");
      last.set(count.eq(limit - 1));
      value.set(count);
      when(enable, () -> count.set(mux(last, UInt.literal(0, count.width()), count.plusWrap(1))));
    }
  }

  enum Phase {
    IDLE,
    LOAD,
    RUN,
    DRAIN
  }

  /** A state machine with counters. */
  static final class Sequencer extends Module {
    final Bool start;
    final UInt length;
    final Bool busy;
    final Bool loading;

    Sequencer() {
      this("sequencer", Encoding.BINARY);
    }

    Sequencer(String name, Encoding encoding) {
      super(name);
      describe("Loads, runs for a number of cycles, and drains.");
      start = input(Bool.of());
      length = input(UInt.of(8));
      busy = output(Bool.of());
      loading = output(Bool.of());
      StateRegister<Phase> phase = stateRegister(Phase.class, Phase.IDLE, encoding);
      UInt remaining = register(UInt.of(8)).reset(0);
      phase
          .on(
              Phase.IDLE,
              () ->
                  when(
                      start,
                      () -> {
                        phase.set(Phase.LOAD);
                        remaining.set(length);
                      }))
          .on(Phase.LOAD, () -> phase.set(Phase.RUN))
          .on(
              Phase.RUN,
              () -> {
                remaining.set(remaining.minusWrap(1));
                when(remaining.eq(0), () -> phase.set(Phase.DRAIN));
              })
          .on(Phase.DRAIN, () -> phase.set(Phase.IDLE));
      busy.set(phase.is(Phase.IDLE).not());
      loading.set(phase.is(Phase.LOAD));
    }
  }

  /** A machine whose states have names, of which one is used for nothing but branches. */
  static final class NamedStates extends Module {
    final Bool start = input(Bool.of());
    final Bool busy = output(Bool.of());
    final Bool active = output(Bool.of());
    final UInt count = output(UInt.of(4));

    NamedStates() {
      describe("Counts to 9 after a start, and drains for a cycle.");
      StateRegister<Phase> phase = stateRegister(Phase.class, Phase.IDLE);
      Bool idle = phase.is(Phase.IDLE);
      Bool running = phase.is(Phase.RUN);
      Bool draining = phase.is(Phase.DRAIN);
      UInt steps = register(UInt.of(4)).reset(0);
      when(idle, () -> when(start, () -> phase.set(Phase.LOAD)))
          .elseWhen(phase.is(Phase.LOAD), () -> phase.set(Phase.RUN))
          .elseWhen(
              running,
              () -> {
                steps.set(steps.plusWrap(1));
                when(steps.eq(8), () -> phase.set(Phase.DRAIN));
              })
          .elseWhen(
              draining,
              () -> {
                steps.set(0);
                phase.set(Phase.IDLE);
              });
      busy.set(idle.not());
      active.set(running);
      count.set(steps);
    }
  }

  /** A word with a sign and a mark. */
  record Word(UInt value, SInt offset, Bool last) implements Bundle {}

  static Queue<Word> wordQueue() {
    return new Queue<>(new Word(UInt.of(70), SInt.of(5), Bool.of()), 4);
  }

  /** Every operator on two operands. */
  static final class Operators extends Module {
    private final UInt x;
    private final UInt y;
    private int count;

    Operators(int widthX, int widthY) {
      super("operators" + widthX + "x" + widthY);
      x = input(UInt.of(widthX));
      y = input(UInt.of(widthY));
      sums();
      comparisons();
      bitwise();
      shifts();
      structure();
    }

    private void check(Bool result) {
      output(Bool.of(), "result" + count++).set(result);
    }

    private void check(UInt result) {
      output(UInt.of(result.width()), "result" + count++).set(result);
    }

    private void check(SInt result) {
      output(SInt.of(result.width()), "result" + count++).set(result);
    }

    private void sums() {
      SInt signedX = x.asSInt();
      SInt signedY = y.asSInt();
      check(x.plus(y));
      check(x.plus(y).plus(x.plus(3)));
      check(x.minus(y));
      check(x.minus(y).minus(signedX.minus(signedY.minus(signedX))));
      check(signedX.plus(signedY).plus(-1));
      check(signedX.negate().abs());
      check(signedX.max(signedY));
      check(x.plus(y).times(y));
      check(signedX.times(signedY).times(signedY.negate()));
      check(signedX.times(signedY).shiftRight(1));
      check(x.extend(Math.max(x.width(), y.width())).minusWrap(y).plusWrap(1));
    }

    private void comparisons() {
      SInt signedX = x.asSInt();
      SInt signedY = y.asSInt();
      check(x.eq(y).or(x.lt(y)).and(x.ne(y)));
      check(x.lt(y).not());
      check(x.le(y).xor(x.gt(y).not()));
      check(signedX.lt(signedY).not());
      check(signedX.ge(signedY).xor(signedX.eq(signedY)));
      check(mux(signedX.plus(signedY).isNegative(), x, x.not()).xorReduce());
      check(x.eq(y).asUInt().eq(x.lt(y).asUInt()));
    }

    private void bitwise() {
      int common = Math.max(x.width(), y.width());
      UInt wideX = x.extend(common);
      UInt wideY = y.extend(common);
      check(wideX.and(wideY.not()).or(wideX.xor(wideY).not()));
      check(wideX.not().xor(wideY.not()).not());
      check(x.not().xorReduce());
      check(x.not().andReduce());
      check(x.not().orReduce());
      check(x.andReduce().not());
      check(x.orReduce().not());
      check(x.xorReduce().not());
      check(x.xorReduce().asUInt().xorReduce());
      check(x.andReduce().asUInt().andReduce());
      check(x.orReduce().asUInt().orReduce());
      check(x.xorReduce().asUInt().not().asBool().xor(y.orReduce().asUInt().not().asBool()));
      check(x.xor(x.not().xorReduce().asUInt().extend(x.width())));
      check(x.concat(y).xorReduce());
      check(wideX.and(wideY).orReduce());
    }

    private void shifts() {
      check(x.shiftRight(y));
      check(x.asSInt().shiftRight(y));
      check(mux(y.bit(0), x.asSInt().shiftRight(y), x.asSInt()));
      check(x.shiftLeft(y, x.width()));
      check(x.shiftLeft(y, x.width() + 3));
      check(x.shiftLeft(3).plus(x.plus(y).shiftRight(1)));
      // An amount of more than 32 bits, whose highest one shifts everything out.
      UInt far = x.bit(0).asUInt().concat(y.extend(y.width() + 40));
      check(x.shiftRight(far));
      check(x.asSInt().shiftRight(far));
      check(x.shiftLeft(far.plus(1), x.width() + 3));
      check(x.bit(0).asUInt().shiftRight(far));
      check(x.bit(y));
      check(x.plus(1).shiftRight(y.plus(1)));
      check(x.shiftRight(y).eq(y));
    }

    private void structure() {
      check(x.concat(y));
      check(x.plus(1).concat(y.times(3)).truncate(x.width()));
      check(x.extend(x.width() + 67));
      check(x.asSInt().extend(x.width() + 1));
      check(x.plus(y).asSInt().extend(x.width() + y.width() + 20));
      check(x.bit(0).asUInt().asSInt().extend(9));
      check(mux(y.bit(0), x, mux(x.bit(0), x.not(), x.plus(1).truncate(x.width()))));
      check(x.truncate((x.width() + 1) / 2).plus(1));
      List<UInt> choices = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        choices.add(x.xor(UInt.literal(i % 2, x.width())));
      }
      check(Vec.from(choices).get(y));
      check(Vec.from(choices).get(y.plus(x).truncate(1)));
    }
  }

  /** A memory with two read ports, a register file, and registers under nested conditions. */
  static final class Stateful extends Module {

    /** The conditions. */
    record Flags(Bool first, Bool second, Bool third) implements Bundle {}

    Stateful(int width) {
      super("stateful" + width);
      Flags flags = input(new Flags(Bool.of(), Bool.of(), Bool.of()));
      UInt address = input(UInt.of(3));
      UInt data = input(UInt.of(width));
      SInt offset = input(SInt.of(width));

      Memory<UInt> table = memory(UInt.of(width), 8);
      table.write(flags.first(), address, data);
      UInt early = table.read(address, flags.second());
      UInt late = table.read(address.plusWrap(1), flags.third());
      Memory<UInt> file = registerFile(UInt.of(width), 8);
      file.write(flags.second(), address, data.not());
      UInt now = file.read(address.xor(UInt.literal(5, 3)));

      UInt total = register(UInt.of(width)).reset(0);
      SInt peak = register(SInt.of(width)).reset(-1);
      Vec<UInt> history = register(Vec.of(4, UInt.of(width)));
      when(flags.first(), () -> total.set(total.plusWrap(data)))
          .elseWhen(
              flags.second(),
              () -> {
                total.set(data);
                when(flags.third(), () -> peak.set(peak.max(offset)))
                    .otherwise(() -> peak.set(offset));
              })
          .otherwise(() -> when(flags.third(), () -> total.set(total.xor(data))));
      when(flags.third().and(flags.first()), () -> total.set(now));
      history.set(address.truncate(2), data);
      UInt chosen = wire(UInt.of(width));
      chosen.set(total);
      when(flags.second(), () -> chosen.set(history.get(address)));

      UInt seen = output(UInt.of(width), "seen");
      seen.set(mux(delayed(flags.second()), early, late.xor(now)));
      UInt result = output(UInt.of(width), "result");
      result.set(chosen);
      SInt most = output(SInt.of(width), "most");
      most.set(peak);
    }
  }

  /** Registers, memory ports and children of several clocks, one with a reset that is a signal. */
  static final class Domains extends Module {
    final ClockDomain fast = clockDomain("fast");
    final ClockDomain pad = clockDomain("pad").withoutReset();
    final Bool button = asynchronousInput(Bool.of());
    final UInt address = fast.input(UInt.of(3));
    final UInt data = fast.input(UInt.of(8));
    final UInt readAddress = input(UInt.of(3));
    final UInt word = output(UInt.of(8));
    final UInt entry = output(UInt.of(8));
    final UInt presses = fast.output(UInt.of(4));
    final Bool level = pad.output(Bool.of());

    Domains() {
      describe("Registers and memories of three clocks.");
      ResetSynchronizer reset = fast.instance(new ResetSynchronizer(2));
      ClockDomain core = fast.withReset("core", reset.inReset);
      Synchronizer<Bool> pressed = core.instance(Synchronizer.ofBool());
      pressed.in.set(button);
      UInt count = core.register(UInt.of(4)).reset(0);
      when(pressed.out, () -> count.set(count.plusWrap(1)));
      presses.set(count);

      Memory<UInt> table = memory(UInt.of(8), 8);
      table.in(fast).write(pressed.out, address, data);
      word.set(table.read(readAddress, Bool.literal(true)));
      Memory<UInt> file = registerFile(UInt.of(8), 8);
      inDomain(fast, () -> file.write(pressed.out, address, data));
      entry.set(file.read(readAddress));

      Bool sampled = pad.synchronizerStage(button);
      level.set(pad.synchronizerStage(sampled));
    }
  }

  /** Children of one class in a chain, some outputs unused. */
  static final class Chain extends Module {
    Chain() {
      describe("Three queues and a counter of what passes.");
      Stream<UInt> in = input(Stream.of(UInt.of(8)));
      Stream<UInt> out = output(Stream.of(UInt.of(9)));
      List<Queue<UInt>> stages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Queue<UInt> stage = instance(new Queue<>(UInt.of(8), i == 2 ? 4 : 2));
        (i == 0 ? in : stages.get(i - 1).out).to(stage.in);
        stages.add(stage);
      }
      Counter counter = instance(new Counter(5));
      counter.enable.set(out.fires());
      Stream<UInt> even = stages.get(2).out.filter(value -> value.bit(0).not());
      even.map(value -> value.plus(counter.last.asUInt())).to(out);
    }
  }

  /** A sum of products as a balanced pipeline that stalls. */
  static final class SumOfProducts extends Module {

    /** The factors. */
    record Factors(SInt a, SInt b, SInt c, SInt d) implements Bundle {}

    SumOfProducts(Depth depth) {
      SInt factor = SInt.of(10);
      Stream<Factors> factors = input(Stream.of(new Factors(factor, factor, factor, factor)));
      Stream<UInt> magnitudes = output(Stream.of(UInt.of(21)));
      Balanced<UInt> magnitude =
          Pipeline.balanced(
              factors,
              magnitudes,
              depth,
              in -> {
                SInt left = in.a().times(in.b());
                SInt right = in.c().times(in.d());
                return left.plus(right).abs();
              });
      describe(
          "|ab + cd|. Latency: %d cycles; at most %d levels of logic in a stage."
              .formatted(magnitude.latency(), magnitude.worstStage()));
    }
  }

  /** Sums and exclusive ors that depend on each other, as a balanced pipeline. */
  static final class SumsInARow extends Module {
    SumsInARow(Depth depth) {
      Vec<UInt> values = input(Vec.of(7, UInt.of(16)));
      UInt last = output(UInt.of(16));
      Balanced<UInt> mixed =
          Balanced.pipeline(
              values,
              depth,
              in -> {
                UInt value = in.get(0);
                for (int i = 1; i < in.size(); i++) {
                  value = value.plusWrap(in.get(i)).xor(value.rotateLeft(5));
                }
                return value;
              });
      last.set(mixed.output());
    }
  }
}
