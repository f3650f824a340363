package sluice.hdl;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Site;

/** Compares the structure of two data, part by part. */
final class Structure {
  private final String first;
  private final String second;
  private final BiConsumer<Pair, String> pairs;
  private final Consumer<Difference> differences;

  /**
   * @param first how messages call the first data, after "in"
   * @param second how they call the second
   * @param pairs takes every two signals that belong together, with their name within the data
   * @param differences takes every part in which the two differ
   */
  private Structure(
      String first,
      String second,
      BiConsumer<Pair, String> pairs,
      Consumer<Difference> differences) {
    this.first = first;
    this.second = second;
    this.pairs = pairs;
    this.differences = differences;
  }

  /**
   * Two signals at one place of the two data.
   *
   * @param flipped whether they flow against the data as a whole
   */
  record Pair(Bits first, Bits second, boolean flipped) {}

  /**
   * A part in which two data differ.
   *
   * @param what the difference in words
   * @param part what is there in one of the two; the first's if both have it
   */
  private record Difference(String what, Data part) {}

  /** Assigns every signal of one data to another, and notes the differences. */
  static void connect(Data sink, Data source, Trace trace) {
    if (sink instanceof Bits to
        && source instanceof Bits from
        && to.getClass() == from.getClass()) {
      to.assign(from, trace);
      return;
    }
    new Structure(
            "the sink",
            "the source",
            (pair, path) -> {
              Bits to = pair.flipped() ? pair.second() : pair.first();
              Bits from = pair.flipped() ? pair.first() : pair.second();
              to.assign(from, path, trace);
            },
            difference ->
                Leaves.of(sink)
                    .get(0)
                    .module()
                    .drivers()
                    .note(
                        new Diagnostic(
                            Diagnostic.Kind.CONNECTION_MISMATCH,
                            difference.what(),
                            trace.site(),
                            declaration(difference.part()),
                            "connect data of one structure, or its parts one by one")))
        .compare(sink, source, "", false);
  }

  /** Gives registers the values of constants after reset. */
  static void reset(Data registers, Data constants, Trace trace) {
    // The registers have their names already, each with its place in the data.
    Trace unnamed = trace.unnamed();
    new Structure(
            "the registers",
            "the reset values",
            (pair, path) -> pair.first().resetTo(pair.second().literalValue(trace), unnamed),
            difference -> {
              throw new ElaborationException(
                  new Diagnostic(
                      Diagnostic.Kind.CONNECTION_MISMATCH,
                      difference.what(),
                      trace.site(),
                      null,
                      "give one constant for each signal of the type"));
            })
        .compare(registers, constants, "", false);
  }

  /**
   * Refuses data between which no choice can be made.
   *
   * @param first how messages call the first data, after "in"
   * @param second how they call the second
   */
  static void requireAlike(Data one, Data other, String first, String second) {
    if (one instanceof Bits a
        && other instanceof Bits b
        && a.getClass() == b.getClass()
        && a.width() == b.width()) {
      return;
    }
    new Structure(
            first,
            second,
            (pair, path) -> {
              int width = pair.first().width();
              if (width != pair.second().width()) {
                throw new ElaborationException(
                    new Diagnostic(
                        Diagnostic.Kind.WIDTH_MISMATCH,
                        "a choice between "
                            + width
                            + " and "
                            + pair.second().width()
                            + " bits"
                            + (path.isEmpty() ? "" : " in " + path),
                        Trace.fault(),
                        null,
                        "extend(...) or truncate(...) one of them"));
              }
            },
            difference -> {
              throw new ElaborationException(
                  new Diagnostic(
                      Diagnostic.Kind.CONNECTION_MISMATCH,
                      difference.what(),
                      Trace.fault(),
                      declaration(difference.part()),
                      "choose between data of one structure"));
            })
        .compare(one, other, "", false);
  }

  /** The line that declares the first signal of a part; null for constants. */
  private static Site declaration(Data part) {
    for (Bits leaf : Leaves.of(part)) {
      if (leaf.literalBits() == null && leaf.user() != null) {
        return leaf.nodeIn(leaf.user(), Site.NONE).site();
      }
    }
    return null;
  }

  private void compare(Data sink, Data source, String path, boolean flipped) {
    if (sink instanceof Bits to
        && source instanceof Bits from
        && to.getClass() == from.getClass()) {
      pairs.accept(new Pair(to, from, flipped), path);
    } else if (sink instanceof Vec<?> to && source instanceof Vec<?> from) {
      compareVectors(to, from, path, flipped);
    } else if (sink instanceof Stream<?> to && source instanceof Stream<?> from) {
      pairs.accept(new Pair(to.valid(), from.valid(), flipped), join(path, "valid"));
      pairs.accept(new Pair(to.ready(), from.ready(), !flipped), join(path, "ready"));
      compare(to.payload(), from.payload(), path, flipped);
    } else if (sink instanceof Bundle to && source instanceof Bundle from) {
      compareBundles(to, from, path, flipped);
    } else {
      differ(path, " is a " + kind(sink) + inFirst() + " and a " + kind(source) + inSecond(), sink);
    }
  }

  private void compareVectors(Vec<?> sink, Vec<?> source, String path, boolean flipped) {
    if (sink.size() != source.size()) {
      differ(
          path,
          " has " + sink.size() + " elements" + inFirst() + " and " + source.size() + inSecond(),
          sink);
    }
    for (int i = 0; i < Math.min(sink.size(), source.size()); i++) {
      compare(sink.get(i), source.get(i), join(path, String.valueOf(i)), flipped);
    }
  }

  private void compareBundles(Bundle sink, Bundle source, String path, boolean flipped) {
    List<Leaves.Component> to = Leaves.components(sink);
    List<Leaves.Component> from = Leaves.components(source);
    for (Leaves.Component component : to) {
      String name = join(path, component.name());
      Leaves.Component other = find(component.name(), from);
      if (other == null) {
        differ(name, " is" + inFirst() + " and not" + inSecond(), component.data());
      } else if (component.flipped() != other.flipped()) {
        String side = component.flipped() ? inFirst() : inSecond();
        differ(name, " is flipped" + side + " only", component.data());
      } else {
        compare(component.data(), other.data(), name, flipped ^ component.flipped());
      }
    }
    for (Leaves.Component component : from) {
      if (find(component.name(), to) == null) {
        String name = join(path, component.name());
        differ(name, " is" + inSecond() + " and not" + inFirst(), component.data());
      }
    }
  }

  private String inFirst() {
    return " in " + first;
  }

  private String inSecond() {
    return " in " + second;
  }

  private static Leaves.Component find(String name, List<Leaves.Component> components) {
    for (Leaves.Component component : components) {
      if (component.name().equals(name)) {
        return component;
      }
    }
    return null;
  }

  private void differ(String path, String what, Data part) {
    differences.accept(new Difference((path.isEmpty() ? "the data" : path) + what, part));
  }

  private static String join(String path, String part) {
    return path.isEmpty() ? part : path + "." + part;
  }

  private static String kind(Data data) {
    if (data instanceof Bits) {
      return data.getClass().getSimpleName();
    }
    if (data instanceof Vec<?>) {
      return "vector";
    }
    return data instanceof Stream<?>
        ? "stream"
        : "bundle (" + data.getClass().getSimpleName() + ")";
  }
}
