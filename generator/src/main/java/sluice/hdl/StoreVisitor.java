package sluice.hdl;

import java.util.HashMap;
import java.util.Map;
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

/** Follows the results of the calls of one method to where they are stored. */
final class StoreVisitor extends MethodVisitor {
  private static final String LANGUAGE =
      StoreVisitor.class.getPackageName().replace('.', '/') + "/";

  private final IntSupplier offset;
  private final Map<Integer, CallSite> callSites;
  private final LanguageMethods methods;
  private final ResultFlow flow;
  private final OperandStack stack = new OperandStack();
  private boolean reachable = true;
  private final Map<Label, Value[]> arriving = new HashMap<>();
  private final Map<Label, Integer> labels = new HashMap<>();
  private int line;

  StoreVisitor(
      String sourceFile, ClassLoader loader, IntSupplier offset, Map<Integer, CallSite> callSites) {
    super(Opcodes.ASM9);
    this.offset = offset;
    this.callSites = callSites;
    this.methods = new LanguageMethods(loader);
    this.flow = new ResultFlow(sourceFile, loader);
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
      flow.loop(earlier, offset.getAsInt());
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
    Call call =
        new Call(
            offset.getAsInt(),
            line,
            methods.contains(owner, name, descriptor) ? name : null,
            StoreTable.Result.of(owner, name, descriptor));
    flow.called(call);
    if (call.method != null) {
      for (int i = 0; i < arguments; i++) {
        flow.taken(stack.peek(i), call);
      }
    }
    if (name.equals("<init>") && stack.peek(arguments - 1) instanceof Fresh fresh) {
      fresh.constructor = call;
      collectParts(fresh, descriptor, arguments);
    } else if (isElementStore(owner, name, descriptor)
        && stack.peek(arguments - 1) instanceof Loaded list) {
      flow.added(stack.peek(0), list);
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
    Fresh elements = new Fresh(ResultFlow.ELEMENTS);
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
        stack.push(new Fresh(ResultFlow.ELEMENTS));
      }
      default -> stack.replace(1, 1);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int slot) {
    switch (opcode) {
      case Opcodes.ALOAD -> {
        Loaded local = new Loaded(null, slot, offset.getAsInt());
        flow.loaded(local);
        stack.push(local);
      }
      case Opcodes.ASTORE -> {
        // The variable begins behind the instruction that stores it for the first time.
        int length = slot < 4 ? 1 : slot < 256 ? 2 : 4;
        flow.stored(stack.pop(), new Loaded(null, slot, offset.getAsInt() + length));
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
        flow.stored(stack.peek(0), new Loaded(name, 0, 0));
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
        flow.returned(stack.peek(0));
        end();
      }
      case Opcodes.AASTORE -> {
        if (stack.peek(2) instanceof Loaded array) {
          flow.added(stack.peek(0), array);
        } else if (stack.peek(2) instanceof Fresh array && stack.peek(0) != null) {
          array.parts.add(new Part(array.parts.size(), stack.peek(0)));
        }
        stack.pop(3);
      }
      case Opcodes.DUP -> duplicate(1, 0);
      case Opcodes.DUP_X1 -> duplicate(1, 1);
      case Opcodes.DUP_X2 -> duplicate(1, 2);
      case Opcodes.DUP2 -> duplicate(2, 0);
      case Opcodes.DUP2_X1 -> duplicate(2, 1);
      case Opcodes.DUP2_X2 -> duplicate(2, 2);
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
      default -> stack.replace(StackEffects.taken(opcode), StackEffects.put(opcode));
    }
  }

  private void duplicate(int count, int skip) {
    for (int i = 0; i < count; i++) {
      flow.shared(stack.peek(i));
    }
    stack.duplicate(count, skip);
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
    flow.local(
        name, slot, labels.getOrDefault(start, 0), labels.getOrDefault(end, Integer.MAX_VALUE));
  }

  @Override
  public void visitEnd() {
    callSites.putAll(flow.callSites());
  }
}
