package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.check.Policy;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.lib.Queue;

/** An edit somewhere in a module takes no name away from what it does not touch. */
class NameStabilityTest {

  /** What is added to the circuit. */
  private enum Edit {
    NONE,
    VALUE_ABOVE,
    UNNAMED_VALUE_ABOVE,
    REGISTER_ABOVE,
    MEMORY_ABOVE,
    CHILD_ABOVE,
    HELPER_CALL_BELOW,
    NEW_USE_OF_A_VALUE,
    NEW_USE_OF_A_DEAD_VALUE,
    NEW_USE_OF_AN_UNNAMED_VALUE,
    STATEMENT_IN_A_BRANCH
  }

  private static final class Edited extends Module {
    Edited(Edit edit) {
      super("edited");
      UInt a = input(UInt.of(8));
      UInt b = input(UInt.of(8));
      Bool enable = input(Bool.of());
      UInt index = input(UInt.of(2));
      UInt first = output(UInt.of(8));
      UInt second = output(UInt.of(8));
      UInt third = output(UInt.of(16));
      UInt fourth = output(UInt.of(8));
      UInt extra = output(UInt.of(8));
      UInt other = output(UInt.of(8));
      UInt added = a;
      switch (edit) {
        case VALUE_ABOVE -> {
          UInt mixture = a.or(b);
          added = mixture.plusWrap(mixture.not());
        }
        case UNNAMED_VALUE_ABOVE ->
            added = mux(enable, a.times(b).bits(9, 2), b.times(b).bits(9, 2));
        case REGISTER_ABOVE -> {
          UInt previous = register(UInt.of(8)).reset(0);
          previous.set(a.plusWrap(b));
          added = previous;
        }
        case MEMORY_ABOVE -> {
          Memory<UInt> history = memory(UInt.of(8), 4);
          history.write(enable, index, a.minusWrap(b));
          added = history.read(index, enable);
        }
        case CHILD_ABOVE -> {
          Queue<UInt> buffer = instance(new Queue<>(UInt.of(8), 2));
          buffer.in.valid().set(enable);
          buffer.in.payload().set(a.xor(b));
          buffer.out.ready().set(enable);
          added = buffer.out.payload();
        }
        default -> {}
      }

      List<UInt> lanes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        UInt offset = a.plusWrap(i + 3);
        lanes.add(offset.xor(b));
      }
      UInt total = BalancedTree.reduce(lanes, UInt::plus).truncate(8);
      UInt dead = a.minusWrap(7);
      UInt live = a.minusWrap(9);
      UInt clipped = clip(total, live);
      first.set(clipped.xor(b));

      UInt count = register(UInt.of(8)).reset(0);
      extra.set(a);
      when(
          enable.and(a.eq(b)),
          () -> {
            count.set(count.plusWrap(1));
            if (edit == Edit.STATEMENT_IN_A_BRANCH) {
              UInt stepped = register(UInt.of(8)).reset(0);
              stepped.set(a);
              extra.set(stepped);
            }
          });
      second.set(count);

      Queue<UInt> queue = instance(new Queue<>(UInt.of(8), 4));
      queue.in.valid().set(enable);
      queue.in.payload().set(a.times(b).bits(11, 4));
      queue.out.ready().set(enable);
      Memory<UInt> table = memory(UInt.of(8), 4);
      table.write(queue.out.fires(), index, queue.out.payload());
      UInt word = table.read(index, enable);
      third.set(word.concat(Vec.from(lanes).get(index)).plusWrap(a.times(b).bits(11, 4)));
      fourth.set(mux(enable, word, b.times(a).bits(12, 5)));

      switch (edit) {
        case HELPER_CALL_BELOW -> {
          UInt bounded = clip(b, a);
          added = bounded;
        }
        case NEW_USE_OF_A_VALUE -> added = clipped.plusWrap(lanes.get(2));
        case NEW_USE_OF_A_DEAD_VALUE -> added = dead;
        case NEW_USE_OF_AN_UNNAMED_VALUE -> added = a.times(b).bits(11, 4);
        default -> {}
      }
      other.set(added);
    }

    /** A helper with a variable of its own beside the one that it returns. */
    private static UInt clip(UInt value, UInt most) {
      Bool over = value.gt(most);
      UInt clippedValue = mux(over, most, value);
      return clippedValue;
    }
  }

  private static List<String> identifiers(Edit edit) {
    return new VerilogWriter("")
        .names(Elaborator.elaborate(new Edited(edit), Policy.standard())).get("edited").stream()
            .map(DeclaredName::identifier)
            .toList();
  }

  @ParameterizedTest
  @EnumSource(Edit.class)
  void anEditElsewhereChangesNoName(Edit edit) {
    List<String> before = identifiers(Edit.NONE);
    List<String> after = identifiers(edit);
    assertThat(before)
        .contains("lanes_0", "lanes_3", "offset_0", "total", "clipped", "over", "word");
    assertThat(after).containsAll(before);
    assertThat(after).doesNotHaveDuplicates();
    assertThat(Stream.concat(before.stream(), after.stream())).doesNotContain("clipped_value");
  }
}
