package sluice.hdl;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;

/** Walks the single signals of structured data, in order of declaration. */
final class Leaves {
  private Leaves() {}

  /**
   * One single signal of structured data.
   *
   * @param index position among the leaves
   * @param place where it is within the data
   * @param flipped whether it flows against the data as a whole
   */
  record Leaf(int index, Place place, boolean flipped) {

    /** Whether the data is this signal alone. */
    boolean isWhole() {
      return place == null;
    }

    /** Name within the data, in snake case, "" for the data itself; starts with its joint. */
    String path() {
      return place == null ? "" : place.path();
    }
  }

  /**
   * A place within structured data; its name is only put together when it is asked for.
   *
   * @param parent the place around it, or null
   * @param part its name in there, after its joint
   */
  private record Place(Place parent, String joint, Object part) {
    String path() {
      return (parent == null ? "" : parent.path()) + joint + part;
    }
  }

  /** The signals of structured data. */
  static List<Bits> of(Data data) {
    if (data instanceof Bits bits) {
      return List.of(bits);
    }
    List<Bits> result = new ArrayList<>();
    visit(data, (bits, leaf) -> result.add(bits));
    return result;
  }

  /** The streams within structured data, the outer before those within its payload. */
  static List<Stream<?>> streams(Data data) {
    List<Stream<?>> result = new ArrayList<>();
    collectStreams(data, result);
    return result;
  }

  private static void collectStreams(Data data, List<Stream<?>> result) {
    if (data instanceof Stream<?> stream) {
      result.add(stream);
      collectStreams(stream.payload(), result);
    } else if (data instanceof Vec<?> vec && !(vec.get(0) instanceof Bits)) {
      vec.forEach(element -> collectStreams(element, result));
    } else if (data instanceof Bundle bundle) {
      components(bundle).forEach(component -> collectStreams(component.data(), result));
    }
  }

  /** Shows each signal of structured data. */
  static void visit(Data data, BiConsumer<Bits, Leaf> visitor) {
    new Walker(visitor).visit(data, null, "_", false);
  }

  /** A structure like {@code type} with each leaf bound to what the function says. */
  static <T extends Data> T bind(T type, BiFunction<Bits, Leaf, Source> binding) {
    List<Source> sources = new ArrayList<>();
    visit(type, (bits, leaf) -> sources.add(binding.apply(bits, leaf)));
    return rebuild(type, sources.iterator());
  }

  /** A structure like {@code type} of the next signals. */
  @SuppressWarnings("unchecked")
  private static <T extends Data> T rebuild(T type, Iterator<Source> sources) {
    if (type instanceof Bits bits) {
      return (T) bits.bind(sources.next());
    }
    if (type instanceof Vec<?> vec) {
      List<Data> elements = new ArrayList<>(vec.size());
      vec.elements().forEach(element -> elements.add(rebuild(element, sources)));
      return (T) new Vec<>(elements);
    }
    if (type instanceof Stream<?> stream) {
      return (T)
          new Stream<>(
              rebuild(stream.valid(), sources),
              rebuild(stream.ready(), sources),
              rebuild(stream.payload(), sources),
              stream.isCompact());
    }
    List<Component> components = components((Bundle) type);
    Class<?>[] types = new Class<?>[components.size()];
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      types[i] = components.get(i).type();
      values[i] = rebuild(components.get(i).data(), sources);
    }
    return (T) construct(((Bundle) type).getClass(), types, values);
  }

  private static Bundle construct(Class<? extends Bundle> type, Class<?>[] types, Object[] values) {
    try {
      Constructor<? extends Bundle> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw wrongBundle(
          type, "does not take the signals of its components: " + e.getCause(), "let it take any");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type, e);
    }
  }

  /** Goes through structured data without building any. */
  private static final class Walker {
    private final BiConsumer<Bits, Leaf> visitor;
    private int count;

    Walker(BiConsumer<Bits, Leaf> visitor) {
      this.visitor = visitor;
    }

    void visit(Data data, Place place, String joint, boolean flipped) {
      if (data instanceof Bits bits) {
        visitor.accept(bits, new Leaf(count++, place, flipped));
      } else if (data instanceof Vec<?> vec) {
        for (int i = 0; i < vec.size(); i++) {
          visit(vec.get(i), new Place(place, joint, i), joint, flipped);
        }
      } else if (data instanceof Stream<?> stream) {
        visitStream(stream, place, flipped);
      } else {
        for (Component component : components((Bundle) data)) {
          Place inner = new Place(place, joint, Identifier.snakeCase(component.name()));
          visit(component.data(), inner, joint, flipped ^ component.flipped());
        }
      }
    }

    private void visitStream(Stream<?> stream, Place place, boolean flipped) {
      String joint = stream.isCompact() ? "" : "_";
      visit(stream.valid(), new Place(place, joint, "valid"), joint, flipped);
      visit(stream.ready(), new Place(place, joint, "ready"), joint, !flipped);
      boolean plain = stream.payload() instanceof Bits;
      visit(stream.payload(), plain ? new Place(place, joint, "data") : place, joint, flipped);
    }
  }

  /**
   * One part of a bundle.
   *
   * @param name as in Java
   * @param type as declared
   * @param flipped whether it flows against the bundle
   */
  record Component(String name, Class<?> type, boolean flipped, Data data) {}

  /** The parts of a bundle, in order of declaration. */
  static List<Component> components(Bundle bundle) {
    RecordComponent[] components = bundle.getClass().getRecordComponents();
    if (components == null) {
      throw wrongBundle(bundle.getClass(), "is a Bundle but no record", "make it a record");
    }
    List<Component> result = new ArrayList<>(components.length);
    for (RecordComponent component : components) {
      boolean flipped = component.isAnnotationPresent(Flipped.class);
      if (!(read(bundle, component) instanceof Data data)) {
        throw wrongBundle(
            bundle.getClass(),
            "has the component " + component.getName() + ", which is no signal",
            "take signals, bundles, vectors or streams only");
      }
      result.add(new Component(component.getName(), component.getType(), flipped, data));
    }
    return result;
  }

  private static ElaborationException wrongBundle(Class<?> type, String mistake, String advice) {
    return new ElaborationException(
        new Diagnostic(
            Diagnostic.Kind.PARAMETER,
            type.getSimpleName() + " " + mistake,
            Trace.fault(),
            null,
            advice));
  }

  private static Object read(Bundle bundle, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(bundle);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
