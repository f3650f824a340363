package sluice.hdl;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import sluice.hdl.netlist.Site;

/**
 * For each call in a class file: its source line and the variable its result is stored to, from the
 * LineNumberTable and the LocalVariableTable (compile with {@code -g}).
 */
final class StoreTable {

  /**
   * What follows a call.
   *
   * @param site source line of the call
   * @param variable local variable or field that takes the result, in snake case, or null
   * @param returned whether the result is returned at once
   */
  record Entry(Site site, String variable, boolean returned) {}

  private static final ClassValue<StoreTable> TABLES =
      new ClassValue<>() {
        @Override
        protected StoreTable computeValue(Class<?> type) {
          return new StoreTable(type);
        }
      };

  private final Map<String, TreeMap<Integer, Entry>> methods = new HashMap<>();
  private final Map<Integer, Entry> unambiguous = new HashMap<>();
  private String sourceFile = "";

  private StoreTable(Class<?> type) {
    String resource = type.getName().substring(type.getPackageName().length());
    resource = (resource.startsWith(".") ? resource.substring(1) : resource) + ".class";
    try (InputStream bytes = type.getResourceAsStream(resource)) {
      if (bytes != null) {
        new Reader(bytes.readAllBytes()).read();
        findUnambiguous();
      }
    } catch (IOException unreadable) {
      // Without the class file there are no names: structural names are used instead.
      methods.clear();
    }
  }

  static StoreTable of(Class<?> type) {
    return TABLES.get(type);
  }

  /** What follows the call that a frame is in. */
  Entry after(StackWalker.StackFrame frame) {
    int byteCodeIndex = frame.getByteCodeIndex();
    Entry only = unambiguous.get(byteCodeIndex);
    if (only != null) {
      return only;
    }
    // Asking a frame for its method is slow, so it is done only where the index does not tell.
    TreeMap<Integer, Entry> calls = methods.get(frame.getMethodName() + frame.getDescriptor());
    Entry entry = calls == null ? null : calls.get(byteCodeIndex);
    return entry == null ? new Entry(new Site(sourceFile, 0), null, false) : entry;
  }

  /** Finds the byte code indices at which only one method of the class has a call. */
  private void findUnambiguous() {
    Set<Integer> seen = new HashSet<>();
    for (TreeMap<Integer, Entry> calls : methods.values()) {
      calls.forEach(
          (index, entry) -> {
            if (seen.add(index)) {
              unambiguous.put(index, entry);
            } else {
              unambiguous.remove(index);
            }
          });
    }
  }

  /** Reads the class file and keeps track of byte code offsets, which ASM's visitors hide. */
  private final class Reader extends ClassReader {
    private int offset;

    Reader(byte[] bytes) {
      super(bytes);
    }

    @Override
    protected void readBytecodeInstructionOffset(int bytecodeOffset) {
      offset = bytecodeOffset;
    }

    void read() {
      accept(
          new ClassVisitor(Opcodes.ASM9) {
            @Override
            public void visitSource(String source, String debug) {
              sourceFile = source == null ? "" : source;
            }

            @Override
            public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
              TreeMap<Integer, Entry> calls = new TreeMap<>();
              methods.put(name + descriptor, calls);
              return new CallVisitor(calls);
            }
          },
          ClassReader.SKIP_FRAMES);
    }

    /** Collects the calls of one method and what follows each. */
    private final class CallVisitor extends MethodVisitor {
      private final TreeMap<Integer, Entry> calls;
      private final List<PendingStore> stores = new ArrayList<>();
      private final Map<Label, Integer> labels = new HashMap<>();
      private final Map<Integer, Integer> storeEnds = new HashMap<>();
      private int line;
      private int call = -1;
      private int openStore = -1;

      /** A call whose result goes to a local variable slot; named when the slots are known. */
      private record PendingStore(int call, int line, int slot, int store) {}

      CallVisitor(TreeMap<Integer, Entry> calls) {
        super(Opcodes.ASM9);
        this.calls = calls;
      }

      private void begin() {
        if (openStore >= 0) {
          storeEnds.put(openStore, offset);
          openStore = -1;
        }
      }

      private void other() {
        begin();
        call = -1;
      }

      private void called() {
        begin();
        call = offset;
        calls.put(offset, new Entry(new Site(sourceFile, line), null, false));
      }

      private void follow(String variable, boolean returned) {
        begin();
        if (call >= 0) {
          String name = variable == null ? null : Identifier.snakeCase(variable);
          calls.put(call, new Entry(calls.get(call).site(), name, returned));
        }
        call = -1;
      }

      @Override
      public void visitLineNumber(int number, Label start) {
        line = number;
      }

      @Override
      public void visitLabel(Label label) {
        labels.put(label, offset);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        called();
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
        other();
      }

      @Override
      public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.CHECKCAST) {
          begin();
        } else {
          other();
        }
      }

      @Override
      public void visitVarInsn(int opcode, int slot) {
        begin();
        if (opcode == Opcodes.ASTORE && call >= 0) {
          stores.add(new PendingStore(call, line, slot, offset));
          openStore = offset;
        }
        call = -1;
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        follow(opcode == Opcodes.PUTFIELD ? name : null, false);
      }

      @Override
      public void visitInsn(int opcode) {
        follow(null, opcode == Opcodes.ARETURN);
      }

      @Override
      public void visitIntInsn(int opcode, int operand) {
        other();
      }

      @Override
      public void visitJumpInsn(int opcode, Label label) {
        other();
      }

      @Override
      public void visitLdcInsn(Object value) {
        other();
      }

      @Override
      public void visitIincInsn(int slot, int increment) {
        other();
      }

      @Override
      public void visitTableSwitchInsn(int min, int max, Label fallback, Label... targets) {
        other();
      }

      @Override
      public void visitLookupSwitchInsn(Label fallback, int[] keys, Label[] targets) {
        other();
      }

      @Override
      public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        other();
      }

      @Override
      public void visitLocalVariable(
          String name, String descriptor, String signature, Label start, Label end, int slot) {
        int from = labels.getOrDefault(start, 0);
        int to = labels.getOrDefault(end, Integer.MAX_VALUE);
        for (PendingStore store : stores) {
          int next = storeEnds.getOrDefault(store.store(), Integer.MAX_VALUE);
          if (store.slot() == slot && next >= from && next <= to && !name.equals("this")) {
            Site site = calls.get(store.call()).site();
            calls.put(store.call(), new Entry(site, Identifier.snakeCase(name), false));
          }
        }
      }
    }
  }
}
