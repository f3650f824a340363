package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sluice.hdl.Bits;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Probe;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.netlist.Node;

/**
 * Records signals in every cycle, to be shown as text in assertions and documents. In {@link #text}
 * a row is a signal and a column a cycle: {@code _} is low, {@code -} is high, {@code |} begins a
 * value. Values are hexadecimal, those of {@link SInt} decimal, states have their names; the
 * payload of a stream is dots while nothing is offered. Of long values only the last digits are
 * shown.
 */
public final class Waveform implements Activity {

  private record Signal(
      String name, Node node, boolean level, Function<BigInteger, String> format, Node valid) {}

  private final Circuit circuit;
  private final List<Signal> signals = new ArrayList<>();
  private final List<BigInteger[]> cycles = new ArrayList<>();
  private long firstCycle;
  private boolean decimal;

  Waveform(Circuit circuit) {
    this.circuit = circuit;
  }

  /** Shows numbers that are added from now on in decimal digits. */
  public Waveform decimal() {
    decimal = true;
    return this;
  }

  /**
   * Adds signals, all of structured data; of a stream valid, ready and payload.
   *
   * @throws IllegalStateException if something is recorded already
   */
  public Waveform show(Data... data) {
    for (Data each : data) {
      if (each instanceof Stream<?> stream) {
        Node valid = Probe.node(stream.valid());
        add(stream.valid(), null);
        add(stream.ready(), null);
        Probe.leaves(stream.payload()).forEach(leaf -> add(leaf.signal(), valid));
      } else {
        Probe.leaves(each).forEach(leaf -> add(leaf.signal(), null));
      }
    }
    return this;
  }

  /** Adds signals by patterns of their names, as in {@link Simulator#trace}. */
  public Waveform show(String... patterns) {
    for (String name : SignalNames.matching(circuit.names(), patterns)) {
      Node node = circuit.named(name);
      add(new Signal(name, node, node.width() == 1, numbers(), null));
    }
    return this;
  }

  /** Adds the state of a state machine. */
  public Waveform show(StateRegister<?> register) {
    Node node = Probe.node(register.encoded());
    Function<BigInteger, String> format =
        bits -> register.state(bits).map(Enum::name).orElseGet(() -> bits.toString(16));
    return add(new Signal(circuit.name(node), node, false, format, null));
  }

  private void add(Bits bits, Node valid) {
    Node node = Probe.node(bits);
    Function<BigInteger, String> format =
        bits instanceof SInt ? number -> signed(number, bits.width()) : numbers();
    add(new Signal(circuit.name(node), node, bits instanceof Bool, format, valid));
  }

  private Waveform add(Signal signal) {
    if (!cycles.isEmpty()) {
      throw new IllegalStateException("signals are added before the first cycle is recorded");
    }
    circuit.bits(signal.node());
    signals.add(signal);
    return this;
  }

  private Function<BigInteger, String> numbers() {
    int radix = decimal ? 10 : 16;
    return bits -> bits.toString(radix);
  }

  private static String signed(BigInteger bits, int width) {
    return (bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits)
        .toString();
  }

  @Override
  public void sample(Simulator sampled) {
    if (cycles.isEmpty()) {
      firstCycle = sampled.cycle();
    }
    BigInteger[] values = new BigInteger[signals.size()];
    for (int i = 0; i < values.length; i++) {
      Signal signal = signals.get(i);
      boolean shown = signal.valid() == null || circuit.word(signal.valid()) != 0;
      values[i] = shown ? circuit.bits(signal.node()) : null;
    }
    cycles.add(values);
  }

  /** Forgets the cycles so far. */
  public void clear() {
    cycles.clear();
  }

  /** All recorded cycles; every line ends with a line feed, none with a space. */
  public String text() {
    return text(0);
  }

  /** The last cycles. */
  public String last(int count) {
    return text(Math.max(0, cycles.size() - count));
  }

  private String text(int from) {
    List<WaveformText.Row> rows =
        IntStream.range(0, signals.size()).mapToObj(i -> row(i, from)).toList();
    return WaveformText.render(rows, firstCycle + from);
  }

  private WaveformText.Row row(int i, int from) {
    Signal signal = signals.get(i);
    List<String> cells = new ArrayList<>();
    for (BigInteger[] values : cycles.subList(from, cycles.size())) {
      String level = values[i] == null ? null : values[i].toString();
      cells.add(signal.level() || level == null ? level : signal.format().apply(values[i]));
    }
    return new WaveformText.Row(signal.name(), signal.level(), cells);
  }
}
