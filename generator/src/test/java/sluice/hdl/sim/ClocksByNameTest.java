package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/** Clocks and resets of a design that is known by names alone. */
class ClocksByNameTest {
  private Simulator simulator;

  private static Node.Register counter(Netlist netlist, Clock clock, String name) {
    Node.Register register = new Node.Register(netlist, clock, Crossing.NONE, 8, Site.NONE);
    register.rename(name);
    register.setResetValue(BigInteger.valueOf(5));
    Node one = new Node.Constant(netlist, 8, BigInteger.ONE, null, Site.NONE);
    register.setNext(
        new Node.Operation(netlist, Operator.ADD, 8, List.of(register, one), Site.NONE));
    Node.Wire output = new Node.Wire(netlist, 8, Site.NONE);
    output.setDriver(register);
    netlist
        .ports()
        .add(new Port(name + "_out", Port.Direction.OUTPUT, output, "", netlist.clock()));
    return register;
  }

  @BeforeEach
  void twoCounters() {
    Netlist netlist = new Netlist("top", Site.NONE);
    Clock other = new Clock("other", null, null, false, Site.NONE);
    netlist.clocks().add(other);
    counter(netlist, netlist.clock(), "one");
    counter(netlist, other, "two");
    simulator = Simulator.of(Design.of(netlist), 1);
    simulator.setReset(true);
    simulator.rise(List.of("clock", "other_clock"));
    simulator.setReset(false);
  }

  private List<Long> counters() {
    return List.of(simulator.peek("one"), simulator.peek("two"));
  }

  @Test
  void riseAloneAndTogether() {
    simulator.rise(List.of("other_clock"));
    assertThat(counters()).containsExactly(5L, 6L);
    simulator.rise(List.of("clock", "other_clock"));
    assertThat(counters()).containsExactly(6L, 7L);
  }

  @Test
  void haveResetsOfTheirOwn() {
    simulator.setReset("other_clock", true);
    simulator.rise(List.of("clock", "other_clock"));
    assertThat(counters()).containsExactly(6L, 5L);
    simulator.setReset("other_clock", false);
    simulator.rise(List.of("clock", "other_clock"));
    assertThat(counters()).containsExactly(7L, 6L);
  }

  @Test
  void othersAreRefused() {
    assertThatThrownBy(() -> simulator.rise(List.of("fast_clock")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no clock fast_clock; there is [clock, other_clock]");
  }
}
