package sluice.bench.area;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** A combinational function between ports: operands of given widths, and one result. */
final class CombinationalUnit extends Module {

  /**
   * @param name of the module
   * @param title what it computes
   * @param widths bits of the operands
   * @param logic makes the result of the operands
   */
  CombinationalUnit(
      String name, String title, List<Integer> widths, Function<List<UInt>, UInt> logic) {
    super(name);
    describe("Combinational: " + title + ".");
    List<UInt> operands = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      operands.add(input(UInt.of(widths.get(i)), "operand_" + i));
    }
    UInt value = logic.apply(operands);
    UInt result = output(UInt.of(value.width()), "result");
    result.set(value);
  }
}
