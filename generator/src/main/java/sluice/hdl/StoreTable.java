package sluice.hdl;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.HashMap;
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
    OTHER;

    private static final String LANGUAGE =
        StoreTable.class.getPackageName().replace('.', '/') + "/";

    /** Results of the language that are named, or hold what is. */
    private static final Set<String> NAMED =
        Set.of(
            "Bits", "Bool", "UInt", "SInt", "Data", "Bundle", "Memory", "StateRegister", "Module");

    /** What a call of a method gives, by the method's class, name and descriptor. */
    static Result of(String owner, String name, String descriptor) {
      String type = descriptor.substring(descriptor.indexOf(')') + 1);
      if (type.startsWith("[") || type.equals("Ljava/util/List;")) {
        return COLLECTION;
      }
      if (!type.startsWith("L" + LANGUAGE)) {
        return NAMEABLE;
      }
      String simple = type.substring(LANGUAGE.length() + 1, type.length() - 1);
      return switch (simple) {
        case "Vec" -> COLLECTION;
        case "Stream" ->
            owner.equals(LANGUAGE + "Stream") ? name.equals("map") ? STREAM : OTHER : NAMEABLE;
        default -> NAMED.contains(simple) || simple.contains("/") ? NAMEABLE : OTHER;
      };
    }
  }

  private static final String LIBRARY = StoreTable.class.getPackageName() + ".lib";

  private static final ClassValue<StoreTable> TABLES =
      new ClassValue<>() {
        @Override
        protected StoreTable computeValue(Class<?> type) {
          return new StoreTable(type);
        }
      };

  private final Map<String, Map<Integer, CallSite>> methods = new HashMap<>();
  private CallSite[] unambiguous = {};
  private final boolean helper;
  private String sourceFile = "";
  private final CallSite unknown;

  private StoreTable(Class<?> type) {
    helper = isOfLibrary(type) && !Module.class.isAssignableFrom(outermost(type));
    String resource = type.getName().substring(type.getPackageName().length());
    resource = (resource.startsWith(".") ? resource.substring(1) : resource) + ".class";
    try (InputStream bytes = type.getResourceAsStream(resource)) {
      if (bytes != null) {
        new Reader(bytes.readAllBytes(), type.getClassLoader()).read();
        settle();
        findUnambiguous();
      }
    } catch (IOException unreadable) {
      // Without the class file there are no names: structural names are used instead.
      methods.clear();
    }
    unknown = new CallSite(new Site(sourceFile, 0), null, null, "", false, false, Result.NAMEABLE);
    unknown.settle();
  }

  /** Whether a class is part of the language's own library. */
  static boolean isOfLibrary(Class<?> type) {
    String home = type.getPackageName();
    return home.equals(LIBRARY) || home.startsWith(LIBRARY + ".");
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

  /** The call that a frame is in. */
  CallSite at(StackWalker.StackFrame frame) {
    int byteCodeIndex = frame.getByteCodeIndex();
    CallSite only = byteCodeIndex < unambiguous.length ? unambiguous[byteCodeIndex] : null;
    if (only != null) {
      return only;
    }
    // Asking a frame for its method is slow, so it is done only where the index does not tell.
    Map<Integer, CallSite> calls = methods.get(frame.getMethodName() + frame.getDescriptor());
    CallSite site = calls == null ? null : calls.get(byteCodeIndex);
    return site == null ? unknown : site;
  }

  /** What a helper makes is named by who calls it; everything else is where it is. */
  private void settle() {
    if (!helper) {
      methods.values().forEach(calls -> calls.values().forEach(CallSite::settle));
    }
  }

  /** Finds the byte code indices at which only one method of the class has a call. */
  private void findUnambiguous() {
    int length = 0;
    for (Map<Integer, CallSite> calls : methods.values()) {
      for (int index : calls.keySet()) {
        length = Math.max(length, index + 1);
      }
    }
    unambiguous = new CallSite[length];
    BitSet seen = new BitSet();
    for (Map<Integer, CallSite> calls : methods.values()) {
      calls.forEach(
          (index, site) -> {
            unambiguous[index] = seen.get(index) ? null : site;
            seen.set(index);
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
              Map<Integer, CallSite> calls = new HashMap<>();
              methods.put(name + descriptor, calls);
              return new StoreVisitor(sourceFile, loader, () -> offset, calls);
            }
          },
          ClassReader.SKIP_FRAMES);
    }
  }
}
