package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/**
 * The engine of this package: a design as a {@link Program} on an array of words, interpreted or
 * compiled to code of the JVM. All signals and memories can be looked at.
 */
final class JvmEngine implements SimulationEngine {
  /** What {@link SimulatorOptions#engine} calls it. */
  static final List<String> NAMES =
      List.of(SimulatorOptions.JVM, SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED);

  private static final int MOST_RESET_ROUNDS = 1000;

  private final Program program;
  private final Evaluators evaluators;
  private final ResetSources resets;
  private final AsynchronousResets asynchronousResets;
  private final BlackBoxes boxes;
  private final PropertyChecks properties;
  private final SimulatedMemory[] memories;
  private final long[] values;
  private final List<Metastability> metastabilities = new ArrayList<>();

  /** The numbers of the clocks of the top module. */
  private final Map<Clock, Integer> lines = new IdentityHashMap<>();

  /** Edges of each clock so far. */
  private final long[] edgeCounts;

  /** The clocks that have risen last, and their numbers. */
  private List<Clock> lastClocks = List.of();

  private int[] lastRising = {};

  private boolean settled;

  JvmEngine(Design design, Hierarchy hierarchy, SimulatorOptions options, Tuning tuning) {
    program = Program.of(design, hierarchy, tuning);
    values = new long[program.words()];
    Random random = new Random(options.seed());
    memories = new SimulatedMemory[program.memories().size()];
    for (MemoryBlock block : hierarchy.memories()) {
      memories[program.memories().get(block)] =
          new SimulatedMemory(block, random, options.undefined(), this::stateChanged);
    }
    resets = new ResetSources(hierarchy, program);
    asynchronousResets = new AsynchronousResets(program, resets);
    long[] next = new long[program.state()];
    ClockEdge[] edges = edges(design, hierarchy, options.seed(), next);
    evaluators = new Evaluators(program, memories, edges, values, next, options.engine());
    properties = new PropertyChecks(hierarchy, program, resets);
    boxes = new BlackBoxes(hierarchy, this, resets);
    edgeCounts = new long[program.lines()];
    for (Node node : hierarchy.nodes()) {
      if (node instanceof Node.Register
          || Hierarchy.isBoxOutput(node)
          || (node instanceof Node.MemoryRead read && read.memory().synchronous())) {
        BigInteger bits = options.undefined().start(node.width(), random);
        Words.put(values, program.slotsOf(node)[0], node.width(), bits);
      }
    }
    for (int constant : program.constants()) {
      values[program.slots()[constant]] = program.graph().constantOf(constant);
    }
  }

  private ClockEdge[] edges(Design design, Hierarchy hierarchy, long seed, long[] next) {
    List<Clock> clocks = Sink.lines(design);
    ClockEdge[] edges = new ClockEdge[clocks.size()];
    for (int line = 0; line < edges.length; line++) {
      Clock clock = clocks.get(line);
      lines.put(clock, line);
      Metastability metastability = new Metastability(hierarchy, clock, seed + line + 1);
      metastabilities.add(metastability);
      edges[line] =
          new ClockEdge(
              program,
              line,
              c -> hierarchy.root(c) == clock,
              memories,
              resets,
              metastability,
              values,
              next);
    }
    return edges;
  }

  @Override
  public boolean observes(Node node) {
    return program.values().containsKey(node);
  }

  @Override
  public void poke(Node input, BigInteger bits) {
    BigInteger rest = bits;
    for (int leaf : program.values().get(input)) {
      pokeWord(leaf, program.slots()[leaf], rest.longValue());
      rest = rest.shiftRight(64);
    }
  }

  void pokeWord(int leaf, int slot, long word) {
    if (values[slot] != word) {
      values[slot] = word;
      evaluators.leafChanged(leaf);
      settled = false;
    }
  }

  @Override
  public long peek(Node node) {
    return values[program.slots()[settledWords(node)[0]]];
  }

  @Override
  public BigInteger peekBig(Node node) {
    settledWords(node);
    return settledBits(node);
  }

  /** The bits of a signal that is in the array of values, as they are now. */
  BigInteger settledBits(Node node) {
    int[] words = program.values().get(node);
    long[] bits = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      bits[i] = values[program.slots()[words[i]]];
    }
    return Words.get(bits, 0, node.width());
  }

  /** The words of a node; they are in the array of values. */
  private int[] settledWords(Node node) {
    int[] words = program.values().get(node);
    settle();
    need(words);
    return words;
  }

  @Override
  public SignalWords words(List<Node> signals, boolean settable) {
    return new JvmWords(this, signals, program, settable);
  }

  long settledWord(int value, int slot) {
    settle();
    evaluators.need(value);
    return values[slot];
  }

  /** The array of values as it is now. */
  long[] values() {
    return values;
  }

  /** The array of values, when the logic has settled. */
  long[] settledValues() {
    settle();
    return values;
  }

  /** Makes sure that values are in the array, once the logic has settled. */
  void need(int[] some) {
    for (int value : some) {
      evaluators.need(value);
    }
  }

  int generation() {
    return evaluators.generation();
  }

  boolean holdsAll(int[] some) {
    return Arrays.stream(some).allMatch(evaluators::holds);
  }

  @Override
  public SimulatedMemory memory(MemoryBlock memory) {
    return memories[program.memories().get(memory)];
  }

  @Override
  public List<Cover> covers() {
    return properties.covers();
  }

  private void stateChanged() {
    evaluators.stateChanged();
    settled = false;
  }

  @Override
  public void metastability(boolean shown) {
    metastabilities.forEach(metastability -> metastability.enable(shown));
  }

  private void settle() {
    if (!settled) {
      settleLogic();
      int rounds = 0;
      while (asynchronousResets.apply(values, evaluators::leafChanged)) {
        if (++rounds > MOST_RESET_ROUNDS) {
          throw new IllegalStateException("asynchronous resets that reset each other");
        }
        settleLogic();
      }
      settled = true;
    }
  }

  /** Settles everything but asynchronous resets. */
  private void settleLogic() {
    evaluators.settle();
    if (!boxes.isEmpty()) {
      boxes.settle(evaluators::settle);
    }
  }

  @Override
  public void rise(List<Clock> clocks) {
    settle();
    if (clocks != lastClocks) {
      lastClocks = clocks;
      lastRising = clocks.stream().mapToInt(lines::get).toArray();
    }
    for (int i = 0; i < lastRising.length; i++) {
      properties.look(values, clocks.get(i), edgeCounts[lastRising[i]]);
      boxes.clockEdge(clocks.get(i));
      edgeCounts[lastRising[i]]++;
    }
    evaluators.rise(lastRising);
    settled = false;
  }

  @Override
  public void setReset(Clock clock, boolean active) {
    resets.set(clock, active);
    if (!asynchronousResets.isEmpty() || !boxes.isEmpty()) {
      settled = false;
      settle();
    }
  }

  @Override
  public void close() {
    // Nothing runs outside of the JVM.
  }
}
