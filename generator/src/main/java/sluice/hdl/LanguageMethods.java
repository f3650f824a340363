package sluice.hdl;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Type;

/** Which calls in class files are of methods of a signal, or of methods that modules inherit. */
final class LanguageMethods {
  private static final String LANGUAGE =
      LanguageMethods.class.getPackageName().replace('.', '/') + "/";
  private static final Set<String> SIGNALS =
      Set.of(LANGUAGE + "Bits", LANGUAGE + "Bool", LANGUAGE + "UInt", LANGUAGE + "SInt");
  private static final Set<String> OF_MODULE = ofModule();

  private final ClassLoader loader;

  LanguageMethods(ClassLoader loader) {
    this.loader = loader;
  }

  private static Set<String> ofModule() {
    Set<String> result = new HashSet<>();
    for (Method method : Module.class.getDeclaredMethods()) {
      result.add(method.getName() + Type.getMethodDescriptor(method));
    }
    return Set.copyOf(result);
  }

  /**
   * @param owner internal name of the class that the call names: modules inherit their methods
   */
  boolean contains(String owner, String name, String descriptor) {
    return SIGNALS.contains(owner) || (OF_MODULE.contains(name + descriptor) && isModule(owner));
  }

  private boolean isModule(String owner) {
    try {
      Class<?> type = Class.forName(owner.replace('/', '.'), false, loader);
      return Module.class.isAssignableFrom(type);
    } catch (ClassNotFoundException | LinkageError unknown) {
      return false;
    }
  }
}
