package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Property.Kind;
import sluice.hdl.netlist.Site;
import sluice.hdl.pass.Pass;

/**
 * Netlists that random designs have shown to be written wrongly; more are in {@link
 * RareExpressionsIT}.
 */
class FoundByFuzzingTest {
  private final Netlist netlist = new Netlist("top", Site.NONE);

  private Node input(String name, int width) {
    Node input = new Node.Input(netlist, width, Site.NONE);
    netlist.ports().add(new Port(name, Port.Direction.INPUT, input, "", netlist.clock()));
    return input;
  }

  private Node operation(Operator operator, int width, Node... operands) {
    return new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE);
  }

  private Node constant(int width, BigInteger value) {
    return new Node.Constant(netlist, width, value, null, Site.NONE);
  }

  /** The Verilog of the module with an output. */
  private String withOutput(Node driver) {
    Node.Wire wire = new Node.Wire(netlist, driver.width(), Site.NONE);
    wire.setDriver(driver);
    netlist.ports().add(new Port("out", Port.Direction.OUTPUT, wire, "", netlist.clock()));
    return new VerilogWriter("").write(Design.of(netlist)).get("top.v");
  }

  @Test
  void aResetThatIsComputedIsInvertedAsAWhole() {
    Node either = operation(Operator.OR, 1, input("first", 1), input("second", 1));
    Clock clock = new Clock("restarted", netlist.clock(), either, false, Site.NONE);
    netlist.clocks().add(clock);
    Node.Register register = new Node.Register(netlist, clock, Crossing.NONE, 4, Site.NONE);
    register.setResetValue(BigInteger.ONE);
    register.setNext(input("in", 4));
    assertThat(withOutput(register)).contains("  wire restarted_aresetn = ~(first | second);\n");
  }

  @Test
  void aReductionThatDoesNotHoldHasParentheses() {
    Node in = input("in", 4);
    Node any = operation(Operator.REDUCE_OR, 1, in);
    netlist
        .properties()
        .add(new Property(Kind.ASSERT, netlist.clock(), null, any, "some bit", Site.NONE));
    assertThat(withOutput(in)).contains("      if (!(|in)) begin\n");
  }

  @Test
  void aWordOfARomAtAConstantAddressIsAConstant() {
    MemoryBlock rom = new MemoryBlock(2, 4, false, Site.NONE);
    rom.setContents(List.of(BigInteger.ONE, BigInteger.valueOf(9)));
    netlist.memories().add(rom);
    Node address = constant(1, BigInteger.ONE);
    Node word = new Node.MemoryRead(netlist, netlist.clock(), rom, address, null, Site.NONE);
    assertThat(withOutput(word)).contains("  assign out = 4'd9;\n").doesNotContain("always");
  }

  @Test
  void aChoiceByAConstantIsTheChoice() {
    Node first = input("first", 4);
    Node second = input("second", 4);
    Node index = constant(2, BigInteger.valueOf(3));
    assertThat(withOutput(operation(Operator.CHOOSE, 4, index, first, second)))
        .contains("  assign out = second;\n")
        .doesNotContain("always");
  }

  @Test
  void aCaseWaitsForSomething() {
    Node first = input("first", 4);
    Node second = input("second", 4);
    Node index = operation(Operator.NOT, 1, constant(1, BigInteger.ONE));
    assertThat(withOutput(operation(Operator.CHOOSE, 4, index, first, second)))
        .contains("  wire not_1 = ~1'd1;\n")
        .contains("    case (not_1)\n");
  }

  @Test
  void aMaskOfOneLaneThatIsLowWritesNothing() {
    MemoryBlock file = new MemoryBlock(2, 4, false, Site.NONE);
    file.setMaskGranularity(4);
    netlist.memories().add(file);
    Node address = input("address", 1);
    Node data = input("data", 4);
    Node enable = input("enable", 1);
    Node low = constant(1, BigInteger.ZERO);
    Node word = new Node.MemoryRead(netlist, netlist.clock(), file, address, null, Site.NONE);
    file.writes()
        .add(new MemoryBlock.Write(enable, address, data, low, netlist.clock(), Site.NONE));
    assertThat(withOutput(word)).contains("    if (enable && 1'd0) memory[address] <= data;\n");
  }

  @Test
  void aShiftByAWordAtAConstantAddressIsByItsName() {
    MemoryBlock file = new MemoryBlock(2, 4, false, Site.NONE);
    netlist.memories().add(file);
    Node enable = input("enable", 1);
    Node data = input("data", 4);
    Node address = constant(1, BigInteger.ONE);
    Node word = new Node.MemoryRead(netlist, netlist.clock(), file, address, null, Site.NONE);
    file.writes()
        .add(new MemoryBlock.Write(enable, address, data, null, netlist.clock(), Site.NONE));
    assertThat(withOutput(operation(Operator.SHIFT_LEFT, 4, data, word)))
        .contains("  wire [3:0] memory_data = memory[1'd1];\n")
        .contains("  assign out = data << memory_data;\n");
  }

  @Test
  void aMemoryIsNotCalledLikeTheWordsOfItsWrapper() {
    MemoryBlock block = new MemoryBlock(2, 4, true, Site.NONE);
    block.rename("memory");
    block.setContents(List.of(BigInteger.ONE, BigInteger.TWO));
    netlist.memories().add(block);
    Node address = input("address", 1);
    Node enable = input("enable", 1);
    Node word = new Node.MemoryRead(netlist, netlist.clock(), block, address, enable, Site.NONE);
    assertThat(withOutput(word)).contains(" memory_words (\n");
  }

  @Test
  void aResetThatNothingNeedsUsesNothing() {
    Node soft = input("restart", 1);
    netlist.clocks().add(new Clock("restarted", netlist.clock(), soft, false, Site.NONE));
    assertThat(withOutput(input("in", 4)))
        .contains("  wire unused_ok = &{1'b0, restart};\n")
        .doesNotContain("restarted");
  }

  /** A register and a clock that it resets. */
  private Clock resetByRegister(String name) {
    Node.Register held = new Node.Register(netlist, netlist.clock(), Crossing.NONE, 1, Site.NONE);
    held.rename("held");
    held.setNext(input("hold", 1));
    Clock clock = new Clock(name, netlist.clock(), held, false, Site.NONE);
    netlist.clocks().add(clock);
    return clock;
  }

  @Test
  void aResetThatOnlyAPropertyNeedsIsHardware() {
    Clock clock = resetByRegister("checked");
    Node in = input("in", 1);
    netlist.properties().add(new Property(Kind.ASSERT, clock, null, in, "it is set", Site.NONE));
    String verilog = withOutput(in);
    assertThat(verilog.indexOf("  reg  held;\n"))
        .isPositive()
        .isLessThan(verilog.indexOf("`ifdef SLUICE_ASSERT"));
  }

  @Test
  void aResetOfWhatIsDeadGoesWithIt() {
    Clock clock = resetByRegister("restarted");
    Node.Register dead = new Node.Register(netlist, clock, Crossing.NONE, 4, Site.NONE);
    dead.setResetValue(BigInteger.ONE);
    dead.setNext(dead);
    Node.Wire wire = new Node.Wire(netlist, 1, Site.NONE);
    wire.setDriver(input("in", 1));
    netlist.ports().add(new Port("out", Port.Direction.OUTPUT, wire, "", netlist.clock()));
    Design once = Pass.all(Pass.standard(), Design.of(netlist));
    Design twice = Pass.all(Pass.standard(), once);
    String verilog = new VerilogWriter("").write(twice).get("top.v");
    assertThat(verilog).doesNotContain("held").doesNotContain("restarted").contains("hold");
  }
}
