package sluice.hdl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import sluice.hdl.OperandStack.Call;
import sluice.hdl.OperandStack.Fresh;
import sluice.hdl.OperandStack.Loaded;
import sluice.hdl.OperandStack.Part;
import sluice.hdl.OperandStack.Value;
import sluice.hdl.netlist.Site;

/** Follows the results of the calls of one method to where they are stored. */
final class StoreVisitor extends MethodVisitor {
  private static final String LANGUAGE =
      StoreVisitor.class.getPackageName().replace('.', '/') + "/";

  /** Results of the language that are named, or hold what is. */
  private static final Set<String> NAMEABLE =
      Set.of("Bits", "Bool", "UInt", "SInt", "Data", "Bundle", "Memory", "StateRegister", "Module");

  /** The class of an array or a list under construction. */
  private static final String ELEMENTS = "[";

  private final String sourceFile;
  private final ClassLoader loader;
  private final IntSupplier offset;
  private final Map<Integer, StoreTable.Entry> entries;

  private final OperandStack stack = new OperandStack();
  private boolean reachable = true;
  private final Map<Label, Value[]> arriving = new HashMap<>();
  private final Map<Label, Integer> labels = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<Call, Store> stores = new LinkedHashMap<>();
  private final Set<Call> returned = new HashSet<>();
  private final Map<Call, String> components = new HashMap<>();
  private final List<Loaded> returnedLocals = new ArrayList<>();
  private final List<Local> locals = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();
  private int line;

  /** Where a result goes. */
  private record Store(Loaded target, boolean element) {}

  /** A local variable and the code in which it has its slot. */
  private record Local(String name, int slot, int from, int to) {
    boolean isAt(Loaded place) {
      return place.field() == null
          && place.slot() == slot
          && place.at() >= from
          && place.at() <= to
          && !name.equals("this");
    }
  }

  /** Code that may run more than once. */
  private record Loop(int from, int to) {}

  StoreVisitor(
      String sourceFile,
      ClassLoader loader,
      IntSupplier offset,
      Map<Integer, StoreTable.Entry> entries) {
    super(Opcodes.ASM9);
    this.sourceFile = sourceFile;
    this.loader = loader;
    this.offset = offset;
    this.entries = entries;
  }

  private void stored(Value value, Loaded target, boolean element) {
    if (value instanceof Call call) {
      stores.putIfAbsent(call, new Store(target, element));
      for (Call other : call.others) {
        stores.putIfAbsent(other, new Store(target, element));
      }
    } else if (value instanceof Fresh fresh) {
      if (fresh.constructor != null) {
        stored(fresh.constructor, target, element);
      }
      for (Part part : fresh.parts) {
        if (fresh.owner.equals(ELEMENTS)) {
          stored(part.value(), target, true);
        } else if (becomesComponent(fresh, part)) {
          stored(part.value(), target, element);
        }
      }
    }
  }

  private void returned(Value value) {
    if (value instanceof Call call) {
      returned.add(call);
      returned.addAll(call.others);
    } else if (value instanceof Loaded loaded) {
      returnedLocals.add(loaded);
    } else if (value instanceof Fresh fresh) {
      if (fresh.constructor != null) {
        returned(fresh.constructor);
      }
      for (Part part : fresh.parts) {
        if (becomesComponent(fresh, part)) {
          returned(part.value());
        }
      }
    }
  }

  /** Notes that calls become a component of a record; false if the object is none. */
  private boolean becomesComponent(Fresh fresh, Part part) {
    if (fresh.owner.equals(ELEMENTS)) {
      return false;
    }
    try {
      Class<?> type = Class.forName(fresh.owner.replace('/', '.'), false, loader);
      if (!type.isRecord() || part.index() >= type.getRecordComponents().length) {
        return false;
      }
      String name = type.getRecordComponents()[part.index()].getName();
      component(part.value(), "_" + Identifier.snakeCase(name));
      return true;
    } catch (ClassNotFoundException | LinkageError unknown) {
      return false;
    }
  }

  private void component(Value value, String name) {
    if (value instanceof Call call) {
      components.merge(call, name, (inner, outer) -> outer + inner);
    } else if (value instanceof Fresh fresh) {
      fresh.parts.forEach(part -> component(part.value(), name));
    }
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
  }

