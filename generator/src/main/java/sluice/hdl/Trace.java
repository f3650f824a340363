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
 * @param call the user's call, or null
 */
record Trace(
    Site site, String variable, String path, boolean indexed, NameLevel level, CallSite call) {

  /** Set to {@code off}, it leaves out names and lines: what they cost can be measured. */
  private static final boolean OFF = "off".equals(System.getProperty("sluice.hdl.names"));

  private static final Trace NOTHING =
      new Trace(Site.NONE, null, "", false, NameLevel.UNNAMED, null);

  /** Frames of the language between a call of it and this class, and one of the user. */
  private static final int FRAMES_ESTIMATE = 6;

  private static final StackWalker WALKER =
      StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), FRAMES_ESTIMATE);
  private static final String LANGUAGE = Trace.class.getPackageName();

  /** The place of the first caller outside the language. */
  static Trace here() {
    return OFF ? NOTHING : WALKER.walk(Trace::find);
  }

  /**
   * The line at fault: the first caller outside the language and its library. A mistake that shows
   * within a part of the library was made by who uses the part.
   */
  static Site fault() {
    return OFF ? Site.NONE : WALKER.walk(frames -> outside(frames, false));
  }

  /** The line that uses the part which asks: as {@link #fault}, but outside the part itself too. */
  static Site use() {
    return OFF ? Site.NONE : WALKER.walk(frames -> outside(frames, true));
  }

  /** The first caller outside; where there is none, the innermost one. */
  private static Site outside(Stream<StackFrame> frames, boolean ofPart) {
    Iterator<StackFrame> callers = frames.iterator();
    Class<?> part = null;
    Site innermost = null;
    while (callers.hasNext()) {
      StackFrame frame = callers.next();
      Class<?> type = frame.getDeclaringClass();
      if (type.getClassLoader() == null || type == Trace.class || type == Parameter.class) {
        continue;
      }
      part = part == null ? type : part;
      if (type.getPackageName().equals(LANGUAGE)) {
        continue;
      }
      if (innermost == null) {
        innermost = StoreTable.of(type).at(frame).site();
      }
      if (!StoreTable.isOfLibrary(type) && !(ofPart && type == part)) {
        return StoreTable.of(type).at(frame).site();
      }
    }
    return innermost == null ? Site.NONE : innermost;
  }

  /**
   * The place of the first caller outside the language, for a method of a signal or a module. A
   * walk of the stack is what costs in naming; there is none if an operand has come by only one way
   * from the call that made it.
   *
   * @param method its name
   */
  static Trace of(String method, Bits... operands) {
    Trace known = null;
    for (Bits operand : operands) {
      Trace way = operand.take();
      known = known == null ? way : known;
    }
    if (known == null || !known.call().calls(method)) {
      return here();
    }
    // Tests run with assertions: whatever they build, each short cut is compared with the walk.
    assert known.equals(here()) : known + " instead of " + here();
    return known;
  }

  /**
   * The place to which a new result goes, if it can go nowhere else; null if that is unknown.
   *
   * @param method name of the method of a signal or a module that gives the result: it is what the
   *     user called, or else the result stays within the language
   */
  Trace next(String method) {
    if (call == null || call.taker() == null || !call.calls(method)) {
      return null;
    }
    return call.taker().trace();
  }

  /** Whether the name is only that of a variable in the library, since no caller's takes it. */
  boolean isOfLibrary() {
    return level == NameLevel.MERGEABLE && path.isEmpty();
  }

  /** Whether the result has a name to take. */
  boolean isNamed() {
    return variable != null && level != NameLevel.UNNAMED;
  }

  /** The same place, without a name. */
  Trace unnamed() {
    return new Trace(site, null, "", false, NameLevel.UNNAMED, null);
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
      CallSite call = table.at(frame);
      if (found == null) {
        if (call.trace() != null && !between) {
          return call.trace();
        }
        found = new Trace(call.site(), null, "", false, level, call);
      }
      String variable = call.variable();
      if (between && call.result() == StoreTable.Result.COLLECTION) {
        indexed = true;
      } else if (between && call.result() == StoreTable.Result.STREAM) {
        path = path.isEmpty() ? "_data" : path;
      } else if (between) {
        return found;
      } else if (call.result() == StoreTable.Result.STREAM
          || call.result() == StoreTable.Result.OTHER) {
        level = NameLevel.UNNAMED;
      }
      path = call.component() + path;
      indexed |= call.indexed();
      boolean passed = call.returned();
      if (table.isHelper() && !passed) {
        if (variable == null) {
          return found;
        }
        if (found.variable() == null) {
          found = found.named(variable, "", indexed, NameLevel.MERGEABLE);
        }
        path = "_" + variable + path;
        level = level == NameLevel.UNNAMED ? level : NameLevel.MERGEABLE;
        passed = true;
      } else if (variable != null && !(table.isHelper() && passed)) {
        found = found.named(variable, path, indexed, level);
      }
      if (!passed) {
        return found;
      }
      between = false;
    }
    return found == null ? NOTHING : found;
  }

  private Trace named(String newName, String newPath, boolean isIndexed, NameLevel newLevel) {
    return new Trace(site, newName, newPath, isIndexed, newLevel, call);
  }
}
