package sluice.hdl.sim;

/** Computes values one after the other, by a list of instructions. */
final class Interpreter {
  /** An instruction: opcode, the slot of the result, and those of the operands. */
  private static final int SIZE = 5;

  private final Program program;
  private final SimulatedMemory[] memories;
  private final long[] v;
  private final int[][] tables;

  /** Instructions in order. */
  record Code(int[] instructions) {}

  Interpreter(Program program, SimulatedMemory[] memories, long[] v) {
    this.program = program;
    this.memories = memories;
    this.v = v;
    Graph graph = program.graph();
    tables = new int[graph.tableCount()][];
    for (int i = 0; i < tables.length; i++) {
      int[] values = graph.table(i);
      tables[i] = new int[values.length];
      for (int j = 0; j < values.length; j++) {
        tables[i][j] = program.slots()[values[j]];
      }
    }
  }

  /** For each table of the graph: the slots to choose from. */
  int[][] tables() {
    return tables;
  }

  /** The instructions for some values, each after those that it is made from. */
  Code code(int[] values) {
    Graph graph = program.graph();
    int[] slots = program.slots();
    int[] is = new int[SIZE * values.length];
    int at = 0;
    for (int value : values) {
      int opcode = graph.opcode(value);
      is[at] = opcode;
      is[at + 1] = slots[value];
      is[at + 2] = slots[graph.x(value)];
      boolean numbers = opcode == Opcode.CHOOSE || opcode == Opcode.READ;
      is[at + 3] = numbers ? graph.y(value) : slots[graph.y(value)];
      is[at + 4] = numbers ? graph.z(value) : slots[graph.z(value)];
      at += SIZE;
    }
    return new Code(is);
  }

  void run(Code code) {
    int[] is = code.instructions;
    for (int i = 0; i < is.length; i += SIZE) {
      int opcode = is[i];
      long x = v[is[i + 2]];
      if (opcode < Opcode.CHOOSE) {
        v[is[i + 1]] = Opcode.evaluate(opcode, x, v[is[i + 3]], v[is[i + 4]]);
      } else if (opcode == Opcode.CHOOSE) {
        int[] table = tables[is[i + 3]];
        boolean within = Long.compareUnsigned(x, table.length) < 0;
        v[is[i + 1]] = v[table[within ? (int) x : table.length - 1]];
      } else {
        v[is[i + 1]] = memories[is[i + 3]].read(x, is[i + 4]);
      }
    }
  }
}
