package sluice.hdl.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** Compiles a design: places its values in one array and orders its operations. */
final class Compiler {
  private final Hierarchy hierarchy;
  private final Map<Node, Integer> offsets = new IdentityHashMap<>();
  private final Map<MemoryBlock, Integer> memories = new IdentityHashMap<>();
  private final List<int[]> tables = new ArrayList<>();
  private int[] code = new int[1024 * Opcode.SIZE];
  private int length;
  private int words;

  private Compiler(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
  }

  static Program compile(Hierarchy hierarchy) {
    return new Compiler(hierarchy).compile();
  }

  private Program compile() {
    hierarchy.memories().forEach(memory -> memories.put(memory, memories.size()));
    List<Program.Constant> constants = new ArrayList<>();
    List<Node.Register> registers = new ArrayList<>();
    Map<Object, Integer> known = new HashMap<>();
    for (Node node : hierarchy.nodes()) {
      if (node instanceof Node.Constant constant) {
        Object key = List.of(Words.count(node.width()), constant.value());
        Integer offset = known.get(key);
        if (offset == null) {
          offset = place(node);
          known.put(key, offset);
          constants.add(new Program.Constant(offset, constant));
        }
        offsets.put(node, offset);
      } else if (node instanceof Node.Register register) {
        place(node);
        registers.add(register);
      } else if ((node instanceof Node.MemoryRead read && read.memory().synchronous())
          || Hierarchy.isBoxOutput(node)) {
        place(node);
      } else if (node instanceof Node.Input || node instanceof Node.Undriven) {
        if (hierarchy.origin(node) == node) {
          place(node);
        }
      }
    }
    hierarchy.nodes().forEach(this::order);
    hierarchy.nodes().forEach(node -> offsets.computeIfAbsent(node, this::offset));
    Program.Register[] compiled =
        registers.stream()
            .map(r -> new Program.Register(offset(r), offset(r.next()), r))
            .toArray(Program.Register[]::new);
    return new Program(
        Arrays.copyOf(code, length),
        tables.toArray(int[][]::new),
        offsets,
        words,
        constants.toArray(Program.Constant[]::new),
        compiled,
        memories);
  }

  private int place(Node node) {
    int offset = words;
    offsets.put(node, offset);
    words += Words.count(node.width());
    return offset;
  }

  private int offset(Node node) {
    Integer offset = offsets.get(hierarchy.origin(node));
    if (offset == null) {
      throw new IllegalStateException("no value for a node of " + node.site());
    }
    return offset;
  }

  /** Emits a node after everything it depends on. */
  private void order(Node root) {
    Deque<Node> pending = new ArrayDeque<>();
    pending.push(hierarchy.origin(root));
    while (!pending.isEmpty()) {
      Node node = pending.peek();
      if (offsets.containsKey(node)) {
        pending.pop();
        continue;
      }
      boolean ready = true;
      for (Node operand : node.operands()) {
        Node origin = hierarchy.origin(operand);
        if (!offsets.containsKey(origin)) {
          pending.push(origin);
          ready = false;
        }
      }
      if (ready) {
        pending.pop();
        emit(node);
      }
    }
  }

  private void emit(Node node) {
    if (node instanceof Node.Slice slice) {
      slice(slice);
    } else if (node instanceof Node.MemoryRead read) {
      int d = place(node);
      int memory = memories.get(read.memory());
      int address = offset(read.address());
      boolean narrow = isNarrow(node) && isNarrow(read.address());
      add(
          narrow ? Opcode.READ : Opcode.WIDE_READ,
          d,
          address,
          memory,
          0,
          node.width(),
          read.address().width(),
          0);
    } else if (node instanceof Node.Operation operation) {
      if (isNarrow(node) && node.operands().stream().allMatch(Compiler::isNarrow)) {
        narrow(operation);
      } else {
        wide(operation);
      }
    } else {
      throw new IllegalStateException("no instruction for " + node.getClass().getSimpleName());
    }
  }

  private static boolean isNarrow(Node node) {
    return node.width() <= 64;
  }

  private void slice(Node.Slice slice) {
    int d = place(slice);
    int a = offset(slice.source());
    int word = slice.low() >>> 6;
    int last = (slice.low() + slice.width() - 1) >>> 6;
    int shift = slice.low() & 63;
    int drop = -slice.width() & 63;
    if (!isNarrow(slice)) {
      add(Opcode.WIDE_SLICE, d, a, 0, 0, slice.width(), slice.source().width(), slice.low());
    } else if (word == last) {
      add(Opcode.SLICE, d, a + word, 0, 0, drop, shift, 0);
    } else {
      add(Opcode.SLICE_TWO_WORDS, d, a + word, 0, 0, drop, shift, 0);
    }
  }

