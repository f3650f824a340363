package sluice.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.config.TestConfigs;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** What is in the folder of a generated accelerator, and of a small circuit with two memories. */
class RtlPackageTest {

  private static final Pattern INSTANCE = Pattern.compile("(?m)^  (sluice_\\w+) \\w+ \\($");

  /** Writes a number to one memory and reads it from two. */
  private static final class Stores extends Module {
    final UInt address = input(UInt.of(4));
    final UInt data = input(UInt.of(5));
    final Bool enable = input(Bool.of());
    final UInt once = output(UInt.of(5));
    final UInt twice = output(UInt.of(6));

    Stores() {
      Memory<UInt> single = memory(data, 16);
      single.write(enable, address, data);
      once.set(single.read(address, enable.not()));
      Memory<UInt> twin = memory(data, 12);
      twin.write(enable, address, data);
      UInt left = twin.read(address, enable.not());
      UInt right = twin.read(address.not(), enable.not());
      twice.set(left.plus(right));
    }
  }

  /** Memories with what a shape says, and one with what it does not say. */
  private static final class Shapes extends Module {
    final Bool enable = input(Bool.of());
    final UInt address = input(UInt.of(4));
    final UInt data = input(UInt.of(16));
    final UInt mask = input(UInt.of(2));
    final UInt sum = output(UInt.of(16));

    Shapes() {
      Memory<UInt> bytes = memory(data, 16).maskedBy(8);
      bytes.write(enable, address, data, mask);
      Memory<UInt> single = memory(data, 16);
      Memory<UInt> dual = memory(data, 16).maskedBy(8);
      Memory<UInt> constants = memory(data, 16).contents(1, 2, 3);
      Memory<UInt> late = memory(data, 16).latency(2);
      late.write(enable, address, data);
      sum.set(
          bytes
              .read(address, enable)
              .xor(single.readWrite(address, enable, mask.bit(0), data))
              .xor(dual.readWrite(address, enable, mask.bit(0), data, mask))
              .xor(dual.readWrite(address.not(), enable, mask.bit(1), data, mask))
              .xor(constants.read(address, enable))
              .xor(late.read(address, enable)));
    }
  }

  @TempDir static Path accelerator;

  @BeforeAll
  static void generate() throws IOException {
    RtlPackage.write(TestConfigs.tiny(), accelerator);
  }

  private static Set<String> filesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(directory.relativize(file).toString()));
      return names;
    }
  }

  private static String module(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replace(".v", "");
  }

  @Test
  void theListHoldsEveryVerilogFileOnceAndTheAcceleratorLast() throws IOException {
    List<String> listed = Files.readAllLines(accelerator.resolve("filelist.f"));
    Set<String> written = filesBelow(accelerator);
    written.removeAll(Set.of("filelist.f", "mems.conf"));
    assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
    assertThat(listed).last().isEqualTo("sluice_accelerator.v");
  }

  @Test
  void everyModuleIsListedBeforeThoseThatContainIt() throws IOException {
    Set<String> known = new HashSet<>();
    for (String file : Files.readAllLines(accelerator.resolve("filelist.f"))) {
      Matcher instances = INSTANCE.matcher(Files.readString(accelerator.resolve(file)));
      while (instances.find()) {
        assertThat(known).as("contained in " + file).contains(instances.group(1));
      }
      known.add(module(file));
    }
    assertThat(known).hasSizeGreaterThan(20);
  }

  @Test
  void everyFileHoldsTheModuleOfItsName() throws IOException {
    for (String file : Files.readAllLines(accelerator.resolve("filelist.f"))) {
      assertThat(accelerator.resolve(file))
          .content()
          .startsWith("// " + module(file) + "\n")
          .containsOnlyOnce("\nmodule " + module(file) + " (\n");
    }
  }

  @Test
  void everyMemoryWrapperHasALineInTheListOfMemories() throws IOException {
    List<String> wrappers =
        filesBelow(accelerator).stream().filter(file -> file.startsWith("mem/")).toList();
    List<String> shapes = Files.readAllLines(accelerator.resolve("mems.conf"));
    assertThat(shapes.stream().map(line -> "mem/" + line.split(" ")[1] + ".v"))
        .containsExactlyInAnyOrderElementsOf(wrappers);
  }

  @Test
  void aMemoryIsDescribedByItsShapeAndPorts(@TempDir Path directory) throws IOException {
    RtlPackage.write(Elaborator.elaborate(new Stores()), directory);
    assertThat(directory.resolve("mems.conf"))
        .hasContent(
            """
            name sluice_mem_16x5_1r1w depth 16 width 5 ports write,read
            name sluice_mem_12x5_2r1w depth 12 width 5 ports write,read,read
            """);
    assertThat(directory.resolve("filelist.f"))
        .hasContent(
            """
            mem/sluice_mem_16x5_1r1w.v
            mem/sluice_mem_12x5_2r1w.v
            sluice_stores.v
            """);
  }

  @Test
  void onlyWhatAShapeSaysIsInTheListOfMemories(@TempDir Path directory) throws IOException {
    RtlPackage.write(Elaborator.elaborate(new Shapes()), directory);
    assertThat(directory.resolve("mems.conf"))
        .hasContent(
            """
            name sluice_mem_16x16_1r1w_m8 depth 16 width 16 ports mwrite,read mask_gran 8
            name sluice_mem_16x16_1rw depth 16 width 16 ports rw
            name sluice_mem_16x16_2rw_m8 depth 16 width 16 ports mrw,mrw mask_gran 8
            """);
    assertThat(Files.readAllLines(directory.resolve("filelist.f")))
        .filteredOn(file -> file.startsWith("mem/"))
        .hasSize(5)
        .contains("mem/sluice_mem_16x16_1r1w_l2.v")
        .anyMatch(file -> file.matches("mem/sluice_rom_16x16_1r_c[0-9a-f]{8}\\.v"));
  }

  @Test
  void theSameConfigurationGivesTheSameBytes(@TempDir Path again) throws IOException {
    RtlPackage.write(TestConfigs.tiny(), again);
    assertThat(contents(again)).isEqualTo(contents(accelerator));
  }

  private static TreeMap<String, String> contents(Path directory) throws IOException {
    TreeMap<String, String> contents = new TreeMap<>();
    for (String file : filesBelow(directory)) {
      contents.put(file, Files.readString(directory.resolve(file)));
    }
    return contents;
  }
}
