package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.UInt;
import sluice.hdl.check.ElaborationException;

/** All mistakes of an elaboration are reported together, and a mistake leads to no other one. */
class ManyMistakesTest extends MistakeTest {

  private static final class Child extends Module {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of()); // out
    final UInt open = output(UInt.of(4)); // open

    Child() {
      out.set(out.xor(in)); // loop
    }
  }

  private static final class Parent extends Module {
    Parent() {
      Bool enable = input(Bool.of());
      UInt data = input(UInt.of(8)); // data
      UInt narrow = output(UInt.of(4)); // narrow
      narrow.set(data); // too wide
      data.set(1); // own input
      UInt twice = output(UInt.of(8));
      twice.set(1); // first
      twice.set(2); // second
      Child child = instance(new Child());
      child.in.set(enable);
      Child other = instance(new Child()); // other
      other.in.set(other.out.and(child.out)); // and
      UInt level = output(UInt.of(4)); // level
      when(enable, () -> level.set(3)); // enable
      Memory<UInt> table = memory(UInt.of(4), 16); // table
      output(UInt.of(4), "looked_up").set(table.read(level, enable));
      UInt a = wire(UInt.of(4)); // a
      UInt b = wire(UInt.of(4)); // b
      a.set(a.not()); // a not
      b.set(b.not()); // b not
      Bool clock = input(Bool.of()); // clock
      output(Bool.of()).set(clock); // unnamed
    }
  }

  @Test
  void allTogether() {
    ElaborationException exception =
        catchThrowableOfType(ElaborationException.class, () -> Elaborator.elaborate(new Parent()));
    assertThat(exception)
        .hasMessage(
            """
            %s: width-mismatch: 8 bits are assigned to 4 bits (see also %s)
                narrow the value with truncate(4) or widen the target
            %s: port-direction: a module assigns its own input (see also %s)
                inputs are assigned by the parent, outputs by the module itself
            %s: double-driver: a signal is assigned twice (see also %s)
                assign once, or the default first and the exceptions under when(...)
            %s: name-clash: a port is called clock, which every module has by itself
                rename it
            %s: unnamed-port: a port of module parent (Parent) is held by no field
                keep it in a field, or give a name: input(type, "name")
            %s: undriven: open of child is never assigned
                assign it with set(...)
            %s: not-on-every-path: level of parent has no value when enable is false (%s)
                assign a default before the when(...), or add otherwise(...)
            %s: memory: memory table of parent is never written
                write it, or give it contents(...)
            %s: combinational-loop: a loop without a register in child:
                  a value (xor) at %s
                  out at %s
                break the loop with a register
            %s: combinational-loop: a loop without a register in parent:
                  other.out at %s
                  a value (and) at %s
                  other.in at %s
                break the loop with a register
            %s: combinational-loop: a loop without a register in parent:
                  a value (not) at %s
                  a at %s
                break the loop with a register
            %s: combinational-loop: a loop without a register in parent:
                  a value (not) at %s
                  b at %s
                break the loop with a register"""
                .formatted(
                    lines(
                        "too wide, narrow, own input, data, second, first, clock, unnamed, open",
                        "level, enable, table, out, loop, out",
                        "other, other, and, other, a, a not, a, b, b not, b")));
  }

  private Object[] lines(String... markers) {
    return Arrays.stream(String.join(", ", markers).split(", ")).map(this::line).toArray();
  }

  private enum Phase {
    IDLE,
    BUSY,
    DONE
  }

  private static final class States extends Module {
    States() {
      StateRegister<Phase> phase = stateRegister(Phase.class, Phase.IDLE);
      UInt count = input(UInt.of(4));
      UInt out = output(UInt.of(4));
      phase
          .on(Phase.IDLE, () -> out.set(1)) // idle
          .on(Phase.BUSY, () -> when(count.eq(3), () -> out.set(2))); // busy
    }
  }

  @Test
  void aPathIsTheShortestAndNamesStates() {
    assertThat(mistake(States::new).message())
        .isEqualTo(
            "out of states has no value when phase is not IDLE (%s) and phase is not BUSY (%s)"
                .formatted(line("idle"), line("busy")));
  }

  private static final class LongChain extends Module {
    LongChain() {
      UInt select = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      var chain = when(select.eq(0), () -> out.set(0)); // chain
      for (int i = 1; i < 100; i++) {
        int value = i;
        chain.elseWhen(select.eq(i), () -> out.set(value)); // branch
      }
    }
  }

  @Test
  void aLongPathIsCut() {
    assertThat(mistake(LongChain::new).message())
        .isEqualTo(
            ("out of long_chain has no value when select is not 0 (%1$s) and select is not 1 (%2$s)"
                    + " and select is not 2 (%2$s) and select is not 3 (%2$s) and 96 more")
                .formatted(line("chain"), line("branch")));
  }
}
