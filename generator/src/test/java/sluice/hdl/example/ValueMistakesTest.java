package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.check.Diagnostic.Kind;

/** Mistakes in widths, ranges, types and memories. */
class ValueMistakesTest extends MistakeTest {

  private static final class TooWide extends Module {
    TooWide() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8)); // see also: too wide
      out.set(in.plus(1)); // at fault: too wide
    }
  }

  @Test
  void aValueWiderThanItsTarget() {
    check(
        TooWide::new,
        "too wide",
        Kind.WIDTH_MISMATCH,
        "9 bits are assigned to 8 bits",
        "narrow the value with truncate(8) or widen the target");
    checkOther(TooWide::new, "too wide");
  }

  @Test
  void theTextHasBothLinesAndTheAdvice() {
    assertThat(mistake(TooWide::new))
        .hasToString(
            "%s: width-mismatch: 9 bits are assigned to 8 bits (see also %s)\n    narrow the value with truncate(8) or widen the target"
                .formatted(line("at fault: too wide"), line("see also: too wide")));
  }

  private static final class Unequal extends Module {
    Unequal() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      out.set(in.and(in.truncate(4))); // at fault: unequal
    }
  }

  @Test
  void operandsOfDifferentWidths() {
    check(
        Unequal::new,
        "unequal",
        Kind.WIDTH_MISMATCH,
        "operands of 8 and 4 bits",
        "extend(...) or truncate(...) one of them");
  }

  private static final class UnequalChoice extends Module {
    UnequalChoice() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt chosen = mux(in.bit(0), in, UInt.literal(0)); // at fault: unequal choice
      out.set(chosen);
    }
  }

  @Test
  void aChoiceBetweenDifferentWidths() {
    check(
        UnequalChoice::new,
        "unequal choice",
        Kind.WIDTH_MISMATCH,
        "a choice between 8 and 1 bits",
        "extend(...) or truncate(...) one of them");
  }

  private static final class BitRange extends Module {
    BitRange() {
      UInt in = input(UInt.of(8));
      UInt high = in.bits(8, 4); // at fault: bit range
    }
  }

  @Test
  void bitsThatASignalDoesNotHave() {
    check(
        BitRange::new,
        "bit range",
        Kind.OUT_OF_RANGE,
        "bits 8 down to 4 of a signal of 8 bits",
        "allowed is 0 to 7");
  }

  private static final class Constant extends Module {
    Constant() {
      SInt out = output(SInt.of(8));
      out.set(128); // at fault: constant
    }
  }

  @Test
  void aConstantThatDoesNotFit() {
    check(
        Constant::new,
        "constant",
        Kind.OUT_OF_RANGE,
        "128 does not fit into 8 signed bits",
        "allowed is -128 to 127");
  }

  private static final class Element extends Module {
    Element() {
      Vec<Bool> lanes = input(Vec.of(4, Bool.of()));
      output(Bool.of(), "out").set(lanes.get(4)); // at fault: element
    }
  }

  @Test
  void anElementThatAVectorDoesNotHave() {
    check(
        Element::new,
        "element",
        Kind.OUT_OF_RANGE,
        "element 4 of a vector of 4",
        "allowed is 0 to 3");
  }

  private static final class Empty extends Module {
    Empty() {
      UInt none = input(UInt.of(0)); // at fault: empty
    }
  }

  @Test
  void aSignalWithoutBits() {
    check(
        Empty::new,
        "empty",
        Kind.OUT_OF_RANGE,
        "a signal of 0 bits",
        "a signal has at least one bit");
  }

  private static final class JustAType extends Module {
    JustAType() {
      Bool out = output(Bool.of());
      out.set(Bool.of().not()); // at fault: just a type
    }
  }

  @Test
  void aTypeWhereASignalIsNeeded() {
    check(
        JustAType::new,
        "just a type",
        Kind.UNBOUND,
        "a type or constant is used where a signal is needed",
        "make it hardware first: input(...), wire(...), register(...)");
  }

  private static final class WireReset extends Module {
    WireReset() {
      wire(UInt.of(4)).reset(3); // at fault: wire reset
    }
  }

  @Test
  void aResetValueForSomethingElseThanARegister() {
    check(
        WireReset::new,
        "wire reset",
        Kind.NOT_ASSIGNABLE,
        "only a register has a reset value",
        "make it a register(...)");
  }

  private static final class ReadOnly extends Module {
    ReadOnly() {
      Memory<UInt> table = registerFile(UInt.of(8), 4); // at fault: read only
      UInt address = input(UInt.of(2));
      output(UInt.of(8), "out").set(table.read(address));
    }
  }

  @Test
  void aMemoryThatIsNeverWritten() {
    check(
        ReadOnly::new,
        "read only",
        Kind.MEMORY,
        "memory table of read_only is never written",
        "write it, or give it contents(...)");
  }

  private static final class WrongAddress extends Module {
    WrongAddress() {
      Memory<UInt> table = memory(UInt.of(8), 100); // see also: wrong address
      Bool enable = input(Bool.of());
      UInt data = table.read(UInt.literal(0, 8), enable); // at fault: wrong address
    }
  }

  @Test
  void anAddressOfAnotherWidth() {
    check(
        WrongAddress::new,
        "wrong address",
        Kind.MEMORY,
        "an address of 8 bits for a depth of 100",
        "the address has 7 bits");
    checkOther(WrongAddress::new, "wrong address");
  }

  private static final class WiderSum extends Module {
    WiderSum() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(4));
      out.set(in.truncate(4).plusWrap(in)); // at fault: wider sum
    }
  }

  @Test
  void aSumModuloAPowerBelowItsSecondOperand() {
    check(
        WiderSum::new,
        "wider sum",
        Kind.WIDTH_MISMATCH,
        "a sum modulo 2^4 with 8 bits",
        "truncate the second operand, or extend the first");
  }

  private static final class WiderDifference extends Module {
    WiderDifference() {
      SInt in = input(SInt.of(8));
      SInt out = output(SInt.of(4));
      out.set(in.truncate(4).minusWrap(in)); // at fault: wider difference
    }
  }

  @Test
  void aDifferenceModuloAPowerBelowItsSecondOperand() {
    check(
        WiderDifference::new,
        "wider difference",
        Kind.WIDTH_MISMATCH,
        "a difference modulo 2^4 with 8 bits",
        "truncate the second operand, or extend the first");
  }

  private static final class Shrinking extends Module {
    Shrinking() {
      UInt in = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      out.set(in.extend(4)); // at fault: shrinking
    }
  }

  @Test
  void anExtensionToFewerBits() {
    check(
        Shrinking::new,
        "shrinking",
        Kind.WIDTH_MISMATCH,
        "8 bits do not extend to 4",
        "use truncate(4) where bits may be lost");
  }

  private static final class SignedShrinking extends Module {
    SignedShrinking() {
      SInt in = input(SInt.of(8));
      SInt out = output(SInt.of(8));
      out.set(in.extend(4)); // at fault: signed shrinking
    }
  }

  @Test
  void aSignedExtensionToFewerBits() {
    check(
        SignedShrinking::new,
        "signed shrinking",
        Kind.WIDTH_MISMATCH,
        "8 bits do not extend to 4",
        "use truncate(4) where bits may be lost");
  }

  private static final class NoElements extends Module {
    NoElements() {
      Vec<UInt> lanes = Vec.from(List.of()); // at fault: no elements
      output(UInt.of(4), "first").set(lanes.get(0));
    }
  }

  @Test
  void aVectorWithoutElements() {
    check(
        NoElements::new,
        "no elements",
        Kind.OUT_OF_RANGE,
        "a vector without elements",
        "a vector has at least one element");
  }

  private static final class NoCopies extends Module {
    NoCopies() {
      UInt in = input(UInt.of(8));
      output(UInt.of(8), "out").set(in.repeat(0)); // at fault: no copies
    }
  }

  @Test
  void aSignalRepeatedNoTime() {
    check(NoCopies::new, "no copies", Kind.OUT_OF_RANGE, "a signal 0 times", "the least is once");
  }

  private static final class OddRegisterFile extends Module {
    OddRegisterFile() {
      Memory<UInt> table = registerFile(UInt.of(8), 6); // at fault: odd register file
      output(UInt.of(8), "out").set(table.read(UInt.literal(0, 3)));
    }
  }

  @Test
  void aRegisterFileWhoseDepthIsNoPowerOfTwo() {
    check(
        OddRegisterFile::new,
        "odd register file",
        Kind.MEMORY,
        "a register file of 6 words",
        "the depth is a power of two, so that no address leaves its range");
  }

  private static final class EnabledRegisterFile extends Module {
    EnabledRegisterFile() {
      Bool enable = input(Bool.of());
      Memory<UInt> table = registerFile(UInt.of(8), 4); // see also: enabled register file
      UInt data = table.read(UInt.literal(0, 2), enable); // at fault: enabled register file
    }
  }

  @Test
  void aRegisterFileReadWithEnable() {
    check(
        EnabledRegisterFile::new,
        "enabled register file",
        Kind.MEMORY,
        "a register file is read without enable",
        "use read(address)");
    checkOther(EnabledRegisterFile::new, "enabled register file");
  }

  private static final class WrongWord extends Module {
    WrongWord() {
      Bool enable = input(Bool.of());
      UInt address = input(UInt.of(2));
      Memory<UInt> table = memory(UInt.of(8), 4);
      table.write(enable, address, UInt.literal(3, 4)); // at fault: wrong word
      output(UInt.of(8), "out").set(table.read(address, enable));
    }
  }

  @Test
  void aWordOfAnotherWidthThanTheMemorys() {
    check(
        WrongWord::new,
        "wrong word",
        Kind.WIDTH_MISMATCH,
        "a word of 4 bits for a memory of 8 bits",
        "write data of the memory's type");
  }

  private static final class OwnUnused extends Module {
    OwnUnused() {
      Bool unusedOk = input(Bool.of()); // at fault: own unused
      output(Bool.of(), "out").set(unusedOk);
    }
  }

  @Test
  void aPortWithTheNameOfWhatCollectsUnusedBits() {
    check(
        OwnUnused::new,
        "own unused",
        Kind.NAME_CLASH,
        "a port is called unused_ok, which every module has by itself",
        "rename it");
  }
}
