package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/** Concatenations that the language does not build, but a netlist may have. */
class ConcatenationTest {
  @ParameterizedTest(name = "{0} bits")
  @ValueSource(ints = {1, 8, 64, 65, 200})
  void ofOneValueIsTheValue(int width) {
    Netlist netlist = new Netlist("top", Site.NONE);
    Node input = new Node.Input(netlist, width, Site.NONE);
    Node whole = new Node.Operation(netlist, Operator.CONCAT, width, List.of(input), Site.NONE);
    Node.Wire output = new Node.Wire(netlist, width, Site.NONE);
    output.setDriver(whole);
    netlist.ports().add(new Port("in", Port.Direction.INPUT, input, "", netlist.clock()));
    netlist.ports().add(new Port("out", Port.Direction.OUTPUT, output, "", netlist.clock()));
    BigInteger ones = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    for (String engine : List.of(SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED)) {
      SimulatorOptions options = SimulatorOptions.standard().withEngine(engine);
      Simulator simulator = Simulator.of(Design.of(netlist), options);
      simulator.poke("in", ones);
      assertThat(simulator.peekBig("out")).as(engine).isEqualTo(ones);
    }
  }
}
