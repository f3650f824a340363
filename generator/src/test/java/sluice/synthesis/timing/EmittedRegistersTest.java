package sluice.synthesis.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmittedRegistersTest {
  private final EmittedRegisters registers = new EmittedRegisters("top");

  @BeforeEach
  void read() {
    registers.add(
        "child",
        """
        module child (
          input  wire clock,
          output reg  [7:0] sum
        );

          reg  signed [3:0] terms [0:7];
          reg  ready;
          wire [7:0] next = sum + terms[0];
        """,
        Map.of(3, "Child.java:10", 6, "Child.java:11", 7, "Child.java:12", 8, "Child.java:13"));
    registers.add(
        "top",
        """
        module top (
          input  wire clock
        );

          child lane (
            .clock(clock)
          );

          mem_4x8_1r1w buffer (
            .R0_clk(clock)
          );
        """,
        Map.of(5, "Top.java:20", 9, "Top.java:30"));
  }

  @Test
  void aRegisterIsFoundThroughInstances() {
    assertThat(registers.register("lane.sum", 3))
        .isEqualTo(new Endpoint("lane.sum[3]", "child", "sum", "Child.java:10"));
    assertThat(registers.register("lane.ready", 0).javaLine()).isEqualTo("Child.java:12");
  }

  @Test
  void wordsOfAMemoryAreOneDeclaration() {
    Endpoint word = registers.register("lane.terms[5]", 2);
    assertThat(word).isEqualTo(new Endpoint("lane.terms[5][2]", "child", "terms", "Child.java:11"));
    assertThat(word.declaration()).isEqualTo(registers.register("lane.terms[0]", 0).declaration());
  }

  @Test
  void wiresAndUnknownNamesAreNoRegisters() {
    assertThat(registers.register("lane.next", 0)).isNull();
    assertThat(registers.register("lane.other.sum", 0)).isNull();
    assertThat(registers.register("sum", 0)).isNull();
  }

  @Test
  void aMemoryHasTheLineOfItsInstance() {
    assertThat(registers.memory("buffer", "R0_data[1]"))
        .isEqualTo(new Endpoint("buffer.R0_data[1]", "top", "buffer", "Top.java:30"));
    assertThatThrownBy(() -> registers.memory("store", "R0_data"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no instance store");
  }
}
