package sluice.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.config.ConfigHash;
import sluice.config.TestConfigs;

class RegisterMapTest {

  private final RegisterMap map = RegisterMap.of(TestConfigs.wide());

  @Test
  void offsetsRiseAreAlignedAndFitTheAddress() {
    int last = -4;
    for (Register register : map.registers()) {
      assertThat(register.offset()).isGreaterThan(last).isLessThan(1 << RegisterMap.ADDRESS_BITS);
      assertThat(register.offset() % 4).isZero();
      last = register.offset();
    }
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    assertThat(map.registers()).allMatch(register -> names.add(register.name()));
  }

  @Test
  void fieldsOfARegisterDoNotOverlap() {
    for (Register register : map.registers()) {
      int used = 0;
      for (Register.Field field : register.fields()) {
        assertThat(used & field.mask()).as(register.name() + "." + field.name()).isZero();
        used |= field.mask();
      }
      assertThat(register.reset() & ~used).as(register.name()).isZero();
    }
  }

  @Test
  void onlyReadOnlyRegistersAreConstant() {
    assertThat(map.registers())
        .filteredOn(Register::constant)
        .hasSize(15)
        .allMatch(register -> register.access() == Register.Access.RO);
  }

  @Test
  void softwareFindsWhatItKnows() {
    assertThat(map.register("ID").reset()).isEqualTo(0x534C5543);
    assertThat(map.register("CONFIG_HASH").reset()).isEqualTo(ConfigHash.of(TestConfigs.wide()));
    assertThat(map.register("CAP_CHANNELS").reset()).isEqualTo(4);
    assertThat(map.register("CAP_KV_HEADS").offset()).isEqualTo(0x03C);
    assertThat(map.register("RING_TAIL").offset()).isEqualTo(0x05C);
    assertThat(map.register("HOST_LIMIT_HI").offset()).isEqualTo(0x07C);
    assertThat(map.register("KV_PAGES").offset()).isEqualTo(0x088);
    assertThat(map.register("CYCLES_TOTAL").offset()).isEqualTo(0x100);
    assertThat(map.register("BEATS_VALUE").offset()).isEqualTo(0x134);
    assertThat(map.register("RING_LOG2").mask()).isEqualTo(0xF);
  }

  @Test
  void statusCodesAreFoundByTheirNumber() {
    for (Status status : Status.values()) {
      assertThat(Status.of(status.code())).isEqualTo(status);
    }
    assertThat(Status.CHECK_ORDER).doesNotContain(Status.OK, Status.INVALID_OPERAND, Status.BUS);
    assertThat(Status.INVALID_OPERAND.failed()).isFalse();
    assertThat(Status.BUS.failed()).isTrue();
    assertThat(Status.BUS.refused()).isFalse();
  }
}
