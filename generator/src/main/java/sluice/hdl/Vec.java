package sluice.hdl;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/**
 * A fixed number of elements of one type.
 *
 * @param <T> the type of an element
 */
public final class Vec<T extends Data> implements Data, Iterable<T> {
  private final List<T> elements;

  Vec(List<T> elements) {
    if (elements.isEmpty()) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.OUT_OF_RANGE,
              "a vector without elements",
              Trace.fault(),
              null,
              "a vector has at least one element"));
    }
    this.elements = List.copyOf(elements);
  }

  /** A vector type: {@code count} elements of a type. */
  public static <T extends Data> Vec<T> of(int count, T type) {
    Parameter.of("Vec.of", "count", count).atLeast(1);
    return new Vec<>(java.util.Collections.nCopies(count, type));
  }

  /** A vector of given signals. */
  public static <T extends Data> Vec<T> from(List<T> elements) {
    return new Vec<>(elements);
  }

  /** A vector of the signals made for each index. */
  public static <T extends Data> Vec<T> generate(int count, IntFunction<T> element) {
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(element.apply(i));
    }
    return new Vec<>(elements);
  }

  /** The number of elements, at least 1. */
  public int size() {
    return elements.size();
  }

  /** The elements in order; the list cannot be changed. */
  public List<T> elements() {
    return elements;
  }

  @Override
  public Iterator<T> iterator() {
    return elements.iterator();
  }

  /** The element at a fixed index. */
  public T get(int index) {
    if (index < 0 || index >= elements.size()) {
      throw new ElaborationException(
          new Diagnostic(
              Diagnostic.Kind.OUT_OF_RANGE,
              "element " + index + " of a vector of " + elements.size(),
              Trace.fault(),
              null,
              "allowed is 0 to " + (elements.size() - 1)));
    }
    return elements.get(index);
  }

  /** The element at an index given by a signal; an index beyond the last takes the last. */
  public T get(UInt index) {
    if (elements.size() == 1) {
      return elements.get(0);
    }
    int reachable = index.width() < 31 ? 1 << index.width() : elements.size();
    List<List<Bits>> columns = new ArrayList<>();
    for (int i = 0; i < Math.min(reachable, elements.size()); i++) {
      Structure.requireAlike(elements.get(0), elements.get(i), "element 0", "element " + i);
      columns.add(Leaves.of(elements.get(i)));
    }
    return Leaves.bind(
        elements.get(0),
        (type, leaf) -> {
          List<Bits> choices = new ArrayList<>();
          choices.add(index);
          for (List<Bits> column : columns) {
            choices.add(column.get(leaf.index()));
          }
          Ops ops = new Ops(choices.toArray(Bits[]::new));
          Node[] operands = new Node[choices.size()];
          for (int i = 0; i < operands.length; i++) {
            operands[i] = ops.node(choices.get(i));
          }
          return ops.result(ops.apply(Operator.CHOOSE, type.width(), operands), leaf.path());
        });
  }

  /** Assigns the element at an index given by a signal; the others keep their value. */
  public void set(UInt index, T value) {
    for (int i = 0; i < elements.size(); i++) {
      T element = elements.get(i);
      Module.when(index.eq(i), () -> Module.connect(element, value));
    }
  }
}
