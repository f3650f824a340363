package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** Records of signals. */
class BundleTest {

  private record Word(UInt value, SInt offset, Bool last) implements Bundle {}

  @Test
  void packingATypeGivesTheTypeOfThePackedForm() {
    UInt packed = Module.pack(new Word(UInt.of(7), SInt.of(4), Bool.of()));
    assertThat(packed.isType()).isTrue();
    assertThat(packed.width()).isEqualTo(12);
  }
}
