package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;

class QueueTest {

  record Pair(UInt number, Bool flag) implements Bundle {}

  @Test
  void aQueueOfARecordIsNamedAfterTheRecordsBits() {
    Pair type = new Pair(UInt.of(7), Bool.of());

    assertThat(Module.widthOf(type)).isEqualTo(8);
    assertThat(Elaborator.elaborate(new Queue<>(type, 4)).top().name()).isEqualTo("queue4x8");
  }
}
