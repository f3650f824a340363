package sluice.accel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import sluice.accel.memory.CacheAddress;
import sluice.accel.topk.TopK;
import sluice.config.Presets;
import sluice.hdl.Bundle;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.sim.Stalls;

/** Every block of the accelerator has a test of its own, and its streams stall in it. */
class BlockTestsTest {
  private static final String PACKAGE = "sluice/accel";

  /** A new block without a test. */
  private static final class Untested extends Module {
    final Stream<UInt> words = input(Stream.of(UInt.of(8)));
  }

  /** A test that says it tests a block, and does not. */
  @BlockTest(TopK.class)
  private static final class Empty {}

  @Test
  void everyBlockIsTestedUnderStalls() {
    List<Class<?>> blocks =
        classes(Accelerator.class, PACKAGE).stream()
            .filter(type -> Module.class.isAssignableFrom(type))
            .filter(type -> !Modifier.isAbstract(type.getModifiers()))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(40).contains(Accelerator.class, CacheAddress.class);
    assertThat(complaints(blocks, tests())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "reference"})
  void streamsOfBlocksAreSeenAtTheirClasses(String preset) {
    // What the netlists say of streams and what the classes say is the same.
    Set<String> withStreams = new TreeSet<>();
    Set<String> without = new TreeSet<>();
    for (Class<?> type : classes(Accelerator.class, PACKAGE)) {
      if (Module.class.isAssignableFrom(type)) {
        (hasStream(type) ? withStreams : without).add(type.getSimpleName().toLowerCase());
      }
    }
    int seen = 0;
    for (Netlist module : Elaborator.elaborate(new Accelerator(Presets.get(preset))).modules()) {
      String name = module.name().replace("_", "");
      if (withStreams.contains(name)) {
        assertThat(module.streams()).as(name).isNotEmpty();
        seen++;
      } else if (without.contains(name)) {
        assertThat(module.streams()).as(name).isEmpty();
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(35);
  }

  @Test
  void aBlockWithoutATestIsTold() {
    assertThat(complaints(List.of(Untested.class), tests()))
        .containsExactly(
            "Untested has no class of tests that is marked @BlockTest(Untested.class)");
  }

  @Test
  void aTestThatDoesNotDoWhatItIsMarkedWithIsTold() {
    assertThat(complaints(List.of(TopK.class), List.of(Empty.class)))
        .containsExactly(
            "Empty does not make a TopK",
            "Empty has no test of TopK that takes Stalls and runs in a BlockBench");
  }

  private static List<Class<?>> tests() {
    return classes(BlockTestsTest.class, "sluice").stream()
        .filter(type -> type.isAnnotationPresent(BlockTest.class) && type != Empty.class)
        .toList();
  }

  /** What is missing; empty if all is there. */
  private static List<String> complaints(List<Class<?>> blocks, List<Class<?>> tests) {
    List<String> complaints = new ArrayList<>();
    for (Class<?> block : blocks) {
      String name = block.getSimpleName();
      List<Class<?>> own =
          tests.stream()
              .filter(t -> List.of(t.getAnnotation(BlockTest.class).value()).contains(block))
              .toList();
      if (own.isEmpty()) {
        complaints.add(
            "%s has no class of tests that is marked @BlockTest(%s.class)".formatted(name, name));
      }
      for (Class<?> test : own) {
        List<ClassNode> code = code(test);
        if (!makes(code, block)) {
          complaints.add("%s does not make a %s".formatted(test.getSimpleName(), name));
        }
        if (hasStream(block) && !(takesStalls(test) && calls(code, BlockBench.class, "reset"))) {
          complaints.add(
              "%s has no test of %s that takes Stalls and runs in a BlockBench"
                  .formatted(test.getSimpleName(), name));
        }
      }
    }
    return complaints;
  }

  private static boolean takesStalls(Class<?> test) {
    return Arrays.stream(test.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(ParameterizedTest.class))
        .flatMap(method -> Arrays.stream(method.getParameterTypes()))
        .anyMatch(type -> type == Stalls.class || type.isRecord() && hasStalls(type));
  }

  private static boolean hasStalls(Class<?> parameters) {
    return Arrays.stream(parameters.getRecordComponents())
        .anyMatch(component -> component.getType() == Stalls.class);
  }

  private static boolean makes(List<ClassNode> code, Class<?> block) {
    String internal = block.getName().replace('.', '/');
    for (AbstractInsnNode instruction : instructions(code)) {
      if (instruction.getOpcode() == Opcodes.NEW
          && ((TypeInsnNode) instruction).desc.equals(internal)) {
        return true;
      }
    }
    return false;
  }

  private static boolean calls(List<ClassNode> code, Class<?> owner, String method) {
    String internal = owner.getName().replace('.', '/');
    for (AbstractInsnNode instruction : instructions(code)) {
      if (instruction instanceof MethodInsnNode call
          && call.owner.equals(internal)
          && call.name.equals(method)) {
        return true;
      }
    }
    return false;
  }

  private static List<AbstractInsnNode> instructions(List<ClassNode> code) {
    List<AbstractInsnNode> instructions = new ArrayList<>();
    for (ClassNode node : code) {
      for (MethodNode method : node.methods) {
        method.instructions.forEach(instructions::add);
      }
    }
    return instructions;
  }

  /** The code of a class and of those declared in it. */
  private static List<ClassNode> code(Class<?> type) {
    List<ClassNode> code = new ArrayList<>();
    ClassNode node = new ClassNode();
    String resource = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getResourceAsStream(resource)) {
      new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    code.add(node);
    for (Class<?> inner : type.getDeclaredClasses()) {
      code.addAll(code(inner));
    }
    return code;
  }

  /** Whether a port is a stream, or a bundle or a list with one in it. */
  private static boolean hasStream(Class<?> block) {
    return Arrays.stream(block.getDeclaredFields())
        .filter(field -> Modifier.isFinal(field.getModifiers()) && !isPrivate(field))
        .map(Field::getGenericType)
        .anyMatch(BlockTestsTest::isStream);
  }

  private static boolean isPrivate(Field field) {
    return Modifier.isPrivate(field.getModifiers());
  }

  private static boolean isStream(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Stream.class
          || Arrays.stream(generic.getActualTypeArguments()).anyMatch(BlockTestsTest::isStream);
    }
    return type instanceof Class<?> raw
        && (raw == Stream.class
            || Bundle.class.isAssignableFrom(raw)
                && raw.isRecord()
                && Arrays.stream(raw.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .anyMatch(BlockTestsTest::isStream));
  }

  /** All classes below a package that are compiled beside a class. */
  private static List<Class<?>> classes(Class<?> beside, String below) {
    try {
      URI location = beside.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path root = Path.of(location);
      try (java.util.stream.Stream<Path> files = Files.walk(root.resolve(below))) {
        List<Class<?>> classes = new ArrayList<>();
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          String name = root.relativize(file).toString().replaceAll("\\.class$", "");
          if (!name.endsWith("package-info")) {
            classes.add(Class.forName(name.replace('/', '.'), false, beside.getClassLoader()));
          }
        }
        return classes;
      }
    } catch (IOException | java.net.URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
