package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.Bits;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Encoding;
import sluice.hdl.Module;
import sluice.hdl.Probe;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.netlist.Node;

/**
 * What a test does with the signals of a circuit: inputs of the top module are poked, any signal is
 * peeked, by the Java object or by its name. Logic settles by itself before anything is looked at.
 *
 * <p>Names are those of the Verilog, with the path of the module: {@code child/grandchild.signal};
 * signals of the top module have no path. A signal by a name that is not there is an {@code
 * IllegalArgumentException} that tells names like it.
 */
public abstract sealed class SignalAccess permits Simulator, Fork {
  private final Circuit circuit;

  SignalAccess(Circuit circuit) {
    this.circuit = circuit;
  }

  Circuit circuit() {
    return circuit;
  }

  /** Sets an input; a negative number for an {@link SInt}, or 64 bits of any sign. */
  public final void poke(Bits input, long value) {
    if (input.width() == 64) {
      circuit.poke(Probe.node(input), twosComplement(BigInteger.valueOf(value), 64));
    } else {
      poke(input, BigInteger.valueOf(value));
    }
  }

  /** Sets an input. */
  public final void poke(Bool input, boolean value) {
    circuit.poke(Probe.node(input), value ? BigInteger.ONE : BigInteger.ZERO);
  }

  /** Sets an input; the number may be negative for an {@link SInt}. */
  public final void poke(Bits input, BigInteger value) {
    int width = input.width();
    boolean signed = input instanceof SInt;
    boolean fits =
        signed ? value.bitLength() < width : value.signum() >= 0 && value.bitLength() <= width;
    if (!fits) {
      throw new IllegalArgumentException(value + " does not fit into " + width + " bits");
    }
    circuit.poke(Probe.node(input), twosComplement(value, width));
  }

  /** Sets an input to the code of an enum constant, as a state machine has it. */
  public final void poke(Bits input, Enum<?> constant, Encoding encoding) {
    poke(input, encoding.code(constant.ordinal()));
  }

  /** Sets an input to the code of an enum constant in {@link Encoding#BINARY}: its position. */
  public final void poke(Bits input, Enum<?> constant) {
    poke(input, constant, Encoding.BINARY);
  }

  /** Sets all signals of an input, to one number each. */
  public final void pokeFields(Data input, long... signals) {
    pokePacked(input, Packing.of(input).pack(signals));
  }

  /** Sets the signals of an input to packed data, as by {@link Module#pack}. */
  public final void pokePacked(Data input, BigInteger packed) {
    Packing packing = Packing.of(input);
    List<Probe.Leaf> leaves = Probe.leaves(input);
    for (int i = 0; i < leaves.size(); i++) {
      circuit.poke(Probe.node(leaves.get(i).signal()), packing.leaf(packed, i));
    }
  }

  /** Sets the bits of an input by its name. */
  public final void poke(String input, BigInteger bits) {
    Node node = circuit.named(input);
    if (bits.signum() < 0 || bits.bitLength() > node.width()) {
      throw new IllegalArgumentException(bits + " does not fit into " + node.width() + " bits");
    }
    circuit.poke(node, bits);
  }

  /** The bits of a signal of at most 64 bits, as an unsigned number. */
  public final long peek(Bits signal) {
    return circuit.word(Probe.node(signal));
  }

  /** The bits of a signal of at most 64 bits, as a two's complement number. */
  public final long peekSigned(Bits signal) {
    int unused = 64 - signal.width();
    return peek(signal) << unused >> unused;
  }

  /** Whether a bit is 1. */
  public final boolean isHigh(Bool signal) {
    return peek(signal) != 0;
  }

  /** The bits of a signal, as an unsigned number. */
  public final BigInteger peekBig(Bits signal) {
    return circuit.bits(Probe.node(signal));
  }

  /** The bits of a signal, as a two's complement number. */
  public final BigInteger peekBigSigned(Bits signal) {
    BigInteger bits = peekBig(signal);
    int width = signal.width();
    return bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits;
  }

  /** All signals of structured data side by side, as by {@link Module#pack}. */
  public final BigInteger peekPacked(Data data) {
    BigInteger packed = BigInteger.ZERO;
    for (Probe.Leaf leaf : Probe.leaves(data)) {
      packed = packed.shiftLeft(leaf.signal().width()).or(peekBig(leaf.signal()));
    }
    return packed;
  }

  /** The signals of structured data by name, in order; those of {@link SInt} have a sign. */
  public final Map<String, BigInteger> peekFields(Data data) {
    Map<String, BigInteger> fields = new LinkedHashMap<>();
    for (Probe.Leaf leaf : Probe.leaves(data)) {
      boolean signed = leaf.signal() instanceof SInt;
      fields.put(leaf.path(), signed ? peekBigSigned(leaf.signal()) : peekBig(leaf.signal()));
    }
    return fields;
  }

  /**
   * The state of a state machine.
   *
   * @throws IllegalStateException if its bits are those of no state
   */
  public final <E extends Enum<E>> E peek(StateRegister<E> register) {
    BigInteger bits = peekBig(register.encoded());
    return register
        .state(bits)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s is %d, of no state of %s"
                        .formatted(
                            circuit.name(Probe.node(register.encoded())),
                            bits,
                            List.of(register.states().getEnumConstants()))));
  }

  /** A signal of at most 64 bits by name, as an unsigned number. */
  public final long peek(String name) {
    return circuit.word(circuit.named(name));
  }

  /** A signal by name, as an unsigned number. */
  public final BigInteger peekBig(String name) {
    return circuit.bits(circuit.named(name));
  }

  /** The names that can be peeked. */
  public final Set<String> signalNames() {
    return circuit.names();
  }

  /** Direct access to signals by name. */
  public final SignalWords words(String... names) {
    return circuit.words(Arrays.stream(names).map(circuit::named).toArray(Node[]::new));
  }

  /** Direct access to signals. */
  public final SignalWords words(Bits... signals) {
    return circuit.words(Arrays.stream(signals).map(Probe::node).toArray(Node[]::new));
  }

  /** The contents of a memory by name, like {@code child/grandchild.memory}. */
  public final SimulatedMemory memory(String name) {
    return circuit.memory(name);
  }

  /** The names of the memories. */
  public final Set<String> memoryNames() {
    return circuit.memoryNames();
  }

  private static BigInteger twosComplement(BigInteger value, int width) {
    return value.mod(BigInteger.ONE.shiftLeft(width));
  }
}