  @Override
  public void visitLabel(Label label) {
    labels.put(label, offset.getAsInt());
    Value[] other = arriving.get(label);
    if (other != null && reachable) {
      stack.merge(other);
    } else if (other != null) {
      stack.restore(other);
      reachable = true;
    }
  }

  private void jumpTo(Label target) {
    Integer earlier = labels.get(target);
    if (earlier != null) {
      loops.add(new Loop(earlier, offset.getAsInt()));
    } else {
      arriving.merge(target, stack.snapshot(), OperandStack::merge);
    }
  }

  private void end() {
    stack.restore(new Value[0]);
    reachable = false;
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    arriving.put(handler, new Value[1]);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    int sizes = Type.getArgumentsAndReturnSizes(descriptor);
    int arguments = (sizes >> 2) - (opcode == Opcodes.INVOKESTATIC ? 1 : 0);
    Call call = new Call(offset.getAsInt(), line, result(owner, name, descriptor));
    calls.add(call);
    if (name.equals("<init>") && stack.peek(arguments - 1) instanceof Fresh fresh) {
      fresh.constructor = call;
      collectParts(fresh, descriptor, arguments);
    } else if (isElementStore(owner, name, descriptor)
        && stack.peek(arguments - 1) instanceof Loaded list) {
      stored(stack.peek(0), list, true);
    }
    Value result = isCollected(owner, name) ? collected(arguments) : null;
    stack.pop(arguments);
    if ((sizes & 3) > 0) {
      stack.push(result == null ? call : result);
    }
    if ((sizes & 3) == 2) {
      stack.push(null);
    }
  }