  private void narrow(Node.Operation node) {
    List<Node> operands = node.operands();
    int a = offset(operands.get(0));
    boolean concatOfOne = node.operator() == Operator.CONCAT && operands.size() == 1;
    if (node.operator() == Operator.ZERO_EXTEND || concatOfOne) {
      offsets.put(node, a);
      return;
    }
    int d = place(node);
    int b = operands.size() > 1 ? offset(operands.get(1)) : 0;
    int c = operands.size() > 2 ? offset(operands.get(2)) : 0;
    int drop = -node.width() & 63;
    int dropA = -operands.get(0).width() & 63;
    int dropB = operands.size() > 1 ? -operands.get(1).width() & 63 : 0;
    switch (node.operator()) {
      case NOT -> add(Opcode.NOT, d, a, 0, 0, drop, 0, 0);
      case AND -> add(Opcode.AND, d, a, b, 0, 0, 0, 0);
      case OR -> add(Opcode.OR, d, a, b, 0, 0, 0, 0);
      case XOR -> add(Opcode.XOR, d, a, b, 0, 0, 0, 0);
      case ADD -> add(Opcode.ADD, d, a, b, 0, drop, 0, 0);
      case SUB -> add(Opcode.SUB, d, a, b, 0, drop, 0, 0);
      case MULTIPLY -> add(Opcode.MULTIPLY, d, a, b, 0, drop, 0, 0);
      case MULTIPLY_SIGNED -> add(Opcode.MULTIPLY_SIGNED, d, a, b, 0, drop, dropA, dropB);
      case EQUAL -> add(Opcode.EQUAL, d, a, b, 0, 0, 0, 0);
      case NOT_EQUAL -> add(Opcode.NOT_EQUAL, d, a, b, 0, 0, 0, 0);
      case LESS -> add(Opcode.LESS, d, a, b, 0, 0, 0, 0);
      case LESS_SIGNED -> add(Opcode.LESS_SIGNED, d, a, b, 0, dropA, 0, 0);
      case SHIFT_LEFT -> add(Opcode.SHIFT_LEFT, d, a, b, 0, drop, 0, 0);
      case SHIFT_RIGHT -> add(Opcode.SHIFT_RIGHT, d, a, b, 0, drop, 0, 0);
      case SHIFT_RIGHT_SIGNED -> add(Opcode.SHIFT_RIGHT_SIGNED, d, a, b, 0, drop, 0, 0);
      case REDUCE_AND -> add(Opcode.REDUCE_AND, d, a, 0, 0, dropA, 0, 0);
      case REDUCE_OR -> add(Opcode.REDUCE_OR, d, a, 0, 0, 0, 0, 0);
      case REDUCE_XOR -> add(Opcode.REDUCE_XOR, d, a, 0, 0, 0, 0, 0);
      case MUX -> add(Opcode.MUX, d, a, b, c, 0, 0, 0);
      case SIGN_EXTEND -> add(Opcode.SIGN_EXTEND, d, a, 0, 0, drop, dropA, 0);
      case CONCAT -> {
        int high = a;
        for (Node low : operands.subList(1, operands.size())) {
          add(Opcode.JOIN, d, high, offset(low), 0, 0, low.width(), 0);
          high = d;
        }
      }
      case CHOOSE -> add(Opcode.CHOOSE, d, a, table(operands), 0, 0, 0, 0);
      case ZERO_EXTEND -> throw new IllegalStateException("shares its operand's word");
    }
  }

  private void wide(Node.Operation node) {
    List<Node> operands = node.operands();
    int d = place(node);
    int a = offset(operands.get(0));
    int b = operands.size() > 1 ? offset(operands.get(1)) : 0;
    int c = operands.size() > 2 ? offset(operands.get(2)) : 0;
    int width = node.width();
    int widthA = operands.get(0).width();
    int widthB = operands.size() > 1 ? operands.get(1).width() : 0;
    if (node.operator() == Operator.CONCAT) {
      add(Opcode.WIDE_CLEAR, d, 0, 0, 0, width, 0, 0);
      int low = width;
      for (Node part : operands) {
        low -= part.width();
        add(Opcode.WIDE_INSERT, d, offset(part), 0, 0, width, part.width(), low);
      }
      return;
    }
    int opcode =
        switch (node.operator()) {
          case NOT -> Opcode.WIDE_NOT;
          case AND -> Opcode.WIDE_AND;
          case OR -> Opcode.WIDE_OR;
          case XOR -> Opcode.WIDE_XOR;
          case ADD -> Opcode.WIDE_ADD;
          case SUB -> Opcode.WIDE_SUB;
          case MULTIPLY -> Opcode.WIDE_MULTIPLY;
          case MULTIPLY_SIGNED -> Opcode.WIDE_MULTIPLY_SIGNED;
          case EQUAL -> Opcode.WIDE_EQUAL;
          case NOT_EQUAL -> Opcode.WIDE_NOT_EQUAL;
          case LESS -> Opcode.WIDE_LESS;
          case LESS_SIGNED -> Opcode.WIDE_LESS_SIGNED;
          case SHIFT_LEFT -> Opcode.WIDE_SHIFT_LEFT;
          case SHIFT_RIGHT -> Opcode.WIDE_SHIFT_RIGHT;
          case SHIFT_RIGHT_SIGNED -> Opcode.WIDE_SHIFT_RIGHT_SIGNED;
          case REDUCE_AND -> Opcode.WIDE_REDUCE_AND;
          case REDUCE_OR -> Opcode.WIDE_REDUCE_OR;
          case REDUCE_XOR -> Opcode.WIDE_REDUCE_XOR;
          case MUX -> Opcode.WIDE_MUX;
          case ZERO_EXTEND -> Opcode.WIDE_ZERO_EXTEND;
          case SIGN_EXTEND -> Opcode.WIDE_SIGN_EXTEND;
          case CHOOSE -> Opcode.WIDE_CHOOSE;
          case CONCAT -> throw new IllegalStateException("several instructions");
        };
    int second = node.operator() == Operator.CHOOSE ? table(operands) : b;
    add(opcode, d, a, second, c, width, widthA, widthB);
  }

  private int table(List<Node> operands) {
    tables.add(operands.stream().skip(1).mapToInt(this::offset).toArray());
    return tables.size() - 1;
  }

  private void add(int opcode, int d, int a, int b, int c, int p, int q, int r) {
    if (length == code.length) {
      code = Arrays.copyOf(code, 2 * length);
    }
    int[] instruction = {opcode, d, a, b, c, p, q, r};
    System.arraycopy(instruction, 0, code, length, Opcode.SIZE);
    length += Opcode.SIZE;
  }
}
