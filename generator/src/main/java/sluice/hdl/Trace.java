package sluice.hdl;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import sluice.hdl.netlist.Site;

/**
 * What the user's Java says about the value being built: the line, and the local variable or field
 * that the result is stored to.
 *
 * @param site the user's line
 * @param variable the variable's name in snake case, or null where the result is not stored to one
 */
record Trace(Site site, String variable) {

  /** Set to {@code off}, it leaves out names and lines: what they cost can be measured. */
  private static final boolean OFF = "off".equals(System.getProperty("sluice.hdl.names"));

  private static final Trace NOTHING = new Trace(Site.NONE, null);

  /** Frames of the language between a call of it and this class, and one of the user. */
  private static final int FRAMES_ESTIMATE = 6;

  private static final StackWalker WALKER =
      StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), FRAMES_ESTIMATE);
  private static final String LANGUAGE = Trace.class.getPackageName();

  /** The place of the first caller outside the language. */
  static Trace here() {
    return OFF ? NOTHING : WALKER.walk(Trace::find);
  }

  private static Trace find(Stream<StackFrame> frames) {
    Iterator<StackFrame> callers = frames.iterator();
    Site site = null;
    boolean throughLibrary = false;
    while (callers.hasNext()) {
      StackFrame frame = callers.next();
      // Streams of the Java library call back: their lines and variables are not the user's.
      if (frame.getDeclaringClass().getClassLoader() == null) {
        throughLibrary = true;
        continue;
      }
      if (frame.getDeclaringClass().getPackageName().equals(LANGUAGE)) {
        if (site != null) {
          return new Trace(site, null);
        }
        throughLibrary = false;
        continue;
      }
      StoreTable.Entry entry = StoreTable.of(frame.getDeclaringClass()).after(frame);
      if (site == null) {
        site = entry.site();
      }
      // A helper that returns the result at once leaves the naming to its caller.
      if (throughLibrary || !entry.returned()) {
        return new Trace(site, throughLibrary ? null : entry.variable());
      }
    }
    return new Trace(site == null ? Site.NONE : site, null);
  }
}
