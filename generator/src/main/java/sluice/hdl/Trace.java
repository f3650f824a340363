package sluice.hdl;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Site;

/**
 * What the user's Java says about the value being built: the line, and the local variable or field
 * that the result is stored to.
 *
 * @param site the user's line
 * @param variable the variable's name in snake case, or null where the result is not stored to one
 * @param path what follows the variable's name: components of records, and variables of the
 *     library's helpers, each after an underscore
 * @param indexed whether the variable takes one result after another, so that each has an index
 * @param level how firm the name is
 */
record Trace(Site site, String variable, String path, boolean indexed, NameLevel level) {

  /** Set to {@code off}, it leaves out names and lines: what they cost can be measured. */
  private static final boolean OFF = "off".equals(System.getProperty("sluice.hdl.names"));

  private static final Trace NOTHING = new Trace(Site.NONE, null, "", false, NameLevel.UNNAMED);

  /** Frames of the language between a call of it and this class, and one of the user. */
  private static final int FRAMES_ESTIMATE = 6;

  private static final StackWalker WALKER =
      StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), FRAMES_ESTIMATE);
  private static final String LANGUAGE = Trace.class.getPackageName();

  /** The place of the first caller outside the language. */
  static Trace here() {
    return WALKER.walk(Trace::find);
  }

  /** Whether the name is only that of a variable in the library, since no caller's takes it. */
  boolean isLibrarys() {
    return level == NameLevel.MERGEABLE && path.isEmpty();
  }

  /** Whether the result has a name to take. */
  boolean isNamed() {
    return variable != null && level != NameLevel.UNNAMED;
  }

  /** The same place, without a name. */
  Trace unnamed() {
    return new Trace(site, null, "", false, NameLevel.UNNAMED);
  }

  /**
   * Goes from the innermost call outwards, as long as a method only passes the result on: the
   * outermost variable that takes it gives the name.
   */
  private static Trace find(Stream<StackFrame> frames) {
    Iterator<StackFrame> callers = frames.iterator();
    Trace found = null;
    String path = "";
    boolean indexed = false;
    NameLevel level = NameLevel.RENAMEABLE;
    // Whether the Java library or the language lies between this frame and the one before.
    boolean between = false;
    while (callers.hasNext()) {
      StackFrame frame = callers.next();
      Class<?> type = frame.getDeclaringClass();
      if (type.getClassLoader() == null) {
        between = true;
        continue;
      }
      if (type.getPackageName().equals(LANGUAGE)) {
        between = found != null;
        continue;
      }
      StoreTable table = StoreTable.of(type);
      StoreTable.Entry entry = table.after(frame);
      if (found == null) {
        found = new Trace(entry.site(), null, "", false, level);
      }
      String variable = entry.variable();
      if (between && entry.result() == StoreTable.Result.COLLECTION) {
        indexed = true;
      } else if (between && entry.result() == StoreTable.Result.STREAM) {
        path = path.isEmpty() ? "_data" : path;
      } else if (between) {
        return found;
      } else if (entry.result() == StoreTable.Result.STREAM
          || entry.result() == StoreTable.Result.OTHER) {
        level = NameLevel.UNNAMED;
      }
      path = entry.component() + path;
      indexed |= entry.indexed();
      boolean passed = entry.returned();
      if (table.isHelper() && !passed) {
        if (variable == null) {
          return found;
        }
        if (found.variable() == null) {
          found = new Trace(found.site(), variable, "", indexed, NameLevel.MERGEABLE);
        }
        path = "_" + variable + path;
        level = level == NameLevel.UNNAMED ? level : NameLevel.MERGEABLE;
        passed = true;
      } else if (variable != null && !(table.isHelper() && passed)) {
        found = new Trace(found.site(), variable, path, indexed, level);
      }
      if (!passed) {
        return found;
      }
      between = false;
    }
    return found == null ? NOTHING : found;
  }
}
