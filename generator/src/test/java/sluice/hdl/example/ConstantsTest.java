package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** What is known to be a constant while a circuit is built. */
class ConstantsTest {

  private static final class Kinds extends Module {
    final List<Boolean> kinds = new ArrayList<>();

    Kinds() {
      UInt in = input(UInt.of(8), "in");
      UInt folded = UInt.literal(5, 8).plusWrap(UInt.literal(3, 8));
      for (UInt value : List.of(in, in.plusWrap(UInt.literal(3, 8)), folded)) {
        kinds.add(value.isConstant());
      }
    }
  }

  @Test
  void literalsAndWhatIsComputedOfThemAreConstants() {
    assertThat(UInt.of(8).isConstant()).isFalse();
    assertThat(Bool.literal(true).isConstant()).isTrue();
    assertThat(new Kinds().kinds).containsExactly(false, false, true);
  }
}
