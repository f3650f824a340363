package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;
import sluice.hdl.sim.Simulator;

/**
 * Netlists that only programs make, without any pass: operators side by side, parts of single bits,
 * amounts of shifts beyond any number of bits, registers of constants. Each is read by Icarus
 * Verilog and does there what it does in the JVM simulator.
 */
class RareExpressionsIT {
  private static final int CYCLES = 40;

  private final Netlist netlist = new Netlist("rare", Site.NONE);
  private final Node flag = input("flag", 1);
  private final Node word = input("word", 8);

  @TempDir Path folder;

  private Node input(String name, int width) {
    Node input = new Node.Input(netlist, width, Site.NONE);
    netlist.ports().add(new Port(name, Port.Direction.INPUT, input, "", netlist.clock()));
    return input;
  }

  private Node operation(Operator operator, int width, Node... operands) {
    return new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE);
  }

  private Node not(Node node) {
    return operation(Operator.NOT, node.width(), node);
  }

  private Node constant(int width, BigInteger value) {
    return new Node.Constant(netlist, width, value, null, Site.NONE);
  }

  private Node.Register register(int width) {
    Node.Register register = new Node.Register(netlist, width, Site.NONE);
    register.setResetValue(BigInteger.ZERO);
    return register;
  }

  /** The Verilog with one output, after a comparison of what it does. */
  private String written(Node value) {
    Node.Wire output = new Node.Wire(netlist, value.width(), Site.NONE);
    output.setDriver(value);
    netlist.ports().add(new Port("out", Port.Direction.OUTPUT, output, "", netlist.clock()));
    Design design = new Design(List.of(netlist));
    EmittedVerilog verilog = new EmittedVerilog(design, folder);
    Replay replay = new Replay(design, Simulator.of(design, 1), CYCLES, 1);
    verilog.add("testbench.v", replay.testbench(verilog));
    verilog.write("vectors.hex", replay.vectors());
    assertThat(verilog.runOnFiles("iverilog", "-g2005", "-s", "testbench", "-o", "simulation"))
        .isEmpty();
    assertThat(verilog.run("vvp", "-n", "simulation")).matches("\\d+ compared, \\d+ unknown\n");
    return new VerilogWriter("").write(design).get("rare.v");
  }

  @Test
  void inversionsAreApart() {
    assertThat(written(not(not(word)))).contains("~(~word)");
  }

  @Test
  void anInvertedReductionIsNoOtherOperator() {
    Node reduced = operation(Operator.REDUCE_OR, 1, word);
    assertThat(written(not(reduced))).contains("= ~|word;");
  }

  @Test
  void aConditionOfAnInversionIsInParentheses() {
    Node.Register held = register(8);
    held.setNext(operation(Operator.MUX, 8, not(not(flag)), held, word));
    assertThat(written(held)).doesNotContain("!~").doesNotContain("~~");
  }

  @Test
  void aSingleBitHasNoPartToSelect() {
    Node slice = new Node.Slice(netlist, flag, 0, 1, Site.NONE);
    assertThat(written(operation(Operator.SIGN_EXTEND, 4, slice))).doesNotContain("flag[");
  }

  @Test
  void theAmountOfAShiftHasAtMostThirtyTwoBits() {
    Node amount = constant(80, BigInteger.ONE.shiftLeft(70));
    assertThat(written(operation(Operator.SHIFT_RIGHT, 8, word, amount))).contains("word >> 32'd8");
  }

  @Test
  void noNameBeginsWithADigit() {
    Node.Register held = register(4);
    held.setNext(constant(4, BigInteger.valueOf(9)));
    Node.Register next = register(4);
    next.setNext(held);
    assertThat(written(operation(Operator.ADD, 4, next, next)))
        .doesNotContainPattern("(reg|wire)( +\\[[0-9:]*\\])? +[0-9]");
  }
}
