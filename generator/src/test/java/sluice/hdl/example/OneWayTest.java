package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/**
 * A value that can only go one way gives its taker's name and line without a walk of the stack.
 * Here it seems to go one way, and goes another, or goes it in an unusual manner: tests run with
 * assertions, by which the language compares each short cut with the walk.
 */
class OneWayTest {

  static {
    boolean enabled = false;
    assert enabled = true;
    if (!enabled) {
      throw new IllegalStateException("run tests with -ea");
    }
  }

  private abstract static class Circuit extends Module {
    final UInt a = input(UInt.of(8));
    final UInt b = input(UInt.of(8));
    final UInt out = output(UInt.of(40));

    void end(UInt value) {
      out.set(value.resize(40));
    }
  }

  private static List<String> names(Module module) {
    Netlist netlist = Elaborator.forSimulation(module).top();
    return netlist.nodes().stream()
        .filter(node -> node instanceof Node.Operation || node instanceof Node.Register)
        .map(Node::name)
        .filter(name -> name != null)
        .toList();
  }

  private static final class Chains extends Circuit {
    Chains() {
      UInt chained = a.plus(b).times(b).minusWrap(a);
      UInt held = delayed(a.xor(b));
      UInt nested = a.plus(1).times(b.plus(2));
      UInt counter = register(UInt.of(8)).reset(3);
      counter.set(counter.plusWrap(1));
      end(chained.plus(held).plus(nested).plus(counter));
    }
  }

  @Test
  void chainsAndNestedCallsAreNamedAfterWhatTakesTheWhole() {
    assertThat(names(new Chains())).containsExactly("chained", "held", "nested", "counter");
  }

  private static final class Unchanged extends Circuit {
    Unchanged() {
      UInt sum = a.plusWrap(b);
      // As wide as it is: the same object goes on, and is asked once more for the same.
      UInt same = sum.truncate(8);
      UInt low = same.truncate(4);
      UInt turned = low.times(b).shiftRight(0).shiftRight(1);
      // The same bits under another type: what takes the number is not what takes the signed one.
      SInt signed = turned.plus(a).asSInt();
      SInt negative = signed.negate();
      end(negative.asUInt());
    }
  }

  @Test
  void aMethodThatHasNothingToDoIsNoStepOnTheWay() {
    Netlist netlist = Elaborator.forSimulation(new Unchanged()).top();
    assertThat(netlist.nodes().stream().map(Node::name))
        .contains("sum", "low", "turned", "negative")
        .doesNotContain("same");
  }

  private static final class Branches extends Circuit {
    Branches(boolean first) {
      UInt sum = first ? a.plus(b) : a.times(b);
      UInt once = sum.plus(1);
      UInt either = (first ? a.plus(3) : a.plus(5)).times(b);
      UInt late;
      if (first) {
        late = a.and(b);
      } else {
        late = a.or(b);
      }
      UInt taken = late.plus(once);
      end(taken.plus(either));
    }
  }

  @Test
  void branchesMeetInOneVariable() {
    assertThat(names(new Branches(true))).containsExactly("sum", "once", "either", "late", "taken");
    assertThat(names(new Branches(false)))
        .containsExactly("sum", "once", "either", "late", "taken");
  }

  private static final class Loops extends Circuit {
    Loops() {
      List<UInt> terms = new ArrayList<>();
      UInt last = a;
      for (int i = 0; i < 2; i++) {
        UInt product = a.times(b);
        UInt term = delayed(product);
        terms.add(term);
        // Read once in the code, and more than once as it runs.
        UInt shared = last.plus(1);
        for (int j = 0; j < 2; j++) {
          UInt step = shared.plus(j);
          terms.add(step);
        }
        last = delayed(term);
      }
      UInt sum = terms.get(0);
      for (UInt term : terms.subList(1, terms.size())) {
        sum = sum.plus(term);
      }
      end(sum.plus(last));
    }
  }

  @Test
  void loopsCountWhatGoesThroughThem() {
    assertThat(names(new Loops()))
        .contains("product_0", "term_0", "shared_0", "step_0", "step_3", "last_1");
  }

  private static final class Helpers extends Circuit {
    Helpers() {
      UInt helped = twice(a.plus(b));
      UInt mapped = mapped(a.times(b), value -> value.plus(7));
      UInt overloaded = delayed(a.xor(b), 2);
      UInt reference = mapped(a.and(b), b::plus);
      end(helped.plus(mapped).plus(overloaded).plus(reference));
    }

    private UInt twice(UInt value) {
      UInt doubled = value.plus(value);
      return doubled;
    }

    private UInt mapped(UInt value, UnaryOperator<UInt> function) {
      return function.apply(value);
    }

    /** Called like a method of the language. */
    private UInt delayed(UInt value, int cycles) {
      UInt result = value;
      for (int i = 0; i < cycles; i++) {
        result = delayed(result);
      }
      return result;
    }
  }

  @Test
  void helpersOfTheUsersOwnTakeValuesElsewhere() {
    assertThat(names(new Helpers()))
        .contains("helped", "mapped", "reference")
        .anyMatch(name -> name.startsWith("overloaded") || name.startsWith("result"));
  }

  private static final class Captured extends Circuit {
    Captured() {
      UInt sum = a.plus(b);
      UInt held = register(UInt.of(16)).reset(0);
      when(
          a.eq(b).or(a.gt(3)),
          () -> {
            UInt inside = sum.plus(1);
            held.set(inside.extend(16));
          });
      UInt twice = a.minusWrap(b);
      UInt assigned = twice;
      UInt both = (assigned = a.plus(9)).times(assigned);
      end(held.plus(twice).plus(both));
    }
  }

  @Test
  void lambdasAndAssignmentsWithinExpressionsAreNoOneWay() {
    assertThat(names(new Captured())).contains("sum", "inside", "held", "twice", "both");
  }
}