  private void collectParts(Fresh fresh, String descriptor, int arguments) {
    int depth = arguments - 2;
    Type[] types = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < types.length; i++) {
      Value value = stack.peek(depth);
      if (value instanceof Call || value instanceof Fresh) {
        fresh.parts.add(new Part(i, value));
      }
      depth -= types[i].getSize();
    }
  }

  private static boolean isCollected(String owner, String name) {
    return (owner.equals("java/util/List") && name.equals("of"))
        || (owner.equals(LANGUAGE + "Vec") && name.equals("from"));
  }

  /** The elements that a list is made of, if they are calls, or the array or list that has them. */
  private Value collected(int arguments) {
    if (arguments == 1 && stack.peek(0) instanceof Fresh elements) {
      return elements;
    }
    Fresh elements = new Fresh(ELEMENTS);
    for (int i = arguments - 1; i >= 0; i--) {
      if (stack.peek(i) instanceof Call call) {
        elements.parts.add(new Part(i, call));
      }
    }
    return elements.parts.isEmpty() ? null : elements;
  }

  private static boolean isElementStore(String owner, String name, String descriptor) {
    return owner.startsWith("java/util/")
        && (name.equals("add")
            || name.equals("addLast")
            || name.equals("set")
            || name.equals("put"))
        && descriptor.contains("Ljava/lang/Object;)");
  }

  private static StoreTable.Result result(String owner, String name, String descriptor) {
    String type = descriptor.substring(descriptor.indexOf(')') + 1);
    if (type.startsWith("[") || type.equals("Ljava/util/List;")) {
      return StoreTable.Result.COLLECTION;
    }
    if (!type.startsWith("L" + LANGUAGE)) {
      return StoreTable.Result.NAMEABLE;
    }
    String simple = type.substring(LANGUAGE.length() + 1, type.length() - 1);
    return switch (simple) {
      case "Vec" -> StoreTable.Result.COLLECTION;
      case "Stream" ->
          owner.equals(LANGUAGE + "Stream")
              ? name.equals("map") ? StoreTable.Result.STREAM : StoreTable.Result.OTHER
              : StoreTable.Result.NAMEABLE;
      default ->
          NAMEABLE.contains(simple) || simple.contains("/")
              ? StoreTable.Result.NAMEABLE
              : StoreTable.Result.OTHER;
    };
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    int sizes = Type.getArgumentsAndReturnSizes(descriptor);
    stack.replace((sizes >> 2) - 1, sizes & 3);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    switch (opcode) {
      case Opcodes.NEW -> stack.push(new Fresh(type));
      case Opcodes.CHECKCAST -> {}
      case Opcodes.ANEWARRAY -> {
        stack.pop(1);
        stack.push(new Fresh(ELEMENTS));
      }
      default -> stack.replace(1, 1);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int slot) {
    switch (opcode) {
      case Opcodes.ALOAD -> stack.push(new Loaded(null, slot, offset.getAsInt()));
      case Opcodes.ASTORE -> {
        // The variable begins behind the instruction that stores it for the first time.
        int length = slot < 4 ? 1 : slot < 256 ? 2 : 4;
        stored(stack.pop(), new Loaded(null, slot, offset.getAsInt() + length), false);
      }
      case Opcodes.ILOAD, Opcodes.FLOAD -> stack.push(null);
      case Opcodes.LLOAD, Opcodes.DLOAD -> stack.replace(0, 2);
      case Opcodes.LSTORE, Opcodes.DSTORE -> stack.pop(2);
      default -> stack.pop(1);
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    int size = Type.getType(descriptor).getSize();
    switch (opcode) {
      case Opcodes.PUTFIELD -> {
        stored(stack.peek(0), new Loaded(name, 0, 0), false);
        stack.pop(size + 1);
      }
      case Opcodes.PUTSTATIC -> stack.pop(size);
      default -> {
        if (opcode == Opcodes.GETFIELD) {
          stack.pop(1);
        }
        stack.replace(0, size - 1);
        stack.push(opcode == Opcodes.GETFIELD ? new Loaded(name, 0, 0) : null);
      }
    }
  }

  @Override
  public void visitInsn(int opcode) {
    switch (opcode) {
      case Opcodes.ARETURN -> {
        returned(stack.peek(0));
        end();
      }
      case Opcodes.AASTORE -> {
        if (stack.peek(2) instanceof Loaded array) {
          stored(stack.peek(0), array, true);
        } else if (stack.peek(2) instanceof Fresh array && stack.peek(0) != null) {
          array.parts.add(new Part(array.parts.size(), stack.peek(0)));
        }
        stack.pop(3);
      }
      case Opcodes.DUP -> stack.duplicate(1, 0);
      case Opcodes.DUP_X1 -> stack.duplicate(1, 1);
      case Opcodes.DUP_X2 -> stack.duplicate(1, 2);
      case Opcodes.DUP2 -> stack.duplicate(2, 0);
      case Opcodes.DUP2_X1 -> stack.duplicate(2, 1);
      case Opcodes.DUP2_X2 -> stack.duplicate(2, 2);
      case Opcodes.SWAP -> {
        stack.duplicate(1, 1);
        stack.pop(1);
      }
      case Opcodes.IRETURN,
          Opcodes.LRETURN,
          Opcodes.FRETURN,
          Opcodes.DRETURN,
          Opcodes.RETURN,
          Opcodes.ATHROW ->
          end();
      default -> {
        int effect = INSTRUCTIONS[opcode];
        stack.replace(effect / 10, effect % 10);
      }
    }
  }

  /** Places taken from the stack, times 10, and put there, for instructions without operands. */
  private static final int[] INSTRUCTIONS = instructions();

  private static int[] instructions() {
    int[] effects = new int[Opcodes.MONITOREXIT + 1];
    Arrays.fill(effects, Opcodes.ACONST_NULL, Opcodes.ICONST_5 + 1, 1);
    Arrays.fill(effects, Opcodes.LCONST_0, Opcodes.LCONST_1 + 1, 2);
    Arrays.fill(effects, Opcodes.FCONST_0, Opcodes.FCONST_2 + 1, 1);
    Arrays.fill(effects, Opcodes.DCONST_0, Opcodes.DCONST_1 + 1, 2);
    Arrays.fill(effects, Opcodes.IALOAD, Opcodes.SALOAD + 1, 21);
    effects[Opcodes.LALOAD] = 22;
    effects[Opcodes.DALOAD] = 22;
    Arrays.fill(effects, Opcodes.IASTORE, Opcodes.SASTORE + 1, 30);
    effects[Opcodes.LASTORE] = 40;
    effects[Opcodes.DASTORE] = 40;
    effects[Opcodes.POP] = 10;
    effects[Opcodes.POP2] = 20;
    // From IADD on, the kinds follow each other: int, long, float, double.
    for (int i = Opcodes.IADD; i < Opcodes.INEG; i++) {
      effects[i] = (i - Opcodes.IADD) % 2 == 0 ? 21 : 42;
    }
    for (int i = Opcodes.INEG; i <= Opcodes.DNEG; i++) {
      effects[i] = (i - Opcodes.INEG) % 2 == 0 ? 11 : 22;
    }
    for (int i = Opcodes.ISHL; i <= Opcodes.LUSHR; i++) {
      effects[i] = (i - Opcodes.ISHL) % 2 == 0 ? 21 : 32;
    }
    for (int i = Opcodes.IAND; i <= Opcodes.LXOR; i++) {
      effects[i] = (i - Opcodes.IAND) % 2 == 0 ? 21 : 42;
    }
    String toLong = "12 11 12 21 21 22 11 12 12 21 22 21 11 11 11";
    String[] conversions = toLong.split(" ");
    for (int i = 0; i < conversions.length; i++) {
      effects[Opcodes.I2L + i] = Integer.parseInt(conversions[i]);
    }
    effects[Opcodes.LCMP] = 41;
    effects[Opcodes.FCMPL] = 21;
    effects[Opcodes.FCMPG] = 21;
    effects[Opcodes.DCMPL] = 41;
    effects[Opcodes.DCMPG] = 41;
    effects[Opcodes.ARRAYLENGTH] = 11;
    effects[Opcodes.MONITORENTER] = 10;
    effects[Opcodes.MONITOREXIT] = 10;
    return effects;
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    stack.replace(opcode == Opcodes.NEWARRAY ? 1 : 0, 1);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    switch (opcode) {
      case Opcodes.GOTO -> {
        jumpTo(label);
        end();
      }
      case Opcodes.IFEQ,
          Opcodes.IFNE,
          Opcodes.IFLT,
          Opcodes.IFGE,
          Opcodes.IFGT,
          Opcodes.IFLE,
          Opcodes.IFNULL,
          Opcodes.IFNONNULL -> {
        stack.pop(1);
        jumpTo(label);
      }
      default -> {
        stack.pop(2);
        jumpTo(label);
      }
    }
  }

  @Override
  public void visitLdcInsn(Object value) {
    stack.replace(0, value instanceof Long || value instanceof Double ? 2 : 1);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label fallback, Label... targets) {
    visitLookupSwitchInsn(fallback, null, targets);
  }

  @Override
  public void visitLookupSwitchInsn(Label fallback, int[] keys, Label[] targets) {
    stack.pop(1);
    jumpTo(fallback);
    for (Label target : targets) {
      jumpTo(target);
    }
    end();
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    stack.replace(dimensions, 1);
  }

  @Override
  public void visitLocalVariable(
      String name, String descriptor, String signature, Label start, Label end, int slot) {
    locals.add(
        new Local(
            name,
            slot,
            labels.getOrDefault(start, 0),
            labels.getOrDefault(end, Integer.MAX_VALUE)));
  }

  @Override
  public void visitEnd() {
    Set<Local> returnedVariables = new HashSet<>();
    returnedLocals.forEach(
        place -> locals.stream().filter(l -> l.isAt(place)).forEach(returnedVariables::add));
    for (Call call : calls) {
      entries.put(call.offset, entry(call, returnedVariables));
    }
  }

  private StoreTable.Entry entry(Call call, Set<Local> returnedVariables) {
    Site site = new Site(sourceFile, call.line);
    String component = components.getOrDefault(call, "");
    Store store = stores.get(call);
    if (store == null) {
      return new StoreTable.Entry(
          site, null, component, false, returned.contains(call), call.result);
    }
    String variable = store.target().field();
    boolean returns = returned.contains(call);
    for (Local local : locals) {
      if (local.isAt(store.target())) {
        variable = local.name();
        returns |= returnedVariables.contains(local);
      }
    }
    boolean indexed = store.element();
    for (Loop loop : loops) {
      indexed |=
          store.target().field() == null && loop.from() <= call.offset && call.offset < loop.to();
    }
    return new StoreTable.Entry(
        site,
        variable == null ? null : Identifier.snakeCase(variable),
        component,
        indexed,
        returns,
        call.result);
  }
}
