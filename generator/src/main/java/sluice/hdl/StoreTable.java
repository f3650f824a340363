package sluice.hdl;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import sluice.hdl.netlist.Site;

/**
 * For each call in a class file: its source line and the variable its result is stored to, from the
 * LineNumberTable and the LocalVariableTable (compile with {@code -g}).
 */
final class StoreTable {

  /** What a call gives, as far as names are concerned. */
  enum Result {
    /** A signal, data, or a thing that has a name. */
    NAMEABLE,
    /** A list, an array or a vector: what is made within the call is an element of it. */
    COLLECTION,
    /** A stream with another payload, which is made within the call. */
    STREAM,
    /** Something else of the language: what is made within the call is only a part of it. */
    OTHER
  }

  /**
   * What becomes of the result of a call.
   *
   * @param site source line of the call
   * @param variable local variable, field, list or array that takes the result, in snake case; null
   *     for none
   * @param component names of the record components that the result becomes on its way, each after
   *     an underscore; "" for none
   * @param indexed whether the variable takes one result after another: it is a list or an array,
   *     or stands in a loop
   * @param returned whether the result, or the variable, is returned by the method
   * @param result what the call gives
   */
  record Entry(
      Site site,
      String variable,
      String component,
      boolean indexed,
      boolean returned,
      Result result) {}

  private static final String LIBRARY = StoreTable.class.getPackageName() + ".lib";

  private static final ClassValue<StoreTable> TABLES =
      new ClassValue<>() {
        @Override
        protected StoreTable computeValue(Class<?> type) {
          return new StoreTable(type);
        }
      };

  private final Map<String, Map<Integer, Entry>> methods = new HashMap<>();
  private final Map<Integer, Entry> unambiguous = new HashMap<>();
  private final boolean helper;
  private String sourceFile = "";

  private StoreTable(Class<?> type) {
    helper =
        type.getPackageName().startsWith(LIBRARY)
            && !Module.class.isAssignableFrom(outermost(type));
    String resource = type.getName().substring(type.getPackageName().length());
    resource = (resource.startsWith(".") ? resource.substring(1) : resource) + ".class";
    try (InputStream bytes = type.getResourceAsStream(resource)) {
      if (bytes != null) {
        new Reader(bytes.readAllBytes(), type.getClassLoader()).read();
        findUnambiguous();
      }
    } catch (IOException unreadable) {
      // Without the class file there are no names: structural names are used instead.
      methods.clear();
    }
  }

  private static Class<?> outermost(Class<?> type) {
    return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
  }

  static StoreTable of(Class<?> type) {
    return TABLES.get(type);
  }

  /** Whether the class is a helper of the library: what it makes is named by who calls it. */
  boolean isHelper() {
    return helper;
  }

  /** What becomes of the result of the call that a frame is in. */
  Entry after(StackWalker.StackFrame frame) {
    int byteCodeIndex = frame.getByteCodeIndex();
    Entry only = unambiguous.get(byteCodeIndex);
    if (only != null) {
      return only;
    }
    // Asking a frame for its method is slow, so it is done only where the index does not tell.
    Map<Integer, Entry> calls = methods.get(frame.getMethodName() + frame.getDescriptor());
    Entry entry = calls == null ? null : calls.get(byteCodeIndex);
    return entry == null
        ? new Entry(new Site(sourceFile, 0), null, "", false, false, Result.NAMEABLE)
        : entry;
  }

  /** Finds the byte code indices at which only one method of the class has a call. */
  private void findUnambiguous() {
    Set<Integer> seen = new HashSet<>();
    for (Map<Integer, Entry> calls : methods.values()) {
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
    private final ClassLoader loader;
    private int offset;

    Reader(byte[] bytes, ClassLoader loader) {
      super(bytes);
      this.loader = loader;
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
              Map<Integer, Entry> calls = new HashMap<>();
              methods.put(name + descriptor, calls);
              return new StoreVisitor(sourceFile, loader, () -> offset, calls);
            }
          },
          ClassReader.SKIP_FRAMES);
    }
  }
}
